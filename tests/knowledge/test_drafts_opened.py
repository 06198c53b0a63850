"""How a model's draft is opened: a small model's "nothing with nuts" easily becomes "something with nuts"."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from knowledge.constraints import Constraints
from knowledge.llm.worker import ModelWorker
from knowledge.phrasing import Phrasing
from knowledge.search.base import Vectors
from tests.facts import ENGLISH
from tests.knowledge.saying import COLD, DEAL, DELICATE, GOOD, OPEN, TEMPLATES, writer

OPENING = "A brownie? Let's find something with nuts."


async def alike(texts: Sequence[str]) -> Vectors:
    """Find any two texts as like each other as can be."""
    return np.ones((len(texts), 1), dtype=np.float32)


async def opened(message: str, constraints: Constraints | None = None) -> str:
    worker = ModelWorker(deadline_s=5.0)
    await worker.start(lambda: writer(f"{OPENING} {GOOD}"))
    phrases = await asyncio.to_thread(Phrasing, TEMPLATES, worker, encode=alike)
    reading = replace(COLD, need=None, constraints=constraints or Constraints())
    words = await phrases.say(DEAL, reading, message, ENGLISH, turn=OPEN)
    await worker.stop(grace_s=0.2)
    return words.text


async def test_opening_about_the_message_is_kept() -> None:
    assert (await opened("a brownie with nuts please")).startswith(OPENING)


@pytest.mark.parametrize(
    "message",
    [
        "I'd love a brownie but nothing with nuts",
        "a brownie without nuts",
        "brownie, I'm allergic to nuts",
        "I don't like nuts in my brownie",
        "a nut-free brownie",
        "a brownie, not the one with nuts",
    ],
)
async def test_model_does_not_open_where_something_must_not_be(message: str) -> None:
    assert OPENING not in await opened(message)


async def test_limits_that_were_understood_count_whatever_the_words() -> None:
    assert OPENING not in await opened("a brownie", Constraints(excluded=frozenset({"nut"})))


async def test_need_that_was_misheard_is_not_led_up_to() -> None:
    async def unlike(texts: Sequence[str]) -> Vectors:
        return np.eye(len(texts), dtype=np.float32)

    phrases = await asyncio.to_thread(Phrasing, TEMPLATES, None, encode=unlike)
    words = await phrases.say(DEAL, DELICATE, "white flakes in my tea", ENGLISH, turn=None)
    assert DELICATE.need is not None
    assert not any(words.text.startswith(each.text) for each in DELICATE.need.openings)
