"""What a worker does about a model that is late, stuck, wrong or too much in demand."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

import pytest

from knowledge.llm.base import LanguageModel, Prompt, Terms
from knowledge.llm.errors import (
    CallFailed,
    LockBroken,
    ModelMissing,
    ModelUnavailable,
    ServerFailed,
)
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import ModelWorker, State

PROMPT = Prompt("You help.\n", "Shopper: I'm cold\n")
TERMS = Terms(("store",))
SAID = "Here you go: {store}."
TINY_S = 0.02
AMPLE_S = 60.0


class Clock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self) -> None:
        self.now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


@asynccontextmanager
async def at_work(
    model: LanguageModel, clock: Callable[[], float], *, deadline_s: float = AMPLE_S
) -> AsyncIterator[ModelWorker]:
    worker = ModelWorker(deadline_s=deadline_s, monotonic=clock)
    await worker.start(lambda: model)
    try:
        yield worker
    finally:
        await worker.stop(grace_s=TINY_S)


async def entered(model: ScriptedModel) -> None:
    """Wait until the model's thread is inside a call."""
    assert await asyncio.to_thread(model.entered.wait, AMPLE_S)


async def queued(worker: ModelWorker, count: int) -> None:
    """Let the tasks just made run up to their first wait."""
    await asyncio.sleep(0)
    assert worker.counters.asked == count


async def asking(worker: ModelWorker, *, deadline_s: float | None = None) -> str | None:
    return await worker.write(PROMPT, TERMS, max_tokens=9, deadline_s=deadline_s)


async def test_the_models_text_comes_back() -> None:
    told: list[Terms] = []

    def write(_prompt: Prompt, terms: Terms) -> str:
        told.append(terms)
        return SAID

    model = ScriptedModel(write=write)
    async with at_work(model, Clock()) as worker:
        assert await asking(worker) == SAID
        assert (model.prompts, told) == ([PROMPT], [TERMS])
        assert (worker.counters.asked, worker.counters.answered) == (1, 1)


async def test_a_late_model_gives_none_at_the_deadline() -> None:
    stall = threading.Event()
    async with at_work(ScriptedModel(stall=stall), Clock(), deadline_s=TINY_S) as worker:
        assert await asking(worker) is None
        assert worker.counters.late == 1
        stall.set()


async def test_requests_do_not_queue_behind_a_stuck_call() -> None:
    stall = threading.Event()
    model = ScriptedModel(stall=stall)
    async with at_work(model, Clock()) as worker:
        assert await asking(worker, deadline_s=TINY_S) is None
        assert worker.state is State.READY  # missed once: not skipped yet
        assert await asking(worker) is None  # would hang here if it queued
        assert (worker.counters.late, worker.counters.skipped) == (1, 1)
        assert len(model.prompts) == 1
        stall.set()


async def test_a_model_is_skipped_after_two_misses_and_tried_again_after_the_pause() -> None:
    clock, stall = Clock(), threading.Event()
    model = ScriptedModel(stall=stall, is_stubborn=False)
    async with at_work(model, clock) as worker:
        for _ in range(2):
            await free(worker)
            assert await asking(worker, deadline_s=TINY_S) is None
        assert worker.state is State.SKIPPING
        await free(worker)
        stall.set()
        assert await asking(worker) is None
        assert len(model.prompts) == 2
        clock.now_s += 29.9
        assert worker.state is State.SKIPPING
        clock.now_s += 0.2
        assert await asking(worker) == SAID
        assert worker.state is State.READY


async def free(worker: ModelWorker) -> None:
    """Wait until the model has come back from an abandoned call."""
    while worker.is_busy:  # noqa: ASYNC110 - a thread ends it, by way of the loop
        await asyncio.sleep(0)


async def test_one_more_miss_after_the_pause_is_enough_to_skip_again() -> None:
    clock, stall = Clock(), threading.Event()
    model = ScriptedModel(stall=stall, is_stubborn=False)
    async with at_work(model, clock, deadline_s=TINY_S) as worker:
        for _ in range(2):
            await asking(worker)
            await free(worker)
        clock.now_s += 31
        assert worker.state is State.READY
        await asking(worker)
        assert worker.state is State.SKIPPING
        stall.set()


