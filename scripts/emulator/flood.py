"""Refuse what comes too fast, as Telegram does, when asked to.

Source: core.telegram.org/bots/faq#my-bot-is-hitting-limits-how-do-i-avoid-this (2026-11-21):
30 messages a second in all, one a second in a chat with short bursts, 20 a minute in a group.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

from scripts.emulator.errors import TooManyRequestsError

ALL_PER_S = 30.0
ALL_BURST = 30.0
CHAT_PER_S = 1.0
CHAT_BURST = 5.0  # "short bursts" are allowed, their length is not published
DRAFT_BURST = 3.0  # drafts are seen to pass about once a second
GROUP_PER_S = 20.0 / 60.0
GROUP_BURST = 20.0
ROUNDING = 1e-6


@dataclass(slots=True)
class Bucket:
    """Tokens that come back at a rate; missing_s says how long one more takes."""

    per_s: float
    burst: float
    tokens: float
    filled_at: float

    def missing_s(self, now: float) -> float:
        """Fill up and give the seconds until a token is there, 0 when one is."""
        self.tokens = min(self.burst, self.tokens + (now - self.filled_at) * self.per_s)
        self.filled_at = now
        missing = 1.0 - self.tokens
        return missing / self.per_s if missing > ROUNDING else 0.0


class Flood:
    """Limits in all and per chat; off until enabled."""

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._buckets: dict[int, Bucket] = {}
        self._drafts: dict[int, Bucket] = {}
        self._all = Bucket(ALL_PER_S, ALL_BURST, ALL_BURST, now())
        self.enabled = False

    def enable(self, *, enabled: bool) -> None:
        """Switch the limits on or off; they start unused."""
        self.enabled = enabled
        self._buckets.clear()
        self._drafts.clear()
        self._all = Bucket(ALL_PER_S, ALL_BURST, ALL_BURST, self._now())

    def pass_one(self, chat_id: int) -> None:
        """Count a message to a chat. Raises TooManyRequestsError when it is one too many."""
        if not self.enabled:
            return
        now = self._now()
        chat = self._buckets.get(chat_id) or self._new_bucket(chat_id, now)
        wait_s = max(self._all.missing_s(now), chat.missing_s(now))
        if wait_s > 0:
            raise TooManyRequestsError(max(1, math.ceil(wait_s)))
        self._all.tokens -= 1
        chat.tokens -= 1

    def pass_draft(self, chat_id: int) -> None:
        """Count a draft, which has a limit of its own. Raises TooManyRequestsError."""
        if not self.enabled:
            return
        now = self._now()
        fresh = Bucket(CHAT_PER_S, DRAFT_BURST, DRAFT_BURST, now)
        bucket = self._drafts.setdefault(chat_id, fresh)
        wait_s = bucket.missing_s(now)
        if wait_s > 0:
            raise TooManyRequestsError(max(1, math.ceil(wait_s)))
        bucket.tokens -= 1

    def _new_bucket(self, chat_id: int, now: float) -> Bucket:
        rate, burst = (CHAT_PER_S, CHAT_BURST) if chat_id > 0 else (GROUP_PER_S, GROUP_BURST)
        bucket = self._buckets[chat_id] = Bucket(rate, burst, burst, now)
        return bucket
