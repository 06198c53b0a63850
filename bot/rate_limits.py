"""How fast messages may leave, and how long to wait after a failure (pure: time and chance are passed in).

Times are seconds of any clock that only moves forward.
"""

from dataclasses import dataclass, field

GROUP_WINDOW_S = 60.0
# A reply and what comes with it, such as a place on the map (ours).
SPARED = 2.0


@dataclass(slots=True)
class TokenBucket:
    """At most `burst` at once and `rate_per_s` in the long run."""

    rate_per_s: float
    burst: float
    _tokens: float = field(init=False)
    _at_s: float = field(init=False, default=float("-inf"))

    def __post_init__(self) -> None:
        self._tokens = self.burst

    def wait_s(self, now_s: float, spare: float = 0.0) -> float:
        """Give the seconds until one may leave and `spare` (< burst) are left; 0 means now."""
        return max(0.0, (1.0 + spare - self._level(now_s)) / self.rate_per_s)

    def take(self, now_s: float) -> None:
        """Count one that leaves now; taking without having waited makes the next wait longer."""
        self._tokens = self._level(now_s) - 1.0
        self._at_s = now_s

    def drain(self, now_s: float) -> None:
        """Begin with nothing, as if just so many had left as may."""
        self._tokens = 0.0
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


def strict_bucket(limit: float, window_s: float, burst: float) -> TokenBucket:
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
    """The buckets of all chats. Chats with a negative id are groups.

    What nobody asked for leaves `SPARED` of a chat's burst to what its shopper is waiting for.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._overall = strict_bucket(limits.sends_per_s, 1.0, burst=2)
        self._chats: dict[int, TokenBucket] = {}
        self._taken_over_s = float("-inf")
        self._paused_until_s: dict[int, float] = {}
        self._all_paused_until_s = float("-inf")

    def take_over(self, workers: int, now_s: float) -> None:
        """Keep from now on to one of so many equal parts of the overall limit, after somebody else served the chats.

        What they sent is not known here, so every burst counts as used. No window of a second holds more than the
        limit over all workers together, for which each loses one send a second.
        """
        burst = 2 if workers == 1 else 1
        self._overall = strict_bucket(self._limits.sends_per_s / workers, 1.0, burst)
        self._overall.drain(now_s)
        self._chats.clear()
        self._taken_over_s = now_s

    def overall_wait_s(self, now_s: float) -> float:
        """Give the seconds until anything may leave."""
        return max(self._overall.wait_s(now_s), self._all_paused_until_s - now_s)

    def chat_wait_s(self, chat_id: int, now_s: float, *, is_asked_for: bool = True) -> float:
        """Give the seconds until something may leave to this chat, other chats aside."""
        bucket = self._chats.get(chat_id) or self._new_bucket(chat_id)
        spare = 0.0 if is_asked_for else min(SPARED, bucket.burst - 1)
        return max(bucket.wait_s(now_s, spare), self._paused_until_s.get(chat_id, now_s) - now_s)

    def paused_s(self, chat_id: int, now_s: float) -> float:
        """Give the seconds for which nothing at all may leave to this chat, whatever was counted before; 0: it may."""
        until_s = max(self._all_paused_until_s, self._paused_until_s.get(chat_id, now_s))
        return max(0.0, until_s - now_s)

    def take(self, chat_id: int, now_s: float) -> None:
        """Count one send to this chat."""
        self._overall.take(now_s)
        if chat_id not in self._chats:
            self._chats[chat_id] = self._new_bucket(chat_id)
        self._chats[chat_id].take(now_s)

    def pause(self, chat_id: int, retry_after_s: float, now_s: float) -> bool:
        """Obey a retry_after, and tell whether it means all: Telegram does not say, but a second chat that must wait does."""
        others = [until_s for chat, until_s in self._paused_until_s.items() if chat != chat_id]
        means_all = any(until_s > now_s for until_s in others)
        if means_all:
            self.pause_all(retry_after_s, now_s)
        self._paused_until_s[chat_id] = now_s + retry_after_s
        return means_all

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
        limits = self._limits
        bucket = (
            strict_bucket(limits.group_per_min, GROUP_WINDOW_S, burst=5)
            if chat_id < 0
            else TokenBucket(limits.per_chat_per_s, limits.per_chat_burst)
        )
        if self._taken_over_s > float("-inf"):
            bucket.drain(self._taken_over_s)
        return bucket


@dataclass(frozen=True, slots=True)
class Backoff:
    """Waits that double from `base_s` up to `cap_s`."""

    base_s: float = 0.5
    cap_s: float = 60.0

    def wait_s(self, failures: int, chance: float) -> float:
        """Give the wait after so many failures in a row (≥ 1); `chance` in [0, 1) spreads it over its upper half."""
        full_s = min(self.cap_s, self.base_s * 2.0 ** min(failures - 1, 30))
        return full_s * (0.5 + 0.5 * chance)
