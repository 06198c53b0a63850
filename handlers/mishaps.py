"""What goes wrong for one live location at a time: it holds up no other, and what keeps failing does not fill the log.

A share that fails comes back every few seconds while it goes on. So the first failure of a kind is told in full, and how
often it came again in one line, now and then.
"""

import logging
from collections.abc import Awaitable
from datetime import datetime, timedelta

from storage.errors import DatabaseUnavailable

log = logging.getLogger(__name__)

_TOLD_EVERY = timedelta(minutes=10)


class Mishaps:
    """Counts failures by kind: what was raised, and in which function."""

    def __init__(self, now: datetime) -> None:
        self._again: dict[str, int] = {}
        self._told_at = now

    async def survive(self, done: Awaitable[None]) -> None:
        """Wait for what is done for one share, and carry on where it fails."""
        try:
            await done
        except DatabaseUnavailable:
            log.debug("a live location waits for the database")  # whose own state is told once
        except Exception as error:
            kind = _kind_of(error)
            if kind in self._again:
                self._again[kind] += 1
                return
            self._again[kind] = 0
            log.exception("a live location could not be looked at")

    def tell(self, now: datetime) -> None:
        """Log every ten minutes what came again; a kind that did not is told in full the next time."""
        if now - self._told_at < _TOLD_EVERY:
            return
        self._told_at = now
        for kind, times in self._again.items():
            if times:
                log.error("live locations could not be looked at, %d times more: %s", times, kind)
        self._again = {kind: 0 for kind, times in self._again.items() if times}


def _kind_of(error: Exception) -> str:
    trace, where = error.__traceback__, ""
    while trace is not None:
        where, trace = trace.tb_frame.f_code.co_qualname, trace.tb_next
    return f"{type(error).__name__} in {where}"
