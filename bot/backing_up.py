"""Makes a backup every night by itself, so that nobody has to think of it; on PostgreSQL the server's own tools do.

When the last one was made, the folder tells: a restart makes none twice, and one made by hand counts. Deleting the old
ones is the retention's business.
"""

import asyncio
import logging
from datetime import UTC, datetime, timedelta

from bot.clock import Clock
from bot.health import Health
from bot.settings import Settings
from storage import backups
from storage.engines import sqlite_path
from storage.errors import BackupRefused

log = logging.getLogger(__name__)

NEVER = -1
ON_A_SERVER = "this database is on a server: no backups by the clock, pg_dump is for that"


def is_due(last: datetime | None, now: datetime, at_h: int) -> bool:
    """Tell whether none was made since `at_h` o'clock UTC came round last; `last` None means never, `at_h` -1 no day."""
    if at_h == NEVER:
        return False
    begins = now.astimezone(UTC).replace(hour=at_h, minute=0, second=0, microsecond=0)
    if begins > now:
        begins -= timedelta(days=1)
    return last is None or last < begins


class NightlyBackup:
    """The backup that the clock makes."""

    def __init__(self, settings: Settings, health: Health, now: Clock) -> None:
        self._settings = settings
        self._health = health
        self._now = now
        self._is_on_server = sqlite_path(settings.database_url) is None
        self._has_told = False

    async def make_if_due(self) -> None:
        """Make today's backup unless it is there; what fails is a trouble, and tried again with the next call."""
        if self._is_on_server:
            self._tell_once()
            return
        try:
            await self._make_if_due()
        except (BackupRefused, OSError) as error:
            self._health.report("backups", f"none made, trying again: {_reason(error)}")
        else:
            self._health.report("backups", None)

    async def _make_if_due(self) -> None:
        folder, now = self._settings.backup_folder, self._now()
        last = await asyncio.to_thread(backups.newest_at, folder)
        if is_due(last, now, self._settings.storage.backup_at_h):
            await backups.back_up(self._settings.database_url, folder, now)
            log.info("made today's backup")

    def _tell_once(self) -> None:
        if not self._has_told and self._settings.storage.backup_at_h != NEVER:
            log.info(ON_A_SERVER)
        self._has_told = True


def _reason(error: Exception) -> str:
    """Give our own words about a refusal; the system's hold whatever path it stumbled over."""
    return str(error) if isinstance(error, BackupRefused) else type(error).__name__
