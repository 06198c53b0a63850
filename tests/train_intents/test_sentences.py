"""From patterns to sentences."""

import random
from pathlib import Path

import pytest

from knowledge.understanding.learned import intent_of
from scripts.train_intents.errors import PatternError
from scripts.train_intents.grammar import asked_about, doing, to_be_done
from scripts.train_intents.noise import mistyped
from scripts.train_intents.patterns import drawn, parsed
from scripts.train_intents.samples import lines_in, samples_of, slots_in, split
from scripts.train_tagger.values.drawing import seeded

SLOTS = {"good": ["tea", "{colour} cup"], "colour": ["red"], "loop": ["{loop}"]}


def dice() -> random.Random:
    return seeded(1)


def test_pattern_gives_each_of_its_sentences() -> None:
    told = {drawn("(a|the (big|)) {good}", SLOTS, seeded(n)) for n in range(60)}
    assert told == {
        "a tea",
        "a red cup",
        "the tea",
        "the red cup",
        "the big tea",
        "the big red cup",
    }


@pytest.mark.parametrize("line", ["(a|b", "a) b", "a|b", "{", "{nothing}"])
def test_pattern_that_cannot_be_read_is_named(line: str) -> None:
    with pytest.raises(PatternError):
        parsed(line, SLOTS)


def test_slots_that_hold_each_other_are_an_error() -> None:
    with pytest.raises(PatternError, match="without end"):
        drawn("{loop}", SLOTS, dice())


@pytest.mark.parametrize(
    ("task", "noun"),
    [
        ("cancel my order", "cancelling my order"),
        ("make a claim", "making a claim"),
        ("get it", "getting it"),
        ("be paid", "being paid"),
        ("see my bill", "seeing my bill"),
        ("log in", "logging in"),
        ("pay", "paying"),
    ],
)
def test_doing(task: str, noun: str) -> None:
    assert doing(task) == noun


def test_words_around_a_request_hold_it() -> None:
    for n in range(200):
        said = to_be_done("cancel it", seeded(n))
        assert "cancel it" in said or "cancelling it" in said
        assert "my bill" in asked_about("my bill", seeded(n))


def test_slips_are_small_and_repeatable() -> None:
    text = "where is the order that I placed"
    assert mistyped(text, dice()) == mistyped(text, dice())
    told = {mistyped(text, seeded(n)) for n in range(30)}
    assert len(told) > 10
    assert all(abs(len(each) - len(text)) <= 13 for each in told)


def test_every_line_of_the_data_can_be_drawn_and_has_an_intent() -> None:
    lines = lines_in()
    samples = samples_of(lines, slots_in(), dice())
    assert len(samples) > 8_000
    assert {intent_of(line.label).value for line in lines} >= {"need", "out_of_scope", "care"}
    assert not any(brace in sample.text for sample in samples for brace in "{}|")


def test_a_tenth_of_the_lines_is_never_trained_on() -> None:
    training, held_out = split(lines_in())
    assert 0.05 < len(held_out) / len(training) < 0.2
    assert not {line.pattern for line in held_out} & {
        line.pattern for line in training if line.label == "need"
    }


def test_line_under_no_label_is_named(tmp_path: Path) -> None:
    (tmp_path / "slots.toml").write_text('x = ["y"]', encoding="utf-8")
    (tmp_path / "a.txt").write_text("hello\n", encoding="utf-8")
    with pytest.raises(PatternError, match="no \\[label\\]"):
        lines_in(tmp_path)
