"""Live locations being shared, in memory only: the newest fixes of each, and where it stands with every store.

A restart loses them; the next fix of a share opens it again. Nothing in here is ever written to disk or logged.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from knowledge.nearby.fence import FenceState
from knowledge.nearby.places import KEPT_FOR, Fix

FOR_EVER_S = 0x7FFFFFFF  # Telegram's live_period without an end


@dataclass(frozen=True, slots=True)
class Notice:
    """What a message says of the share it belongs to. `ends_at` is the latest possible end."""

    message_id: int
    ends_at: datetime

    @classmethod
    def of(cls, message_id: int, begun_at: datetime, live_period_s: int) -> "Notice":
        """Make a notice from a message's id and date and its location's live_period in seconds."""
        if live_period_s >= FOR_EVER_S:
            return cls(message_id, datetime.max.replace(tzinfo=UTC))
        return cls(message_id, begun_at + timedelta(seconds=live_period_s))


@dataclass(slots=True)
class Share:
    """One open share. `recent` are the last accepted fixes, oldest first; `waiting` is not looked at yet.

    `visits` holds the ids of the open visits by store. `lock` keeps two from evaluating it at once.
    """

    shopper_id: int
    notice: Notice
    recent: tuple[Fix, ...] = ()
    waiting: Fix | None = None
    looked_at: datetime | None = None
    fences: Mapping[str, FenceState] = field(default_factory=dict)
    visits: dict[str, int] = field(default_factory=dict)
    is_resumed: bool = False
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def last(self) -> Fix | None:
        """Give the last accepted fix."""
        return self.recent[-1] if self.recent else None

    def take_due(self, fix: Fix, every: timedelta) -> Fix | None:
        """Take in a new fix, and give it if it is due: at most one in `every`, and the newest of those."""
        if self.waiting is None or self.waiting.seen_at < fix.seen_at:
            self.waiting = fix
        return self.take_waiting(fix.seen_at, every)

    def take_waiting(self, at: datetime, every: timedelta) -> Fix | None:
        """Give the fix that waits if its turn has come at `at`; None when none waits, or not yet."""
        fix = self.waiting
        if fix is None or (self.looked_at is not None and at - self.looked_at < every):
            return None
        self.waiting, self.looked_at = None, at
        return fix


class Shares:
    """The open shares, one a shopper."""

    def __init__(self) -> None:
        self._shares: dict[int, Share] = {}

    def open(self, shopper_id: int, notice: Notice) -> Share | None:
        """Give the share a notice belongs to, opening it if need be; None when it is of an older share."""
        known = self._shares.get(shopper_id)
        if known is not None and known.notice.message_id == notice.message_id:
            known.notice = notice
            return known
        if known is not None and known.notice.message_id > notice.message_id:
            return None
        share = Share(shopper_id, notice)
        if known is not None:  # a second share goes on where the first one is
            share.fences, share.visits, share.is_resumed = known.fences, known.visits, True
        self._shares[shopper_id] = share
        return share

    def get(self, shopper_id: int) -> Share | None:
        """Give a shopper's open share, None when there is none."""
        return self._shares.get(shopper_id)

    def is_live(self, shopper_id: int, now: datetime) -> bool:
        """Tell whether a shopper shares a live location now."""
        share = self._shares.get(shopper_id)
        return share is not None and now < share.notice.ends_at

    def close(self, shopper_id: int) -> Share | None:
        """Forget a shopper's share, and give what it was."""
        return self._shares.pop(shopper_id, None)

    def all(self) -> list[Share]:
        """List the open shares."""
        return list(self._shares.values())

    def sweep(self, now: datetime) -> None:
        """Drop fixes older than a quarter of an hour; the share itself goes on."""
        for share in self._shares.values():
            share.recent = tuple(fix for fix in share.recent if now - fix.seen_at <= KEPT_FOR)
            if share.waiting is not None and now - share.waiting.seen_at > KEPT_FOR:
                share.waiting = None
