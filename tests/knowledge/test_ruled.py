"""What sounds like goods is a question to the rules when they answer it, and goods that are called so stay goods."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import cast

import numpy as np
import pytest

from knowledge.constraints import Constraints
from knowledge.naming_words import Name
from knowledge.rulebook import Rulebook
from knowledge.ruled import as_ruled
from knowledge.search.base import Vectors
from knowledge.understanding import Intent, Reading

TODAY = date(2026, 11, 20)
VECTOR: Vectors = np.full(4, 0.5, np.float32)


@dataclass
class _Goods:
    names: frozenset[Name]

    def names_thing(self, name: Name) -> bool:
        return name in self.names


@dataclass
class _Rules:
    """Rules that answer everything, or nothing."""

    answers: bool
    finder: _Goods = field(default_factory=lambda: _Goods(frozenset({("umbrella",)})))

    def tells_plainly(self, _text: str, _vector: Vectors, _today: date) -> bool:
        return self.answers

    async def tells(self, _text: str, _vector: Vectors, _today: date) -> bool:
        return self.answers


def _reading(text: str, intent: Intent = Intent.PRODUCT_SEARCH) -> Reading:
    return Reading(intent, 0.6, None, Constraints(), text=text)


async def _ruled(reading: Reading, *, answers: bool) -> Reading:
    return await as_ruled(reading, VECTOR, cast("Rulebook", _Rules(answers)), TODAY)


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("is tax included", Intent.OUT_OF_SCOPE),
        ("where can I buy a gift card", Intent.PRODUCT_SEARCH),
        ("I lost my gift card, what now", Intent.NEED),
    ],
)
async def test_question_that_the_rules_answer_is_one_to_them(text: str, intent: Intent) -> None:
    reading = await _ruled(_reading(text, intent), answers=True)
    assert (reading.intent, reading.confidence) == (Intent.POLICY, 1.0)


async def test_question_that_the_rules_do_not_answer_stays_what_it_was() -> None:
    reading = _reading("where can I buy a lamp")
    assert await _ruled(reading, answers=False) == reading


@pytest.mark.parametrize(
    "reading",
    [
        _reading("do you have an umbrella"),
        _reading("a gift for my dad"),
        _reading("is it far", Intent.SMALLTALK),
        _reading("my chest hurts, what now", Intent.CARE),
        replace(_reading("where can I pay"), others=(_reading("soup"),)),
    ],
    ids=lambda reading: reading.text,
)
async def test_goods_wishes_and_danger_are_never_put_to_the_rules(reading: Reading) -> None:
    assert await _ruled(reading, answers=True) == reading


async def test_of_two_meanings_the_rules_are_meant_when_they_answer() -> None:
    rules = _reading("gift cards", Intent.PAYMENT)
    reading = replace(_reading("gift cards"), rival=rules)
    assert (await _ruled(reading, answers=True)).intent is Intent.POLICY


async def test_nobody_is_asked_back_about_rules_that_say_nothing() -> None:
    rules = _reading("new shoes gave me blisters", Intent.REFUND_RETURN)
    reading = await _ruled(
        replace(_reading("new shoes gave me blisters"), rival=rules), answers=False
    )
    assert (reading.intent, reading.rival) == (Intent.PRODUCT_SEARCH, None)
