from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from knowledge.nearby.situation import Passing
from storage.records import (
    Gate,
)
from tests.builders import coupon, product, store
from tests.knowledge.nearby.weighing import (
    ALWAYS,
    NOTHING_BOUGHT,
    NOW,
    WARM,
    decided,
    local,
    outcome,
    passing,
    person,
)

EVERYTHING = coupon("WELCOME10")
DRINKS = replace(WARM, product_ids=frozenset(), categories=frozenset({"drinks"}))
WHERE: dict[str, tuple[Passing, Gate | None]] = {
    "walking fast": (passing(speed_m_per_s=3.0), None),
    "running": (passing(speed_m_per_s=3.1), Gate.SPEED),
    "driving": (passing(speed_m_per_s=14.0), Gate.SPEED),
    "speed not known": (passing(speed_m_per_s=None), Gate.SPEED),
    "pharmacy": (
        passing(store=store(category="pharmacy", hours=ALWAYS)),
        Gate.SENSITIVE_STORE,
    ),
    "no opening hours known": (passing(store=store(hours=())), Gate.CLOSED),
    "store for babies": (
        passing(store=store(category="Baby & toddler", hours=ALWAYS)),
        Gate.SENSITIVE_STORE,
    ),
    "near a health service": (passing(is_in_exclusion_zone=True), Gate.EXCLUSION_ZONE),
    "never kept": (passing(products=[]), Gate.NOTHING_FITS),
    "sold out": (passing(products=[], sold_out=[product()]), Gate.STOCK),
    "coupon paused": (passing(coupons=[replace(WARM, is_paused=True)]), Gate.COUPON),
    "coupon not begun": (
        passing(coupons=[replace(WARM, valid_from=NOW + timedelta(days=1))]),
        Gate.COUPON,
    ),
    "coupon used by this shopper": (passing(uses={"WARM15": 1}), Gate.USES),
    "coupon used by this shopper, who may again": (
        passing(coupons=[replace(WARM, per_shopper=2)], uses={"WARM15": 1}),
        None,
    ),
    "budget spent": (passing(coupons=[replace(WARM, remaining=0)]), Gate.BUDGET),
    "budget for one more": (passing(coupons=[replace(WARM, remaining=1)]), None),
    "no coupon": (passing(coupons=[]), Gate.NOTHING_FITS),
    "coupon for everything": (passing(coupons=[EVERYTHING]), Gate.NOTHING_FITS),
    "coupon that ends on the way": (
        passing(coupons=[replace(WARM, valid_until=NOW + timedelta(seconds=140))]),
        Gate.COUPON,
    ),
    "coupon of another store": (
        passing(coupons=[replace(WARM, store_ids=frozenset({"bakery"}))]),
        Gate.NOTHING_FITS,
    ),
    **{
        f"about {kind}": (
            passing(products=[product(attributes={"sensitive": kind})]),
            Gate.NOTHING_FITS,
        )
        for kind in ("health", "baby", "intimate", "alcohol")
    },
    "said to be harmless": (passing(products=[product(attributes={"sensitive": "no"})]), None),
}


@pytest.mark.parametrize(("where", "gate"), WHERE.values(), ids=WHERE)
def test_gates_of_the_visit(where: Passing, gate: Gate | None) -> None:
    assert outcome(where=where) is gate


@pytest.mark.parametrize(
    ("now", "gate"),
    [(local(17, 47), None), (local(17, 48), Gate.CLOSED), (local(18), Gate.CLOSED)],
)
def test_store_is_open_on_arrival_and_a_while_after(now: datetime, gate: Gate | None) -> None:
    assert outcome(where=passing(store=store()), now=now) is gate


def test_saved_coupon_of_a_sensitive_thing_stays_unsaid() -> None:
    diapers = product(attributes={"sensitive": "baby"})
    who = person(taste=NOTHING_BOUGHT, saved_codes={"WARM15"})
    assert outcome(who, passing(products=[diapers])) is Gate.NOTHING_FITS


def test_thing_on_the_list_is_worth_a_word_though_nothing_like_it_was_bought() -> None:
    who = person(taste=NOTHING_BOUGHT, saved_products={"choc"})
    assert outcome(person(taste=NOTHING_BOUGHT)) is Gate.RELEVANCE
    assert outcome(who) is None
    of_its_kind = passing(products=[product("tea")], coupons=[DRINKS])
    assert outcome(who, of_its_kind) is Gate.RELEVANCE


def test_thing_on_the_list_is_told_before_what_is_bought_most() -> None:
    usual, wished = product("choc"), product("wished")
    told = decided(
        person(saved_products={"wished"}), passing(products=[usual, wished], coupons=[DRINKS])
    ).told
    assert told is not None
    assert told.candidate.product == wished


def test_sensitive_thing_on_the_list_stays_unsaid() -> None:
    diapers = product(attributes={"sensitive": "baby"})
    who = person(taste=NOTHING_BOUGHT, saved_products={"choc"})
    assert outcome(who, passing(products=[diapers])) is Gate.NOTHING_FITS


@pytest.mark.parametrize("category", ["Baby & Pets", "beer, wine & spirits", "pharmacy & care"])
def test_sensitive_category_stays_unsaid_though_the_shop_calls_the_thing_harmless(
    category: str,
) -> None:
    saved = person(taste=NOTHING_BOUGHT, saved_codes={"WARM15"})
    harmless = product(category=category, attributes={"sensitive": "no"})
    assert outcome(saved, passing(products=[harmless])) is Gate.NOTHING_FITS


@pytest.mark.parametrize("category", ["drinks", "books & toys", "swinery", "adulthood stories"])
def test_category_is_not_sensitive_for_a_part_of_a_word(category: str) -> None:
    saved = person(taste=NOTHING_BOUGHT, saved_codes={"WARM15"})
    assert outcome(saved, passing(products=[product(category=category)])) is None
