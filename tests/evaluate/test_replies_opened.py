"""Where a reply's opening ends, whether it fits its message, and how many openings fit anything."""

import pytest

from knowledge.search.toy import ToyEmbedder
from scripts.evaluate.replies.openings import Opened, figures, fitting, neutral, opening_of
from tests.facts import deal

WARM = deal(store="Café No. 9", item="Cold Brew 12 oz")


@pytest.mark.parametrize(
    ("text", "opening"),
    [
        ("Brr! Let's warm you up. Café No. 9 is 43 m away.", "Brr! Let's warm you up."),
        ("Brr, Café No. 9 is near.", ""),
        ("Cold Brew 12 oz costs $3.50.", ""),
        ("Sorry to hear it.", ""),
        ("Here you are:\n1. Cold Brew 12 oz", "Here you are:"),
        ("Cold? Here you go: Cold Brew 12 oz.", "Cold?"),
    ],
)
def test_opening_ends_before_the_first_sentence_with_a_fact(text: str, opening: str) -> None:
    assert opening_of(text, WARM) == opening


def opened(openings: dict[str, str]) -> list[Opened]:
    return [
        Opened(need, need, f"i want {need} {need} soon", opening)
        for need, opening in openings.items()
    ]


def test_opening_fits_when_its_own_message_is_the_closest() -> None:
    needs = {need: f"Your {need}." for need in ("kites", "jam", "matcha", "darts", "clay", "soap")}
    assert fitting(opened(needs), ToyEmbedder()) == [True] * 6
    turned = dict(zip(needs, [*list(needs.values())[1:], needs["kites"]], strict=True))
    assert not any(fitting(opened(turned), ToyEmbedder()))


def test_fewer_than_five_needs_leave_nothing_to_choose_from() -> None:
    assert fitting(opened({"jam": "Your jam.", "kites": "Your kites."}), ToyEmbedder()) == []


def test_opening_for_three_needs_is_neutral() -> None:
    told = opened({"a": "Here.", "b": "Here.", "c": "Here.", "d": "Two.", "e": "Two.", "f": ""})
    assert neutral(told) == {"Here."}
    found = figures(told, ToyEmbedder())
    assert found["neutral_openings"] == 0.6
    assert found["distinct_openings"] == 2
    assert found["opened"] == round(5 / 6, 4)
