"""Two clocks: the machine's, and the shop's, which a demonstration may move.

Opening hours, coupon dates and greetings follow the shop's clock. Inbox, outbox, retries and places follow the machine's:
a shop that pretends it is morning must not make messages early or late.
"""

import json
import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

log = logging.getLogger(__name__)

Clock = Callable[[], datetime]
LOOK_EVERY_S = 1.0


def machine_now() -> datetime:
    """Give the machine's time, aware UTC."""
    return datetime.now(UTC)  # noqa: TID251  # this is the clock that everything else is given


class ShopClock:
    """The machine's clock plus the offset that a small JSON file holds; call it for the time, aware UTC.

    The file is {"offset_s": seconds}. It is looked at once a second at most and read when it changed; a missing or
    broken file leaves the last good offset, 0 at first.
    """

    def __init__(
        self,
        file: Path | None = None,
        *,
        now: Clock = machine_now,
        monotonic_s: Callable[[], float] = time.monotonic,
    ) -> None:
        self._file = file
        self._now = now
        self._monotonic_s = monotonic_s
        self._offset = timedelta()
        self._looked_at_s = float("-inf")
        self._modified_ns = -1

    def __call__(self) -> datetime:
        """Give the shop's time, aware UTC."""
        self._look()
        return self._now() + self._offset

    def _look(self) -> None:
        if self._file is None or self._monotonic_s() - self._looked_at_s < LOOK_EVERY_S:
            return
        self._looked_at_s = self._monotonic_s()
        try:
            modified_ns = self._file.stat().st_mtime_ns
            if modified_ns != self._modified_ns:
                self._modified_ns = modified_ns
                self._offset = _read_offset(self._file)
        except FileNotFoundError:
            return
        except (OSError, ValueError, OverflowError) as error:
            log.warning(
                "clock file not readable (%s), keeping the last offset", type(error).__name__
            )


def _read_offset(file: Path) -> timedelta:
    """Read the offset; raises ValueError when the file holds something else."""
    written = json.loads(file.read_text(encoding="utf-8"))
    offset_s = written.get("offset_s") if isinstance(written, dict) else None
    if not isinstance(offset_s, (int, float)) or isinstance(offset_s, bool):
        msg = "offset_s is not a number"
        raise ValueError(msg)  # noqa: TRY004  # one kind of error for every broken file
    return timedelta(seconds=offset_s)
