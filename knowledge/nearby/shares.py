"""Live locations being shared, in memory only: the newest fixes of each, and where it stands with every store.

There may be hundreds of thousands of them, so one takes little room, nothing walks all of them at once, and beyond a
limit those silent for longest are given up. A restart loses them; the next fix of a share opens it again. No coordinate
in here is ever written to disk or logged.
"""

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from heapq import heappop, heappush, nsmallest
from types import MappingProxyType

from knowledge.nearby import trails
from knowledge.nearby.fence import FenceState
from knowledge.nearby.places import Fix

FOR_EVER_S = 0x7FFFFFFF  # Telegram's live_period without an end
_FOR_EVER = datetime.max.replace(tzinfo=UTC)
# Shared by all shares that are at no store: a mapping of its own for each would be a fifth of a share.
_NO_FENCES: Mapping[str, FenceState] = MappingProxyType({})
_NO_VISITS: Mapping[str, int] = MappingProxyType({})
_GIVEN_UP_OF = (
    100  # one share in so many, at once: finding the most silent ones means looking at all
)
_ENDED_OF = 10  # ended shares remembered, one for so many open ones
_END_AGAIN_AFTER = timedelta(minutes=1)  # where ending a share failed


@dataclass(frozen=True, slots=True)
class Notice:
    """What a message says of the share it belongs to. `ends_at` is the latest possible end."""

    message_id: int
    ends_at: datetime

    @property
    def has_end(self) -> bool:
        """Tell whether the share runs out by itself."""
        return self.ends_at != _FOR_EVER

    @classmethod
    def of(cls, message_id: int, begun_at: datetime, live_period_s: int) -> "Notice":
        """Make a notice from a message's id and date and its location's live_period in seconds."""
        if live_period_s >= FOR_EVER_S:
            return cls(message_id, _FOR_EVER)
        return cls(message_id, begun_at + timedelta(seconds=live_period_s))


@dataclass(slots=True, eq=False)
class Share:
    """One open share. `waiting` is the newest fix, not looked at yet; `heard_at` is when that or the last one was.

    `visits` holds the ids of the open visits by store; `is_resumed` tells whether those of a former process are among
    them. `is_wanted` is whether the shopper wishes to be followed, None: never read, as of `asked_at`, None: read anew.
    """

    shopper_id: int
    notice: Notice
    waiting: Fix | None = None
    looked_at: datetime | None = None
    heard_at: datetime | None = None
    fences: Mapping[str, FenceState] = field(default_factory=lambda: _NO_FENCES)
    visits: Mapping[str, int] = field(default_factory=lambda: _NO_VISITS)
    is_resumed: bool = False
    is_wanted: bool | None = None
    asked_at: datetime | None = None
    trail: bytes | tuple[Fix, ...] = field(default=(), repr=False)

    @property
    def recent(self) -> tuple[Fix, ...]:
        """Give the last accepted fixes, oldest first. What was packed stays unpacked until it is kept again."""
        if isinstance(self.trail, bytes):
            self.trail = trails.unpack(self.trail)
        return self.trail

    @recent.setter
    def recent(self, fixes: tuple[Fix, ...]) -> None:
        self.trail = fixes

    @property
    def last(self) -> Fix | None:
        """Give the last accepted fix."""
        recent = self.recent
        return recent[-1] if recent else None

    def take_in(self, fix: Fix) -> None:
        """Let a new fix wait, unless what waits or what was looked at is newer."""
        if self.heard_at is None or self.heard_at < fix.seen_at:
            self.waiting, self.heard_at = fix, fix.seen_at

    def due_at(self, now: datetime, every: timedelta) -> datetime | None:
        """Give as of when the fix that waits has its turn: its own time or `now`; None when none waits, or not yet.

        There are at least `every` between two turns. The fix's own time comes first, for one that took long to
        arrive must not hold up the next.
        """
        if self.waiting is None:
            return None
        for at in (self.waiting.seen_at, now):
            if self.looked_at is None or at - self.looked_at >= every:
                return at
        return None

    def take_waiting(self, now: datetime, every: timedelta) -> Fix | None:
        """Give the fix that waits if its turn has come; None when none waits, or not yet."""
        at = self.due_at(now, every)
        if at is None:
            return None
        fix, self.waiting, self.looked_at = self.waiting, None, at
        return fix

    def drop_places(self) -> None:
        """Drop every place of a share that is followed no more: somebody may hold on to it for a while."""
        self.waiting, self.trail = None, ()

    def put_back(self, fix: Fix) -> None:
        """Let a fix wait again that could not be looked at, unless a newer one came meanwhile."""
        if self.waiting is None:
            self.waiting = fix


