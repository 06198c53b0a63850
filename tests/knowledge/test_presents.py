"""Which wishes are for a present, though they sound like a search for a thing."""

import pytest

from knowledge.constraints import constraints_in
from knowledge.presents import as_present
from knowledge.understanding import GIFT, Examples, Intent, Reading

PRESENT = Examples.shipped().needs[GIFT]


def heard(text: str, intent: Intent = Intent.PRODUCT_SEARCH) -> Reading:
    return Reading(intent, 0.9, None, constraints_in(text), text=text)


@pytest.mark.parametrize(
    "text",
    [
        "a gift under $30",
        "a present for my vegan sister, max 25, nothing scented",
        "something for my dad",
    ],
)
def test_wish_for_a_present_is_that_need(text: str) -> None:
    reading = as_present(heard(text), PRESENT)
    assert reading.intent is Intent.NEED
    assert reading.need is PRESENT


@pytest.mark.parametrize("text", ["gift wrap", "a red scarf", "gift cards", "food for my dog"])
def test_thing_that_is_named_stays_a_search(text: str) -> None:
    assert as_present(heard(text), PRESENT).need is None


def test_policy_about_gifts_is_no_wish() -> None:
    asked = heard("can I return a gift?", Intent.REFUND_RETURN)
    assert as_present(asked, PRESENT) is asked
