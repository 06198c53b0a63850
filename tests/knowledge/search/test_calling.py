import pytest

from knowledge.search.calling import KIND, NOTHING, THING, Calling
from knowledge.search.terms import Phrase, Synonyms, phrase_of

SYNONYMS = Synonyms(
    [
        ["sweater", "jumper"], ["sneakers", "trainers", "running shoes"], ["cookie", "biscuit"], ["band-aid", "bandage"],
        ["soda", "soft drink"], ["baking soda", "bicarbonate of soda"], ["fridge", "refrigerator"],
    ]
)  # fmt: skip
THERE = {phrase_of(each): KIND for each in ("running shoes", "cookie", "soft drink")}
THERE |= {phrase_of(each): THING for each in ("sweater", "biscuit", "bandage")}


def rank(phrase: Phrase) -> int:
    return THERE.get(phrase, NOTHING)


@pytest.mark.parametrize(
    ("said", "called"),
    [
        ("any Jumpers in green?", "any sweater in green?"),
        ("trainers, size 42", "running shoes, size 42"),
        # A kind of things goes before one thing that only happens to be called so.
        ("biscuits", "cookie"),
        ("got Band-Aids", "got bandage"),
        # The longest thing that is known counts, be it called otherwise or not.
        ("a soda and baking soda", "a soft drink and baking soda"),
        # Neither is there, so neither is better.
        ("a refrigerator", "a refrigerator"),
        ("a sweater for <NAME_1>", "a sweater for <NAME_1>"),
        ("", ""),
    ],
)
def test_things_are_called_as_in_the_shop(said: str, called: str) -> None:
    assert Calling(SYNONYMS, rank).called(said) == called
