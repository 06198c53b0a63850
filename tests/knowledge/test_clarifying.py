from dataclasses import replace

import pytest

from knowledge.candidates import Candidate
from knowledge.clarifying import SENSES, in_sense, sense_said, senses, sizes
from knowledge.constraints import Constraints
from knowledge.ranking import Ranked
from knowledge.understanding import Examples, Intent, Reading
from tests.builders import product, store

NEEDS = Examples.shipped().needs


def wish(need: str) -> Reading:
    return Reading(Intent.NEED, 0.6, NEEDS[need], Constraints())


def about(intent: Intent) -> Reading:
    return Reading(intent, 0.6, None, Constraints())


def shoe(name: str, size: str) -> Ranked:
    made = product(
        f"{name}-{size}", title=f"{name}, EU {size} (US 9.5)", attributes={"size": size}
    )
    return Ranked(Candidate(made, store(), 0.7, 40.0, None), {"fit": 1.0})


@pytest.mark.parametrize(
    ("first", "second", "asked"),
    [
        (wish("hungry"), wish("gift"), ("eat", "present")),
        (about(Intent.PRODUCT_SEARCH), about(Intent.REFUND_RETURN), ("buy", "rules")),
        (about(Intent.ORDER_STATUS), about(Intent.DELIVERY), ("order", "rules")),
        (about(Intent.STORE_LOOKUP), about(Intent.COUPONS), ("store", "coupons")),
        (wish("hungry"), wish("breakfast"), ()),
        (wish("hungry"), about(Intent.PRODUCT_SEARCH), ()),
        (about(Intent.PAYMENT), about(Intent.INVOICE), ()),
        (about(Intent.SMALLTALK), wish("gift"), ()),
    ],
)
def test_only_senses_that_differ_in_kind_are_asked_about(
    first: Reading, second: Reading, asked: tuple[str, ...]
) -> None:
    assert senses(replace(first, rival=second)) == asked


def test_reading_with_a_lead_is_believed() -> None:
    behind = replace(wish("hungry"), confidence=0.4)
    assert senses(replace(wish("gift"), rival=behind)) == ()


def test_nothing_is_asked_without_a_rival_or_beside_other_things() -> None:
    assert senses(wish("gift")) == ()
    both = replace(wish("gift"), rival=wish("hungry"), others=(about(Intent.ORDER_STATUS),))
    assert senses(both) == ()


def test_chosen_sense_decides_between_the_readings() -> None:
    reading = replace(wish("gift"), rival=wish("hungry"))
    assert in_sense(reading, "eat") == wish("hungry")
    assert in_sense(reading, "hungry") == wish("hungry")
    assert in_sense(reading, "present") is reading
    assert in_sense(reading, "rules") is reading


@pytest.mark.parametrize(
    ("text", "sense"),
    [
        ("A present!", "present"),
        ("something to eat", "eat"),
        ("the rules", "rules"),
        ("my dad", None),
    ],
)
def test_sense_can_be_said_in_words(text: str, sense: str | None) -> None:
    assert sense_said(text) == sense


@pytest.mark.parametrize("sense", SENSES)
def test_every_sense_is_understood_by_its_own_name(sense: str) -> None:
    assert sense_said(sense) == sense


def test_size_is_asked_for_when_the_best_find_comes_in_several() -> None:
    found = [shoe("Ridge", "44"), shoe("Fog", "39"), shoe("Ridge", "42")]
    assert sizes(about(Intent.PRODUCT_SEARCH), found) == ("42", "44")


def test_sizes_of_a_thing_told_as_one_are_asked_for() -> None:
    ridge = shoe("Ridge", "44")
    told_as_one = replace(ridge, candidate=replace(ridge.candidate, sizes=("42", "44")))
    assert sizes(about(Intent.PRODUCT_SEARCH), [told_as_one]) == ("42", "44")


@pytest.mark.parametrize(
    ("reading", "found"),
    [
        (about(Intent.PRODUCT_SEARCH), []),
        (about(Intent.PRODUCT_SEARCH), [shoe("Ridge", "44"), shoe("Fog", "39")]),
        (about(Intent.PRODUCT_SEARCH), [shoe("Shirt", "S"), shoe("Shirt", "M")]),
        (wish("sore_feet"), [shoe("Ridge", "44"), shoe("Ridge", "42")]),
        (
            replace(about(Intent.PRODUCT_SEARCH), constraints=Constraints(size="44")),
            [shoe("Ridge", "44"), shoe("Ridge", "42")],
        ),
    ],
    ids=["nothing", "one size", "letters", "no search", "said"],
)
def test_size_is_not_asked_for_when_it_decides_nothing(
    reading: Reading, found: list[Ranked]
) -> None:
    assert sizes(reading, found) == ()