async def test_an_answer_in_time_forgives_an_earlier_miss() -> None:
    stall = threading.Event()
    async with at_work(ScriptedModel(stall=stall, is_stubborn=False), Clock()) as worker:
        await asking(worker, deadline_s=TINY_S)
        await free(worker)
        stall.set()
        assert await asking(worker) == SAID
        stall.clear()
        await asking(worker, deadline_s=TINY_S)
        assert worker.state is State.READY
        stall.set()


async def test_of_fifty_at_once_a_few_are_let_in_and_the_rest_answered_at_once() -> None:
    stall = threading.Event()
    async with at_work(ScriptedModel(stall=stall), Clock(), deadline_s=AMPLE_S) as worker:
        asked = [asyncio.create_task(asking(worker, deadline_s=1.5)) for _ in range(50)]
        await queued(worker, 50)
        done, waiting = await asyncio.wait(asked, timeout=0)
        assert [task.result() for task in done] == [None] * len(done)
        assert worker.counters.full == len(done) >= 47
        stall.set()
        assert [await task for task in waiting] == [SAID] * len(waiting)


async def test_a_full_queue_answers_none_at_once() -> None:
    stall = threading.Event()
    async with at_work(ScriptedModel(stall=stall), Clock()) as worker:
        asked = [asyncio.create_task(asking(worker, deadline_s=1e6)) for _ in range(99)]
        await queued(worker, 99)
        assert worker.counters.full >= 99 - 17
        stall.set()
        answers = await asyncio.gather(*asked)
        assert answers.count(None) == worker.counters.full


async def test_a_cancelled_request_makes_the_model_give_up_and_the_next_one_is_answered() -> None:
    stall = threading.Event()
    model = ScriptedModel(stall=stall, is_stubborn=False)
    async with at_work(model, Clock()) as worker:
        asked = asyncio.create_task(asking(worker))
        await entered(model)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        await free(worker)
        stall.set()
        assert await asking(worker) == SAID
        assert worker.counters.cancelled == 1


async def test_a_request_cancelled_in_the_queue_never_reaches_the_model() -> None:
    stall = threading.Event()
    model = ScriptedModel(stall=stall)
    async with at_work(model, Clock()) as worker:
        first = asyncio.create_task(asking(worker))
        await entered(model)
        second = asyncio.create_task(asking(worker))
        await queued(worker, 2)
        second.cancel()
        await asyncio.wait([second])
        stall.set()
        assert await first == SAID
        assert await asking(worker) == SAID
        assert len(model.prompts) == 2


@pytest.mark.parametrize("error", [CallFailed("no"), LockBroken("no"), ZeroDivisionError()])
async def test_a_failing_model_gives_none_and_is_asked_again(error: Exception) -> None:
    errors = [error]

    def write(_prompt: Prompt, _terms: Terms) -> str:
        if errors:
            raise errors.pop()
        return SAID

    async with at_work(ScriptedModel(write=write), Clock()) as worker:
        assert await asking(worker) is None
        assert await asking(worker) == SAID
        assert (worker.counters.failed, worker.counters.answered) == (1, 1)


async def test_what_is_no_text_is_none() -> None:
    lying = ScriptedModel(write=lambda _prompt, _terms: cast("str", 7))
    async with at_work(lying, Clock()) as worker:
        assert await asking(worker) is None


async def test_until_the_model_is_loaded_answers_are_none_at_once() -> None:
    loading = threading.Event()

    def load() -> LanguageModel:
        loading.wait()
        return ScriptedModel()

    worker = ModelWorker(monotonic=Clock())
    assert worker.state is State.IDLE
    starting = asyncio.create_task(worker.start(load))
    await asyncio.sleep(0)
    assert (worker.state, worker.is_ready) == (State.LOADING, False)
    assert await asking(worker) is None
    loading.set()
    await starting
    assert worker.is_ready
    await worker.stop()
    assert worker.state is State.STOPPED


