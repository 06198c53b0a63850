"""Keep a slow model away from the people who wait: one thread owns it, everyone else waits a deadline at most.

It must not know what is asked, only how long an answer took. Every request that comes to nothing gives None, and
its caller then speaks without a model.
"""

import asyncio
import logging
import time
from collections.abc import Callable
from enum import StrEnum

from knowledge.llm.base import LanguageModel, OnText, Prompt, Terms, unheard
from knowledge.llm.errors import CallCancelled, LlmError, ServerFailed
from knowledge.llm.patience import Counters, Patience, Pulse
from knowledge.llm.thread import Call, Job, ModelThread, Outcome

_log = logging.getLogger(__name__)


class State(StrEnum):
    """What a worker is doing about its model."""

    IDLE = "idle"
    LOADING = "loading"
    READY = "ready"
    SKIPPING = "skipping"
    UNAVAILABLE = "unavailable"
    STOPPED = "stopped"


class ModelWorker:
    """Asks a model without ever waiting longer than the deadline. Belongs to one event loop."""

    def __init__(
        self,
        *,
        deadline_s: float = 1.5,
        misses_before_skip: int = 2,
        skip_s: float = 30.0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take how long to bear with the model.

        Args:
            deadline_s: Seconds a request may take, waiting included; 1.5 of our own.
            misses_before_skip: Deadlines missed in a row before the model is skipped; 2 of our own.
            skip_s: Seconds it is skipped for before it is tried again; 30 of our own.
            monotonic: A clock in seconds that never goes back.
        """
        patience = Patience(deadline_s, misses_before_skip, skip_s)
        self._deadline_s = deadline_s
        self._pulse = Pulse(patience, monotonic)
        self._thread: ModelThread | None = None
        self._is_loaded = False
        self._is_stopped = False
        self._open: set[Job] = set()
        self.counters = Counters()
        self.problem: LlmError | None = None

    @property
    def state(self) -> State:
        """Tell what the worker is doing; `problem` says why it is unavailable."""
        if self._is_stopped:
            return State.STOPPED
        if self.problem is not None:
            return State.UNAVAILABLE
        if self._is_loaded:
            return State.SKIPPING if self._pulse.is_skipping else State.READY
        return State.LOADING if self._thread else State.IDLE

    @property
    def is_ready(self) -> bool:
        """Tell whether a request made now would reach the model, if it is not too busy."""
        return self.state is State.READY

    @property
    def is_busy(self) -> bool:
        """Tell whether the model is at work, perhaps on something nobody waits for any more."""
        return self._pulse.is_busy

    async def start(self, load: Callable[[], LanguageModel]) -> None:
        """Load the model in its thread and wait for it; requests made meanwhile give None at once.

        Raises:
            ModelUnavailable: it cannot be used; the worker then answers None for good.
        """
        self._thread = ModelThread(load, on_begun=self._pulse.began, on_done=self._on_done)
        self.problem = await self._thread.start()
        self._is_loaded = self.problem is None
        if self.problem is not None:
            raise self.problem

    async def write(
        self,
        prompt: Prompt,
        terms: Terms,
        *,
        max_tokens: int,
        deadline_s: float | None = None,
        on_text: OnText = unheard,
    ) -> str | None:
        """Give the model's text, or None: late, skipped, failed, or too much asked at once."""
        text = await self._ask(
            lambda model, cancelled: model.write(
                prompt, terms, max_tokens=max_tokens, cancelled=cancelled, on_text=on_text
            ),
            deadline_s,
        )
        return text if isinstance(text, str) else None

    def refused(self) -> None:
        """Count a request that was not let through to the model."""
        self.counters.asked += 1
        self.counters.blocked += 1
        _log.warning("prompt stopped at the gate")

    async def _ask(self, call: Call, deadline_s: float | None) -> object | None:
        self.counters.asked += 1
        if self._thread is None or not self.is_ready or self._pulse.is_stuck:
            self.counters.skipped += 1
            return None
        patience_s = self._deadline_s if deadline_s is None else deadline_s
        job = Job(call, asyncio.get_running_loop().create_future(), self._pulse.due(patience_s))
        if not self._pulse.has_time_for(job) or not self._thread.put(job):
            self.counters.full += 1
            return None
        self._pulse.queued(job)
        self._open.add(job)
        try:
            return self._counted(await asyncio.wait_for(job.outcome, patience_s))
        except TimeoutError:
            self.counters.late += 1
            self._pulse.missed(job)
            return None
        except asyncio.CancelledError:
            self.counters.cancelled += 1
            self._pulse.given_up(job)
            raise
        finally:
            job.abandoned.set()
            self._open.discard(job)
            self._pulse.left(job)

    def _counted(self, outcome: Outcome) -> object | None:
        if outcome.error is None:
            self.counters.answered += 1
        elif isinstance(outcome.error, CallCancelled):
            self.counters.skipped += 1
        else:
            self.counters.failed += 1
            _log.warning("model call failed", extra={"error": type(outcome.error).__name__})
        return outcome.answer

    def _on_done(self, job: Job, outcome: Outcome) -> None:
        is_awaited = not job.abandoned.is_set() and not job.outcome.done()
        if isinstance(outcome.error, ServerFailed):
            self._pulse.missed(job)
        self._pulse.done(job, was_in_time=is_awaited and outcome.error is None)
        if is_awaited:
            job.outcome.set_result(outcome)

    async def stop(self, *, grace_s: float = 2.0) -> None:
        """Answer everyone who waits with None and end the thread; a stuck model is left behind after the grace."""
        self._is_stopped = True
        for job in self._open:
            job.abandoned.set()
            if not job.outcome.done():
                job.outcome.set_result(Outcome(None, CallCancelled("The worker stops.")))
        if self._thread is not None and not await self._thread.stop(grace_s):
            _log.warning("the model did not stop in time; its thread ends with the process")
