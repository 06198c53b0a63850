"""What a model learns to say it must be allowed to say, and it must state no fact."""

from collections.abc import Iterator
from itertools import islice
from random import Random

import pytest

from knowledge.lexicon import lexicon_with
from knowledge.stating import Statements
from knowledge.templates import Templates
from knowledge.understanding import Examples
from scripts.train_phrasing.asked import asked
from scripts.train_phrasing.examples import Writer, frames, needs
from scripts.train_phrasing.wordlist import trained_words

PAIRS = [pair for need in needs() for pair in need.pairs]


@pytest.fixture(scope="module")
def statements() -> Statements:
    return Statements.shipped(lexicon_with(trained_words(PAIRS)))


def _openings() -> Iterator[str]:
    for _, *openings in PAIRS:
        yield from openings
    for need in Examples.shipped().needs.values():
        yield from (opening.text for opening in need.openings)


def test_no_opening_states_anything(statements: Statements) -> None:
    stated = {opening: made for opening in _openings() if (made := statements.made_by(opening))}
    assert not stated, "Say it otherwise, or list it in knowledge/data/openings.txt."


def test_no_reply_that_is_learned_states_more_than_its_facts(statements: Statements) -> None:
    dice = Random(5)  # noqa: S311 - no secret
    replies = [
        each.reply for each in islice(Writer(PAIRS, asked(dice), frames(), dice).examples(), 1_500)
    ]
    assert [reply for reply in replies if statements.made_by(reply)] == []


def test_a_question_at_the_end_of_an_offer_states_nothing(statements: Statements) -> None:
    for closing in Templates.shipped().closings:
        assert statements.made_by(f"{{store}} has {{item}} for {{price}}. {closing.text}") == ()
