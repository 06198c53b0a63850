"""What the adapter learns from: written by hand, so what it may not say must not stand there either."""

import itertools
import random
from pathlib import Path

import pytest

from knowledge.briefs import NAMES
from knowledge.facts import Facts, Kind
from knowledge.grounding import unsayable
from knowledge.lexicon import lexicon_with
from knowledge.llm.base import Terms
from knowledge.llm.lock import Lock
from scripts.train_phrasing.asked import asked
from scripts.train_phrasing.errors import DataError
from scripts.train_phrasing.examples import Writer, frames, named, needs
from scripts.train_phrasing.wordlist import trained_words

KNOWN = needs()
PAIRS = [pair for need in KNOWN for pair in need.pairs]
# "Keep the rain off" is no discount; where there is none, the lock keeps a model from these words all the same.
IDIOMS = frozenset("off less left soothe saturday sunday monday friday weekend".split())
SAYS_NOTHING = unsayable(Facts(Kind.OFFER)) - IDIOMS


def writer(seed: int = 1) -> Writer:
    dice = random.Random(seed)  # noqa: S311 - no secret
    return Writer(PAIRS, asked(dice), frames(), dice)


def test_there_is_plenty_to_learn_and_some_held_out() -> None:
    assert len(KNOWN) >= 80
    assert len(PAIRS) >= 400
    assert 0.1 <= sum(need.held_out for need in KNOWN) / len(KNOWN) <= 0.3
    assert len({need.name for need in KNOWN}) == len(KNOWN)


def test_no_opening_states_a_fact() -> None:
    lock = Lock(Terms((), SAYS_NOTHING))
    for _, *openings in PAIRS:
        for opening in openings:
            lock.check(opening)


def test_every_kind_is_learned_and_each_example_has_the_facts_it_names() -> None:
    examples = list(itertools.islice(writer().examples(), 2_000))
    assert len({example.kind for example in examples}) == 11
    for example in examples:
        assert set(example.names) <= set(NAMES)
        assert example.reply.count("{") == len(example.names)


def test_a_held_out_message_is_none_of_those_learned() -> None:
    learned = {pair[0].casefold() for need in KNOWN if not need.held_out for pair in need.pairs}
    held_out = {pair[0].casefold() for need in KNOWN if need.held_out for pair in need.pairs}
    assert not learned & held_out


def test_the_same_dice_write_the_same() -> None:
    assert [*itertools.islice(writer(3).examples(), 50)] == [
        *itertools.islice(writer(3).examples(), 50)
    ]


def test_replies_are_made_of_words_that_replies_may_use() -> None:
    lexicon = lexicon_with(trained_words(PAIRS))
    for example in itertools.islice(writer(5).examples(), 1_000):
        Lock(Terms(example.names), lexicon).check(example.reply)


def test_an_unknown_placeholder_is_refused() -> None:
    with pytest.raises(DataError, match="storee"):
        named("{storee} is near.")


def test_a_pair_without_an_opening_is_refused(tmp_path: Path) -> None:
    (tmp_path / "needs").mkdir()
    (tmp_path / "needs" / "a.toml").write_text(
        '[[need]]\nname = "cold"\npairs = [["I am cold"]]\n'
    )
    with pytest.raises(DataError, match="cold"):
        needs(tmp_path)
