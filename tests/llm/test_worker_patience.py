"""How long a worker bears with a model that is late, stuck or down."""

import asyncio
import threading

from knowledge.llm.base import Prompt, Terms
from knowledge.llm.errors import (
    LockBroken,
    ServerFailed,
)
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import State
from tests.llm.at_work import (
    SAID,
    TINY_S,
    Clock,
    asking,
    at_work,
    entered,
    free,
    queued,
)


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
