"""How fast messages may leave, and how long to wait after a failure (pure: time and chance are passed in).

Times are seconds of any clock that only moves forward.
"""

from dataclasses import dataclass, field

GROUP_WINDOW_S = 60.0


@dataclass(slots=True)
class TokenBucket:
    """At most `burst` at once and `rate_per_s` in the long run."""

    rate_per_s: float
    burst: float
    _tokens: float = field(init=False)
    _at_s: float = field(init=False, default=float("-inf"))

    def __post_init__(self) -> None:
        self._tokens = self.burst

    def wait_s(self, now_s: float) -> float:
        """Give the seconds until one may leave; 0 means now."""
        return max(0.0, (1.0 - self._level(now_s)) / self.rate_per_s)

    def take(self, now_s: float) -> None:
        """Count one that leaves now; taking without having waited makes the next wait longer."""
        self._tokens = self._level(now_s) - 1.0
        self._at_s = now_s

    def is_full(self, now_s: float) -> bool:
        """Tell whether the bucket is as good as new."""
        return self._level(now_s) >= self.burst

    def _level(self, now_s: float) -> float:
        elapsed_s = max(0.0, now_s - self._at_s)
        return (
            self.burst
            if elapsed_s == float("inf")
            else min(self.burst, self._tokens + elapsed_s * self.rate_per_s)
        )


def strict_bucket(limit: int, window_s: float, burst: int) -> TokenBucket:
    """Make a bucket that lets no more than `limit` through in any window of `window_s` seconds."""
    burst = max(1, min(burst, limit - 1))
    return TokenBucket(rate_per_s=max(limit - burst, 1) / window_s, burst=burst)


@dataclass(frozen=True, slots=True)
class Limits:
    """Telegram's limits: so many sends a second in all, to one chat, and a minute to one group."""

    sends_per_s: int
    per_chat_per_s: float
    per_chat_burst: int
    group_per_min: int


class SendLimits:
    """The buckets of all chats. Chats with a negative id are groups."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._overall = strict_bucket(limits.sends_per_s, 1.0, burst=2)
        self._chats: dict[int, TokenBucket] = {}
        self._paused_until_s: dict[int, float] = {}
        self._all_paused_until_s = float("-inf")

    def overall_wait_s(self, now_s: float) -> float:
        """Give the seconds until anything may leave."""
        return max(self._overall.wait_s(now_s), self._all_paused_until_s - now_s)

    def chat_wait_s(self, chat_id: int, now_s: float) -> float:
        """Give the seconds until something may leave to this chat, other chats aside."""
        bucket = self._chats.get(chat_id)
        wait_s = bucket.wait_s(now_s) if bucket else 0.0
        return max(wait_s, self._paused_until_s.get(chat_id, now_s) - now_s)

    def take(self, chat_id: int, now_s: float) -> None:
        """Count one send to this chat."""
        self._overall.take(now_s)
        if chat_id not in self._chats:
            self._chats[chat_id] = self._new_bucket(chat_id)
        self._chats[chat_id].take(now_s)

    def pause(self, chat_id: int, retry_after_s: float, now_s: float) -> None:
        """Obey a retry_after. Telegram does not say whom it means: a second chat that is told to wait means all."""
        others = [until_s for chat, until_s in self._paused_until_s.items() if chat != chat_id]
        if any(until_s > now_s for until_s in others):
            self.pause_all(retry_after_s, now_s)
        self._paused_until_s[chat_id] = now_s + retry_after_s

    def pause_all(self, wait_s: float, now_s: float) -> None:
        """Let nothing leave for a while."""
        self._all_paused_until_s = max(self._all_paused_until_s, now_s + wait_s)

    def sweep(self, now_s: float) -> None:
        """Forget the chats that are at rest."""
        for chat_id in [chat for chat, bucket in self._chats.items() if bucket.is_full(now_s)]:
            del self._chats[chat_id]
        for chat_id in [
            chat for chat, until_s in self._paused_until_s.items() if until_s <= now_s
        ]:
            del self._paused_until_s[chat_id]

    def _new_bucket(self, chat_id: int) -> TokenBucket:
        if chat_id < 0:
            return strict_bucket(self._limits.group_per_min, GROUP_WINDOW_S, burst=5)
        return TokenBucket(self._limits.per_chat_per_s, self._limits.per_chat_burst)


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits that double from `base_s` up to `cap_s`."""

    base_s: float = 0.5
    cap_s: float = 60.0

    def wait_s(self, failures: int, chance: float) -> float:
        """Give the wait after so many failures in a row (≥ 1); `chance` in [0, 1) spreads it over its upper half."""
        full_s = min(self.cap_s, self.base_s * 2.0 ** min(failures - 1, 30))
        return full_s * (0.5 + 0.5 * chance)
