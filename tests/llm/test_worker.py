"""What a worker does with requests: queued, cancelled, failed, and ended with the model."""

import asyncio
import threading
from typing import cast

import pytest

from knowledge.llm.base import LanguageModel, Prompt, Terms
from knowledge.llm.errors import (
    CallFailed,
    LockBroken,
    ModelMissing,
    ModelUnavailable,
)
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import ModelWorker, State
from tests.llm.at_work import (
    AMPLE_S,
    PROMPT,
    SAID,
    TERMS,
    TINY_S,
    Clock,
    asking,
    at_work,
    entered,
    free,
    queued,
)


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
