"""A worker with a scripted model, and a clock that stands still, for tests of what the worker does."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from knowledge.llm.base import LanguageModel, Prompt, Terms
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import ModelWorker

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


async def free(worker: ModelWorker) -> None:
    """Wait until the model has come back from an abandoned call."""
    while worker.is_busy:  # noqa: ASYNC110 - a thread ends it, by way of the loop
        await asyncio.sleep(0)
