"""Two clocks: the machine's, and the shop's, which a demonstration may move.

Opening hours, coupon dates and greetings follow the shop's clock. Inbox, outbox, retries and places follow the machine's:
a shop that pretends it is morning must not make messages early or late.
"""

import json
import logging
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]


def machine_now() -> datetime:
    """Give the machine's time, aware UTC."""
    return datetime.now(UTC)  # noqa: TID251  # this is the clock that everything else is given


class ShopClock:
    """The machine's clock plus the offset that a small JSON file holds; call it for the time, aware UTC.

    The file is {"offset_s": seconds}. A missing or broken one leaves the last good offset, 0 at first.
    """

    def __init__(self, file: Path | None = None, *, now: Clock = machine_now) -> None:
        self._file = file
        self._now = now
        self._offset = timedelta()
        self._modified_ns = -1

    def __call__(self) -> datetime:
        """Give the shop's time, aware UTC."""
        return self._now() + self._offset

    def look(self) -> None:
        """Read the file if it changed. Blocks for a moment: call it in a thread."""
        if self._file is None:
            return
        try:
            modified_ns = self._file.stat().st_mtime_ns
            if modified_ns != self._modified_ns:
                self._modified_ns = modified_ns
                self._offset = _read_offset(self._file)
        except FileNotFoundError:
            return
        except (OSError, ValueError, OverflowError) as error:
            reason = type(error).__name__
            log.warning("clock file not readable (%s), keeping the last offset", reason)


def _read_offset(file: Path) -> timedelta:
    """Read the offset; raises ValueError when the file holds something else."""
    written = json.loads(file.read_text(encoding="utf-8"))
    offset_s = written.get("offset_s") if isinstance(written, dict) else None
    if not isinstance(offset_s, (int, float)) or isinstance(offset_s, bool):
        msg = "offset_s is not a number"
        raise ValueError(msg)  # noqa: TRY004  # one kind of error for every broken file
    return timedelta(seconds=offset_s)
