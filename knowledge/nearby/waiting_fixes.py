"""Who is to be looked at next: shares with a fix that waits, in order, and no more of them than a limit (pure).

The fix itself waits at its share, where a newer one replaces it; so a share stands here once, however fast it sends.
"""

from collections import OrderedDict
from datetime import datetime, timedelta

from knowledge.nearby.shares import Share


class WaitingFixes:
    """The shares whose turn has come, first come first served, and those whose turn will come.

    `dropped` counts the fixes that were given up, the oldest, because more than `limit` shares had their turn.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._ready: OrderedDict[int, Share] = OrderedDict()
        self._later: dict[int, Share] = {}
        self.dropped = 0

    def put(self, share: Share, now: datetime, every: timedelta) -> None:
        """Queue a share by its fix that waits, looked at once in `every` at most; without one it is left out."""
        if share.waiting is None:
            return
        if share.due_at(now, every) is None:
            self._later[share.shopper_id] = share
            return
        self._later.pop(share.shopper_id, None)
        self._ready[share.shopper_id] = share
        if len(self._ready) > self._limit:
            _, oldest = self._ready.popitem(last=False)
            oldest.waiting = None
            self.dropped += 1

    def take(self, count: int) -> list[Share]:
        """Take the first `count` shares whose turn has come; empty when there are none."""
        taken: list[Share] = []
        while self._ready and len(taken) < count:
            taken.append(self._ready.popitem(last=False)[1])
        return taken

    def ripen(self, now: datetime, every: timedelta) -> None:
        """Let those have their turn who waited for it."""
        for share in list(self._later.values()):
            if share.waiting is None:
                del self._later[share.shopper_id]
            else:
                self.put(share, now, every)