class Shares:
    """The open shares, one a shopper. `limit`: with more of them the most silent are given up.

    `given_up` counts those. What was given up is opened again by its next fix, as after a restart.
    """

    def __init__(self, limit: int = 300_000) -> None:
        self._limit = limit
        self._shares: dict[int, Share] = {}
        self._ends: list[tuple[datetime, int, int]] = []
        self._ended: OrderedDict[int, int] = OrderedDict()
        self._at_stores: dict[int, Share] = {}
        self.given_up = 0

    def __len__(self) -> int:
        return len(self._shares)

    @property
    def at_stores(self) -> list[Share]:
        """List the shares that are at a store or may be: only with these the passing of time changes anything."""
        return list(self._at_stores.values())

    def keep(
        self,
        share: Share,
        recent: tuple[Fix, ...],
        fences: Mapping[str, FenceState],
        visits: Mapping[str, int],
    ) -> None:
        """Remember what a look at a share has shown; in as few bytes as can be, unless it is at a store."""
        share.trail = recent if fences else trails.pack(recent)
        share.fences, share.visits = fences or _NO_FENCES, visits or _NO_VISITS
        if fences and self.is_open(share):
            self._at_stores[share.shopper_id] = share
        else:
            self._at_stores.pop(share.shopper_id, None)

    def open(self, shopper_id: int, notice: Notice) -> Share | None:
        """Give the share a notice belongs to, opening it if need be; None when it is of an older or an ended share."""
        known = self._shares.get(shopper_id)
        if known is not None and known.notice.message_id == notice.message_id:
            self._renew(known, notice)
            return known
        if known is not None and known.notice.message_id > notice.message_id:
            return None
        if notice.message_id <= self._ended.get(shopper_id, 0):
            return None
        return self._new(shopper_id, notice, known)

    def of(self, shopper_id: int, notice: Notice) -> Share | None:
        """Give the share a notice belongs to if that is open already, with its end as told now; else None."""
        known = self._shares.get(shopper_id)
        if known is None or known.notice.message_id != notice.message_id:
            return None
        self._renew(known, notice)
        return known

    def get(self, shopper_id: int) -> Share | None:
        """Give a shopper's open share, None when there is none."""
        return self._shares.get(shopper_id)

    def is_open(self, share: Share) -> bool:
        """Tell whether a share has neither ended nor been followed by another one."""
        return self._shares.get(share.shopper_id) is share

    def is_live(self, shopper_id: int, now: datetime) -> bool:
        """Tell whether a shopper shares a live location now."""
        share = self._shares.get(shopper_id)
        return share is not None and now < share.notice.ends_at

    def ending(self, now: datetime, ahead: timedelta) -> dict[int, Notice]:
        """Give the notices, by shopper, of the shares that go on now and end within `ahead`.

        It looks at no others: below an entry of the heap that ends later, all do.
        """
        found, below = {}, [0]
        while below:
            at = below.pop()
            if at >= len(self._ends) or self._ends[at][0] > now + ahead:
                continue
            below += (2 * at + 1, 2 * at + 2)
            share = self._shares.get(self._ends[at][1])
            if share is not None and now < share.notice.ends_at <= now + ahead:
                found[share.shopper_id] = share.notice
        return found

    def close(self, shopper_id: int) -> Share | None:
        """Forget a shopper's share, and give what it was."""
        self._at_stores.pop(shopper_id, None)
        closed = self._shares.pop(shopper_id, None)
        if closed is not None:
            closed.drop_places()
        return closed

    def forget(self, shopper_id: int) -> None:
        """Drop all that is known of a shopper's shares."""
        self.close(shopper_id)
        self._ended.pop(shopper_id, None)

    def end(self, shopper_id: int, message_id: int) -> None:
        """Remember that a message's share has ended: a fix of it that is brought once more opens nothing."""
        self._ended[shopper_id] = max(message_id, self._ended.pop(shopper_id, 0))
        if len(self._ended) > max(self._limit // _ENDED_OF, 1):
            self._ended.popitem(last=False)

    def run_out(self, now: datetime) -> Iterator[Share]:
        """Give the open shares whose end has come. One that is still open after a minute is given again."""
        while self._ends and self._ends[0][0] <= now:
            _, shopper_id, message_id = heappop(self._ends)
            share = self._shares.get(shopper_id)
            if share is None or share.notice.message_id != message_id:
                continue
            if share.notice.ends_at <= now:
                heappush(self._ends, (now + _END_AGAIN_AFTER, shopper_id, message_id))
                yield share

    def sweep(self, seen_before: datetime, step: int) -> Iterator[None]:
        """Drop all fixes from before a moment, pausing after every `step` shares; the shares go on."""
        for number, share in enumerate(list(self._shares.values()), start=1):
            if share.waiting is not None and share.waiting.seen_at < seen_before:
                share.waiting = None
            share.trail = trails.since(share.trail, seen_before)
            if number % step == 0:
                yield

    def _new(self, shopper_id: int, notice: Notice, known: Share | None) -> Share:
        if known is None and len(self._shares) >= self._limit:
            self._give_up_the_most_silent()
        share = Share(shopper_id, notice)
        if known is not None:  # a second share goes on where the first one is
            share.is_resumed = known.is_resumed
            share.is_wanted, share.asked_at = known.is_wanted, known.asked_at
        self._shares[shopper_id] = share
        if known is not None:
            self.keep(share, (), known.fences, known.visits)
            known.drop_places()
        self._note_end(share)
        return share

    def _renew(self, share: Share, notice: Notice) -> None:
        if share.notice.ends_at != notice.ends_at:
            share.notice = notice
            self._note_end(share)

    def _note_end(self, share: Share) -> None:
        notice = share.notice
        if notice.has_end:
            heappush(self._ends, (notice.ends_at, share.shopper_id, notice.message_id))

    def _give_up_the_most_silent(self) -> None:
        count = max(self._limit // _GIVEN_UP_OF, 1)
        never = datetime.min.replace(tzinfo=UTC)
        for share in nsmallest(
            count, self._shares.values(), key=lambda each: each.heard_at or never
        ):
            self.close(share.shopper_id)
        self.given_up += count
