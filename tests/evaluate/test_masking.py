"""Leak, overmask and recall, counted by hand on texts short enough for it."""

import pytest

from scripts.evaluate.masking import SENSITIVE, Masked, Tally
from scripts.evaluate.reading import GoldSpan

TEXT = "Ana Li, 12 Elm St, met Bo"
NAME = GoldSpan(0, 6, "PERSON")
STREET = GoldSpan(8, 17, "STREET_ADDRESS")


def tally(gold: list[GoldSpan], masked: list[tuple[int, int]]) -> Tally:
    counted = Tally(SENSITIVE)
    counted.add(TEXT, gold, [Masked(start, end, "ANY") for start, end in masked])
    return counted


@pytest.mark.parametrize(
    ("masked", "leak", "overmask", "recall"),
    [
        ([], 1.0, 0.0, {"NAME": 0.0, "ADDRESS": 0.0}),
        ([(0, 6), (8, 17)], 0.0, 0.0, {"NAME": 1.0, "ADDRESS": 1.0}),
        # 5 letters of the name, 7 letters and digits of the street.
        ([(0, 6)], 7 / 12, 0.0, {"NAME": 1.0, "ADDRESS": 0.0}),
        ([(0, 3)], 9 / 12, 0.0, {"NAME": 0.0, "ADDRESS": 0.0}),
        # "Ana" and "Li" apart: the space between them tells nobody anything.
        ([(0, 3), (4, 6)], 7 / 12, 0.0, {"NAME": 1.0, "ADDRESS": 0.0}),
        ([(0, 17)], 0.0, 0.0, {"NAME": 1.0, "ADDRESS": 1.0}),
        ([(19, 22)], 1.0, 3 / 5, {"NAME": 0.0, "ADDRESS": 0.0}),
        ([(0, 25), (3, 20)], 0.0, 1.0, {"NAME": 1.0, "ADDRESS": 1.0}),
    ],
)
def test_letters_and_digits_count_once(
    masked: list[tuple[int, int]], leak: float, overmask: float, recall: dict[str, float]
) -> None:
    counted = tally([NAME, STREET], masked)
    assert counted.leak == pytest.approx(leak)
    assert counted.overmask == pytest.approx(overmask)
    assert counted.recall == recall


def test_label_that_nobody_asked_for_counts_neither_way() -> None:
    place = GoldSpan(8, 17, "GPE")
    assert tally([place], [(8, 17)]).leak is None
    assert tally([place], [(8, 17)]).overmask == 0.0
    assert tally([place], []).recall == {}


def test_overlapping_gold_is_not_counted_twice() -> None:
    counted = tally([NAME, GoldSpan(4, 6, "PERSON")], [(0, 3)])
    assert counted.leak == pytest.approx(2 / 5)


def test_nothing_to_hide_has_no_leak() -> None:
    assert tally([], []).leak is None


def test_texts_add_up() -> None:
    counted = tally([NAME], [(0, 6)])
    counted.add("Bo", [GoldSpan(0, 2, "PERSON")], [])
    assert counted.leak == pytest.approx(2 / 7)
    assert counted.recall == {"NAME": 0.5}


def test_letters_of_every_script_count() -> None:
    counted = Tally(SENSITIVE)
    counted.add("是小明", [GoldSpan(1, 3, "PERSON")], [Masked(1, 2, "NAME")])
    assert counted.leak == 0.5


def test_span_of_signs_alone_is_no_span() -> None:
    counted = Tally(SENSITIVE)
    counted.add("@ Ana", [GoldSpan(0, 1, "PERSON")], [])
    assert counted.recall == {}
    assert counted.leak is None