async def test_a_model_that_cannot_be_loaded_is_told_and_answers_none() -> None:
    def missing() -> LanguageModel:
        raise ModelMissing("models/none.gguf is missing")

    worker = ModelWorker(monotonic=Clock())
    with pytest.raises(ModelUnavailable, match=r"none\.gguf"):
        await worker.start(missing)
    assert worker.state is State.UNAVAILABLE
    assert await asking(worker) is None
    await worker.stop()


async def test_stopping_closes_the_model_and_answers_those_who_wait() -> None:
    stall = threading.Event()
    model = ScriptedModel(stall=stall, is_stubborn=False)
    worker = ModelWorker(monotonic=Clock(), deadline_s=AMPLE_S)
    await worker.start(lambda: model)
    asked = asyncio.create_task(asking(worker))
    await entered(model)
    await worker.stop()
    assert await asked is None
    assert model.is_closed
    assert await asking(worker) is None


async def test_stopping_does_not_wait_for_a_stuck_model() -> None:
    stall = threading.Event()
    model = ScriptedModel(stall=stall)
    worker = ModelWorker(monotonic=Clock(), deadline_s=AMPLE_S)
    await worker.start(lambda: model)
    asked = asyncio.create_task(asking(worker))
    await entered(model)
    await worker.stop(grace_s=TINY_S)
    assert await asked is None
    assert not model.is_closed
    stall.set()


async def test_a_model_that_runs_on_what_was_given_up_does_not_hold_up_the_next() -> None:
    stall = threading.Event()
    model = ScriptedModel(stall=stall, is_stubborn=False)
    async with at_work(model, Clock()) as worker:
        first = asyncio.create_task(asking(worker))
        await entered(model)
        # Behind a call that is awaited there would be no time for it: 0.4 s twice do not fit into 0.6 s.
        assert await asking(worker, deadline_s=0.6) is None
        assert worker.counters.full == 1
        first.cancel()
        await asyncio.wait([first])
        second = asyncio.create_task(asking(worker, deadline_s=0.6))
        await queued(worker, 3)
        stall.set()
        assert await second == SAID


async def test_a_server_that_fails_is_left_alone_and_tried_again_after_the_pause() -> None:
    clock, is_down = Clock(), True

    def write(_prompt: Prompt, _terms: Terms) -> str:
        if is_down:
            raise ServerFailed("500")
        return SAID

    model = ScriptedModel(write=write)
    async with at_work(model, clock) as worker:
        assert await asking(worker) is None
        assert worker.state is State.READY
        assert await asking(worker) is None
        assert worker.state is State.SKIPPING
        assert await asking(worker) is None
        assert (len(model.prompts), worker.counters.failed) == (2, 2)
        clock.now_s += 30.1
        assert await asking(worker) is None  # still down: one try is enough
        assert worker.state is State.SKIPPING
        clock.now_s += 30.1
        is_down = False
        assert await asking(worker) == SAID
        is_down = True
        assert await asking(worker) is None
        assert worker.state is State.READY  # what was before is forgiven


async def test_a_text_that_says_too_much_is_no_failure_of_the_server() -> None:
    def write(_prompt: Prompt, _terms: Terms) -> str:
        raise LockBroken("no")

    async with at_work(ScriptedModel(write=write), Clock()) as worker:
        for _ in range(5):
            assert await asking(worker) is None
        assert worker.state is State.READY


async def test_a_text_is_heard_while_it_grows() -> None:
    stall = threading.Event()
    heard: list[str] = []
    model = ScriptedModel(stall=stall, begins="Here you")
    async with at_work(model, Clock()) as worker:
        asked = asyncio.create_task(
            worker.write(PROMPT, TERMS, max_tokens=9, on_text=heard.append)
        )
        await entered(model)
        assert heard == ["Here you"]
        stall.set()
        assert await asked == SAID
