from datetime import timedelta

import pytest

from knowledge.candidates import Candidate, best_coupon, covers
from knowledge.facts import Facts, Kind
from tests.builders import NOON, coupon, product, store


@pytest.mark.parametrize(
    ("scope", "is_covered"),
    [
        ({}, True),
        ({"store_ids": frozenset({"cafe"})}, True),
        ({"store_ids": frozenset({"other"})}, False),
        ({"product_ids": frozenset({"choc"})}, True),
        ({"product_ids": frozenset({"tea"})}, False),
        ({"categories": frozenset({"drinks"})}, True),
        ({"categories": frozenset({"shoes"})}, False),
        ({"product_ids": frozenset({"tea"}), "categories": frozenset({"drinks"})}, True),
        ({"categories": frozenset({"drinks"}), "store_ids": frozenset({"other"})}, False),
    ],
)
def test_coupon_covers_what_its_scopes_include(
    scope: dict[str, frozenset[str]], is_covered: bool
) -> None:
    assert covers(coupon(**scope), product(), "cafe") is is_covered


def test_highest_discount_wins_and_ties_are_settled_by_code() -> None:
    low, a, b = coupon("LOW5", discount_percent=5), coupon("A20"), coupon("B20")
    assert best_coupon([low, b, a], product(), "cafe") == b
    assert best_coupon([a, low, b], product(), "cafe") == b


def test_coupon_for_something_else_is_not_taken() -> None:
    assert best_coupon([coupon(store_ids=frozenset({"other"}))], product(), "cafe") is None


@pytest.mark.parametrize(
    ("ahead", "is_valid"), [(-8, False), (-7, True), (0, True), (6, True), (7, False)]
)
def test_coupon_must_be_valid_on_arrival(ahead: int, *, is_valid: bool) -> None:
    arrives = NOON + timedelta(days=ahead)
    assert (best_coupon([coupon()], product(), "cafe", arrives) is not None) is is_valid


@pytest.mark.parametrize(("cents", "percent"), [(350, 15), (1, 50), (999, 33), (350, 100)])
def test_price_with_coupon_is_the_one_that_is_told(cents: int, percent: int) -> None:
    deal = coupon(discount_percent=percent)
    candidate = Candidate(product(price_cents=cents), store(), 0.8, 43.0, deal)
    facts = Facts(Kind.OFFER, price_cents=cents, discount_percent=percent)
    assert candidate.price_cents == facts.discounted_cents
