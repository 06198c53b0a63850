"""The one thread that owns a model, fed through a bounded queue. It must not know deadlines or who waits."""

import asyncio
import logging
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from queue import Full, Queue

from knowledge.llm.base import LanguageModel
from knowledge.llm.errors import CallFailed, LlmError, ModelUnavailable

_log = logging.getLogger(__name__)
_QUEUE_SIZE = 16
_NICER_BY = 5  # on the same cores, an answer that is due goes before a nicer wording


Call = Callable[[LanguageModel, Callable[[], bool]], object]
"""What to ask of a model; the second argument tells whether to give up."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """An answer, or why there is none."""

    answer: object | None
    error: LlmError | None = None


@dataclass(eq=False, slots=True)
class Job:
    """One request on its way through the thread.

    Attributes:
        call: What to ask.
        outcome: Where the outcome goes, on the event loop.
        due_at: When it is late, in seconds of the worker's clock.
        abandoned: Set as soon as nobody waits any more.
    """

    call: Call
    outcome: asyncio.Future[Outcome]
    due_at: float
    abandoned: threading.Event = field(default_factory=threading.Event)


class ModelThread:
    """Loads a model and runs jobs on it, one at a time; reports on the event loop what happened."""

    def __init__(
        self,
        load: Callable[[], LanguageModel],
        *,
        on_begun: Callable[[Job], None],
        on_done: Callable[[Job, Outcome], None],
    ) -> None:
        """Take what to run and whom to tell. To be made on the event loop that hears the reports."""
        self._load = load
        self._loop = asyncio.get_running_loop()
        self._on_begun = on_begun
        self._on_done = on_done
        self._jobs: Queue[Job | None] = Queue(_QUEUE_SIZE)
        self._stopping = threading.Event()
        self._loaded: asyncio.Future[LlmError | None] = self._loop.create_future()
        self._ended = asyncio.Event()
        # A daemon, so that a model that never comes back cannot keep the process alive.
        self._thread = threading.Thread(target=self._run, name="language-model", daemon=True)

    async def start(self) -> LlmError | None:
        """Start the thread and wait until its model is loaded; give what prevented it, or None."""
        self._thread.start()
        return await asyncio.shield(self._loaded)

    def put(self, job: Job) -> bool:
        """Queue a job; False when the queue is full."""
        try:
            self._jobs.put_nowait(job)
        except Full:
            return False
        return True

    async def stop(self, grace_s: float) -> bool:
        """Ask the thread to end and wait for it, at most `grace_s` seconds; False when it is still running."""
        self._stopping.set()
        with suppress(Full):  # when it is full the thread is awake anyway
            self._jobs.put_nowait(None)
        try:
            await asyncio.wait_for(self._ended.wait(), grace_s)
        except TimeoutError:
            return False
        return True

    def _run(self) -> None:
        _step_back()
        model = self._load_model()
        if model is not None:
            while not self._stopping.is_set():
                job = self._jobs.get()
                if job is not None:
                    self._do(model, job)
            model.close()
        self._report(self._ended.set)

    def _load_model(self) -> LanguageModel | None:
        model: LanguageModel | None = None
        problem: LlmError | None = None
        try:
            model = self._load()
        except LlmError as error:
            problem = error
        except Exception as error:  # noqa: BLE001 - the thread must outlive any engine
            _log.exception("loading the language model failed")
            problem = ModelUnavailable(
                f"The language model cannot be loaded: {type(error).__name__}."
            )
        self._report(self._tell_loaded, problem)
        return model

    def _tell_loaded(self, problem: LlmError | None) -> None:
        if not self._loaded.done():
            self._loaded.set_result(problem)

    def _do(self, model: LanguageModel, job: Job) -> None:
        """Run one job. The job wrapper of this package: whatever a model does, the thread goes on."""
        if job.abandoned.is_set():
            return
        self._report(self._on_begun, job)
        try:
            outcome = Outcome(
                job.call(model, lambda: job.abandoned.is_set() or self._stopping.is_set())
            )
        except LlmError as error:
            outcome = Outcome(None, error)
        except Exception as error:  # noqa: BLE001 - the thread must outlive any engine
            _log.exception("the language model broke")
            outcome = Outcome(None, CallFailed(type(error).__name__))
        self._report(self._on_done, job, outcome)

    def _report(self, callback: Callable[..., object], *values: object) -> None:
        with suppress(RuntimeError):  # the event loop ended before the model did: nobody listens
            self._loop.call_soon_threadsafe(callback, *values)


def _step_back() -> None:
    """Let other threads go first; on Linux alone a thread has a priority of its own, and its children inherit it."""
    if sys.platform == "linux":
        thread = threading.get_native_id()
        os.setpriority(
            os.PRIO_PROCESS, thread, os.getpriority(os.PRIO_PROCESS, thread) + _NICER_BY
        )
