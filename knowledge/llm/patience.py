"""How long to bear with a model, decided from how it did lately. It must not know models, threads or futures."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Patience:
    """Limits of one model; all of our own choosing.

    Attributes:
        deadline_s: Seconds a request may take, waiting included.
        misses_before_skip: Deadlines missed, or refusals of its server, in a row before the model is skipped.
        skip_s: Seconds it is skipped for before it is tried again.
        expected_s: Seconds a call is thought to take before one was measured.
        share: The part of the deadline that waiting and answering are expected to fit into, so that a request
            is let in only when its turn comes well before it is due.
    """

    deadline_s: float
    misses_before_skip: int
    skip_s: float
    expected_s: float = 0.4
    share: float = 0.8


@dataclass(slots=True)
class Counters:
    """What became of the requests, since the start: asked is the sum of all others and of those under way."""

    asked: int = 0
    answered: int = 0
    late: int = 0
    skipped: int = 0
    failed: int = 0
    full: int = 0
    cancelled: int = 0
    blocked: int = 0


class Request(Protocol):
    """Something with a time at which it is late, in seconds of the pulse's clock."""

    @property
    def due_at(self) -> float:
        """Give that time."""
        ...


class Pulse:
    """Follows a model from the event loop: what runs, what waits, how long calls take, whether to skip it."""

    def __init__(self, patience: Patience, monotonic: Callable[[], float]) -> None:
        self._patience = patience
        self._monotonic = monotonic
        self._mean_s = patience.expected_s
        self._misses = 0
        self._skip_until = float("-inf")
        self._running: Request | None = None
        self._running_since = 0.0
        self._was_missed = False
        self._is_given_up = False
        self._waiting: set[Request] = set()

    def due(self, patience_s: float) -> float:
        """Give the time at which a request made now is late."""
        return self._monotonic() + patience_s

    @property
    def is_skipping(self) -> bool:
        """Tell whether the model is left alone because it was late too often in a row."""
        return self._monotonic() < self._skip_until

    @property
    def is_stuck(self) -> bool:
        """Tell whether a call still runs although it is late: nobody should queue behind it."""
        if self._running is None:
            return False
        return self._was_missed or self._monotonic() >= self._running.due_at

    @property
    def is_busy(self) -> bool:
        """Tell whether a call runs."""
        return self._running is not None

    def has_time_for(self, request: Request) -> bool:
        """Tell whether the request's turn will come well before it is late; always so when nobody is ahead."""
        if self._running is None and not self._waiting:
            return True
        now = self._monotonic()
        ahead_s = self._mean_s * len(self._waiting)
        if self._running is not None and not self._is_given_up:
            ahead_s += max(0.0, self._mean_s - (now - self._running_since))
        return ahead_s + self._mean_s <= self._patience.share * (request.due_at - now)

    def queued(self, request: Request) -> None:
        """Note that a request waits for its turn."""
        self._waiting.add(request)

    def left(self, request: Request) -> None:
        """Note that nobody waits for this request's turn any more."""
        self._waiting.discard(request)

    def began(self, request: Request) -> None:
        """Note that the model took up a request."""
        self._waiting.discard(request)
        self._running, self._running_since = request, self._monotonic()
        self._was_missed = self._is_given_up = False

    def given_up(self, request: Request) -> None:
        """Note that nobody waits for this one although it has time: a model that runs on it is soon free."""
        if request is self._running:
            self._is_given_up = True

    def missed(self, request: Request) -> None:
        """Note that a request was late or refused; held against the model once, and when it was at work on this one."""
        if request is not self._running or self._was_missed:
            return
        self._was_missed = True
        self._misses += 1
        if self._misses >= self._patience.misses_before_skip:
            self._skip_until = self._monotonic() + self._patience.skip_s

    def done(self, request: Request, *, was_in_time: bool) -> None:
        """Note that the model came back, and how long it took; in time, all its misses are forgiven."""
        if not self._is_given_up:  # how long it would have taken is not known
            took_s = min(self._monotonic() - self._running_since, self._patience.deadline_s)
            self._mean_s += _WEIGHT_OF_NEWEST * (took_s - self._mean_s)
        if request is self._running:
            self._running = None
        if was_in_time:
            self._misses = 0


_WEIGHT_OF_NEWEST = 0.3
