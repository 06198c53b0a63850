"""What things are by their words."""

import pytest

from knowledge.aspects.kinds import Kinds, singular
from knowledge.constraints.denial import tokens_of

KINDS = Kinds.of(
    {
        "food": {
            "poultry": "chicken, duck",
            "meat": "poultry, bacon",
            "dairy": "butter, milk",
            "nut": "peanut, peanut butter",
        },
        "whole": {"spreads": "peanut butter"},
        "manner": {"warm_served": "soup, hot"},
    }
)


def kinds(text: str) -> set[str]:
    return set().union(*(sighting.kinds for sighting in KINDS.sightings(tokens_of(text))))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Roast duck with milk", {"poultry", "meat", "dairy"}),
        ("BACON", {"meat"}),
        ("chickens", {"poultry", "meat"}),
        ("peanut butter", {"nut"}),
        ("butter and peanuts", {"dairy", "nut"}),
        ("poultry", {"poultry", "meat"}),
        ("warm served", {"warm_served"}),
        ("a chair", set()),
    ],
)
def test_text_is_of_the_kinds_of_its_words(text: str, expected: set[str]) -> None:
    assert kinds(text) == expected


@pytest.mark.parametrize(
    ("word", "one"),
    [
        ("berries", "berry"),
        ("dishes", "dish"),
        ("tomatoes", "tomato"),
        ("pies", "pie"),
        ("fries", "fries"),
        ("glass", "glass"),
        ("gas", "gas"),
        ("mum's", "mum"),
    ],
)
def test_plural_is_brought_to_its_singular(word: str, one: str) -> None:
    assert singular(word) == one


def test_shipped_kinds_know_a_few_things() -> None:
    shipped = Kinds.shipped()
    (penne,) = shipped.sightings(tokens_of("penne"))
    assert {"pasta", "grain", "gluten"} <= penne.kinds
