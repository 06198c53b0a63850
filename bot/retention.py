"""Deletes what was kept long enough: rows, backups, and entries of the erasure list.

How long that is stands in the settings. Purchases and orders are the shop's books and stay, as does what a shopper saved,
until the shopper takes it off or is forgotten; consents stay as proof for as long as the shopper is known.
"""

import asyncio
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.erasure_list import keep_list, limit_of, list_file
from bot.settings import Settings
from storage.backups import delete_older
from storage.database import Database

# Caps, cool-downs and "fewer" look so far back (NudgeRules.remembered), /why and the digest as well:
# whoever keeps visits for less must not make the concierge talk more.
LEDGERS_KEPT_DAYS = 90


class Retention:
    """What the clock deletes."""

    def __init__(self, settings: Settings, database: Database, now: Clock) -> None:
        self._settings = settings
        self._kept = settings.retention
        self._database = database
        self._now = now

    async def delete_old(self) -> None:
        """Delete what is older than the settings keep it.

        In turns, so that whoever writes meanwhile waits for few tables at most.

        Raises:
            StorageError: see storage.errors; what is left is deleted the next time.
        """
        await self._delete_messages()
        await self._delete_history()
        kept_since = self._days_ago(self._kept.backups_days)
        await asyncio.to_thread(delete_older, self._settings.backup_folder, kept_since)

    async def list_erasures(self) -> None:
        """Bring the file of the erasure list up to date. Raises what keep_list does."""
        limit_at = limit_of(self._settings, self._now())
        await keep_list(self._database, list_file(self._settings), limit_at)

    async def _delete_messages(self) -> None:
        now = self._now()
        async with self._database.work() as work:
            await work.inbox.delete_done_before(now - timedelta(hours=self._kept.inbox_h))
            await work.outbox.delete_before(now - timedelta(hours=self._kept.outbox_h))
            await work.dialogues.delete_before(self._days_ago(self._kept.dialogues_days))
            await work.vault.delete_unused_since(self._days_ago(self._kept.vault_days))
            await work.people.delete_expired(now)
            await work.links.delete_expired(now)
            await work.commit()

    async def _delete_history(self) -> None:
        ledgers_since = self._days_ago(max(self._kept.visits_days, LEDGERS_KEPT_DAYS))
        async with self._database.work() as work:
            await work.visits.delete_before(self._days_ago(self._kept.visits_days))
            await work.nudges.delete_before(ledgers_since)
            await work.receipts.delete_before(self._days_ago(self._kept.visits_days).date())
            await work.reminders.delete_before(ledgers_since)
            await work.commit()
        async with self._database.work() as work:
            await work.suggestions.delete_before(self._days_ago(self._kept.suggestions_days))
            await work.commit()
        async with self._database.work() as work:
            await work.signals.delete_before(self._days_ago(self._kept.signals_days))
            await work.usage.delete_before(self._days_ago(self._kept.usage_days).date())
            await work.commit()

    def _days_ago(self, days: int) -> datetime:
        return self._now() - timedelta(days=days)
