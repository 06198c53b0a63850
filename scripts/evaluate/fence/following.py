"""Lets the product follow one file of fixes: what it notices, fix by fix and between them.

It goes the way of a live location, handlers/nudging.py without database and Telegram: at most one look in five
seconds, the newest fix wins, and a clock that ticks while no fix comes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.fence import FenceRules
from knowledge.nearby.places import Fix
from knowledge.nearby.shares import FOR_EVER_S, Notice, Share
from knowledge.nearby.watching import Look, look, look_again
from scripts.evaluate.fence.events import KINDS, NUDGE, Event
from scripts.evaluate.fence.nudges import Nudged

LOOK_EVERY = timedelta(seconds=5)


@dataclass(slots=True)
class Followed:
    """One user's share, and the clock as far as it is known: the newest time of any fix."""

    user: str
    share: Share
    nudged: Nudged
    now: datetime


@dataclass(slots=True)
class Follower:
    """Follows all users of a file."""

    index: StoreIndex
    rules: FenceRules
    _followed: dict[str, Followed] = field(default_factory=dict)

    def take(self, user: str, fix: Fix) -> Iterator[Event]:
        """Give what happens until a fix comes, and with it."""
        followed = self._followed.get(user)
        if followed is None:
            number = len(self._followed) + 1
            share = Share(number, Notice.of(1, fix.seen_at, FOR_EVER_S))
            followed = Followed(user, share, Nudged(number, self.index), fix.seen_at)
            self._followed[user] = followed
        yield from self._wait(followed, fix.seen_at)
        followed.now = max(followed.now, fix.seen_at)
        followed.share.take_in(fix)
        due = followed.share.take_waiting(followed.now, LOOK_EVERY)
        if due is not None:
            yield from self._look(followed, due)

    def _wait(self, followed: Followed, until: datetime) -> Iterator[Event]:
        """Let the clock tick; nothing changes while nobody is near a store and no fix waits."""
        share, tick = followed.share, followed.now + LOOK_EVERY
        while tick < until and (share.fences or share.waiting is not None):
            followed.now = tick
            yield from self._look(followed, share.take_waiting(tick, LOOK_EVERY))
            tick += LOOK_EVERY

    def _look(self, followed: Followed, fix: Fix | None) -> Iterator[Event]:
        share, now = followed.share, followed.now
        seen = (
            look_again(share, self.index, now, self.rules)
            if fix is None
            else look(share, fix, self.index, now, self.rules)
        )
        if seen is None:
            return
        share.recent, share.fences = seen.recent, seen.fences
        if seen.changes:
            yield from self._events(followed, seen)

    def _events(self, followed: Followed, seen: Look) -> Iterator[Event]:
        for change in seen.changes:
            kind = KINDS.get(change.crossing)
            if kind is not None:
                yield Event(followed.user, change.store.id, kind, followed.now)
        told = followed.nudged.consider(seen, followed.now)
        if told is not None:
            yield Event(followed.user, told, NUDGE, followed.now)
