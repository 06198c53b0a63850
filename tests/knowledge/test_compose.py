from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from knowledge.candidates import Candidate, Found, Missed
from knowledge.compose import COUPONS_SHOWN, Composition, compose
from knowledge.constraints import Constraints, Diet
from knowledge.evidence import Evidence
from knowledge.facts import Facts, Kind
from knowledge.followups import Step
from knowledge.policies.sections import Section
from knowledge.policies.sentences import Sentence
from knowledge.ranking import Ranked
from knowledge.understanding import POLICY_INTENTS, Intent, Reading
from storage.records import OpeningHours, OrderStatus, SpecialDay, Store
from tests.builders import coupon, order, product, store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday
SAID = Sentence("Shoes can be returned.", "Shoes can be returned.")
SHOES = Section("returns", 2, "Returns", "2. Shoes", (SAID,), date(2026, 3, 1))


def reading(intent: Intent, confidence: float = 0.8, tone: str = "") -> Reading:
    return Reading(intent, confidence, None, Constraints(), tone)


def shop(store_id: str = "cafe", **changes: Any) -> Store:
    hours = tuple(OpeningHours(day, time(8), time(18)) for day in range(7))
    return store(
        store_id, **{"hours": hours, "time_zone": "UTC", "name": store_id.title()} | changes
    )


def candidate(product_id: str = "choc", **changes: Any) -> Candidate:
    base = {"store": shop(), "similarity": 0.7, "distance_m": 43.4, "coupon": None}
    return Candidate(product=product(product_id), **base | changes)


def ranked(*candidates: Candidate) -> list[Ranked]:
    return [Ranked(each, {"fit": 1.0 - n / 10}) for n, each in enumerate(candidates)]


def composed(
    intent: Intent, evidence: Evidence | None = None, found: Sequence[Ranked] = (), shown: int = 3
) -> Composition:
    return compose(reading(intent), evidence or Evidence(NOON), found, shown)


@pytest.mark.parametrize("intent", Intent)
def test_every_intent_has_something_to_say_to_nothing_found(intent: Intent) -> None:
    assert composed(intent).facts.kind in Kind


@pytest.mark.parametrize(
    ("intent", "kind"),
    [
        (Intent.SMALLTALK, Kind.SMALLTALK),
        (Intent.OUT_OF_SCOPE, Kind.OUT_OF_SCOPE),
        (Intent.CARE, Kind.CARE),
        (Intent.HUMAN, Kind.HUMAN),
        (Intent.COMPLAINT, Kind.COMPLAINT),
        (Intent.ACCOUNT_PRIVACY, Kind.ACCOUNT_PRIVACY),
        (Intent.ORDER_PLACE, Kind.HOW_TO_PLACE),
        (Intent.ORDER_CANCEL, Kind.HOW_TO_CANCEL),
        (Intent.ORDER_CHANGE, Kind.HOW_TO_CHANGE),
        (Intent.NEED, Kind.NOTHING_NEAR),
        (Intent.RECOMMEND, Kind.NOTHING_NEAR),
        (Intent.STORE_LOOKUP, Kind.NOTHING_NEAR),
        (Intent.PRODUCT_SEARCH, Kind.NOTHING_NEAR),
        (Intent.COUPONS, Kind.COUPONS),
        (Intent.ORDER_STATUS, Kind.ORDER_STATUS),
        *[(intent, Kind.NOT_KNOWN) for intent in POLICY_INTENTS],
    ],
)
def test_kind_follows_the_intent(intent: Intent, kind: Kind) -> None:
    assert composed(intent).facts.kind is kind


def test_tone_is_kept() -> None:
    told = compose(reading(Intent.SMALLTALK, tone="bye"), Evidence(NOON), (), 3)
    assert told.facts.tone == "bye"


@pytest.mark.parametrize(
    "intent", [Intent.NEED, Intent.PRODUCT_SEARCH, Intent.RECOMMEND, Intent.STORE_LOOKUP]
)
def test_place_is_asked_for_before_anything_is_told(intent: Intent) -> None:
    told = composed(intent, Evidence(NOON, must_ask_place=True), ranked(candidate()))
    assert (told.facts.kind, told.shown) == (Kind.NEEDS_PLACE, ())


def test_need_is_answered_with_the_best_thing_alone() -> None:
    best, second = candidate("tea", coupon=coupon()), candidate("choc")
    told = composed(Intent.NEED, found=ranked(best, second))
    assert told.facts == Facts(
        Kind.OFFER,
        store="Cafe",
        distance_m=43,
        item="Hot Chocolate",
        price_cents=350,
        currency="USD",
        coupon_code="WARM15",
        discount_percent=15,
    )
    assert [each.candidate for each in told.shown] == [best]


@pytest.mark.parametrize("intent", [Intent.PRODUCT_SEARCH, Intent.RECOMMEND])
def test_search_shows_several_and_no_more_than_allowed(intent: Intent) -> None:
    found = ranked(*(candidate(name) for name in "abcde"))
    told = composed(intent, found=found, shown=3)
    assert told.facts.kind is Kind.OPTIONS
    assert len(told.facts.options) == len(told.shown) == 3


@pytest.mark.parametrize("intent", [Intent.PRODUCT_SEARCH, Intent.RECOMMEND])
def test_single_find_is_an_offer(intent: Intent) -> None:
    assert composed(intent, found=ranked(candidate())).facts.kind is Kind.OFFER


@pytest.mark.parametrize(
    ("confidence", "is_relevant", "kind"),
    [
        (0.1, False, Kind.OUT_OF_SCOPE),
        (0.1, True, Kind.NOTHING_NEAR),
        (0.9, False, Kind.NOTHING_NEAR),
    ],
)
def test_unclear_message_that_finds_nothing_is_out_of_scope(
    confidence: float, is_relevant: bool, kind: Kind
) -> None:
    evidence = Evidence(NOON, found=Found(is_relevant=is_relevant))
    told = compose(reading(Intent.PRODUCT_SEARCH, confidence), evidence, (), 3)
    assert told.facts.kind is kind


def test_without_a_place_nothing_is_said_about_near() -> None:
    told = composed(Intent.NEED, Evidence(NOON, has_place=False))
    assert told.facts == Facts(Kind.NOTHING_NEAR, tone="anywhere")


def closed(product_id: str, opens_at: datetime, metres: float | None = 100.0) -> Candidate:
    place = shop(f"{product_id} shop")
    return candidate(product_id, store=place, opens_at=opens_at, distance_m=metres)


def test_closed_store_that_opens_soonest_is_told_without_a_coupon() -> None:
    later = closed("tea", NOON + timedelta(hours=20), 10.0)
    sooner = replace(closed("choc", NOON + timedelta(hours=19)), coupon=coupon())
    evidence = Evidence(NOON, found=Found(closed=(later, sooner), is_relevant=True))
    told = composed(Intent.NEED, evidence)
    assert told.facts == Facts(
        Kind.CLOSED,
        store="Choc Shop",
        distance_m=100,
        item="Hot Chocolate",
        price_cents=350,
        currency="USD",
        opens_at=time(7),
        opens_day="tomorrow",
    )
    assert [each.candidate for each in told.shown] == [sooner]


def test_of_stores_that_open_in_the_same_hour_the_nearer_is_told() -> None:
    opens = NOON + timedelta(hours=19)
    far, close = closed("tea", opens, 900.0), closed("choc", opens + timedelta(minutes=30), 90.0)
    told = composed(Intent.NEED, Evidence(NOON, found=Found(closed=(far, close))))
    assert told.facts.store == "Choc Shop"


def test_opening_time_that_nobody_entered_is_not_made_up() -> None:
    unknown = candidate(store=shop(hours=()), opens_at=NOON + timedelta(days=7), distance_m=10.0)
    told = composed(Intent.NEED, Evidence(NOON, found=Found(closed=(unknown,), is_relevant=True)))
    assert (told.facts.kind, told.facts.opens_at) == (Kind.NOTHING_NEAR, None)


def test_named_store_is_told_with_its_closing_time() -> None:
    told = composed(Intent.STORE_LOOKUP, Evidence(NOON, nearby=[(shop(), 120.4)]))
    assert told.facts == Facts(Kind.STORES, store="Cafe", distance_m=120, closes_at=time(18))


def test_named_store_without_a_place_has_no_distance() -> None:
    told = composed(Intent.STORE_LOOKUP, Evidence(NOON, nearby=[(shop(), None)]))
    assert told.facts.distance_m is None


def test_store_that_never_closes_has_no_closing_time() -> None:
    always = shop(hours=tuple(OpeningHours(day, time(0), time(0)) for day in range(7)))
    told = composed(Intent.STORE_LOOKUP, Evidence(NOON, nearby=[(always, 5.0)]))
    assert told.facts == Facts(Kind.STORES, store="Cafe", distance_m=5)


def test_named_store_that_is_closed_says_when_it_opens() -> None:
    night = NOON.replace(hour=22)
    told = composed(Intent.STORE_LOOKUP, Evidence(night, nearby=[(shop(), 5.0)]))
    assert told.facts == Facts(
        Kind.CLOSED,
        store="Cafe",
        distance_m=5,
        opens_at=time(8),
        opens_day="tomorrow",
        closed_at=time(18),
    )


def test_store_that_rests_on_a_holiday_says_so() -> None:
    rests = shop(special_days=(SpecialDay(NOON.date(), "Harbor Day"),))
    told = composed(Intent.STORE_LOOKUP, Evidence(NOON, nearby=[(rests, 5.0)])).facts
    assert (told.kind, told.holiday, told.opens_day) == (Kind.CLOSED, "Harbor Day", "tomorrow")
    assert told.closed_at is None


def test_what_is_too_far_is_told_when_nothing_is_near() -> None:
    far, farther = candidate(distance_m=2_400.0), candidate("tea", distance_m=3_000.0)
    told = composed(Intent.NEED, Evidence(NOON, found=Found(far=(farther, far))))
    assert (told.facts.kind, told.facts.tone) == (Kind.NOTHING_NEAR, "far")
    assert (told.facts.store, told.facts.distance_m) == ("Cafe", 2_400)
    assert [each.candidate for each in told.shown] == [far]


def test_store_that_was_asked_for_and_misses_it_is_told_first() -> None:
    out = Found(available=(candidate(),), missed=Missed(shop("tearoom")))
    told = composed(Intent.NEED, Evidence(NOON, found=out), ranked(candidate())).facts
    assert told.kind is Kind.OFFER
    assert told.before == (Facts(Kind.NOTHING_NEAR, store="Tearoom", tone="not_there"),)
    shut = replace(out, missed=Missed(shop("tearoom"), NOON + timedelta(hours=20)))
    (before,) = composed(Intent.NEED, Evidence(NOON, found=shut), ranked(candidate())).facts.before
    assert (before.kind, before.store, before.opens_at) == (Kind.CLOSED, "Tearoom", time(8))


def test_what_is_sold_out_is_named() -> None:
    told = composed(Intent.NEED, Evidence(NOON, found=Found(sold_out=(product(),))))
    assert told.facts == Facts(Kind.NOTHING_NEAR, item="Hot Chocolate", tone="sold_out")
    assert told.shown == ()


def test_hours_that_matter_come_with_an_offer() -> None:
    soon = candidate(closes_at=NOON + timedelta(minutes=8))
    later = candidate(opens_at=NOON + timedelta(hours=20), opens_day="tomorrow")
    assert composed(Intent.NEED, found=ranked(soon)).facts.closes_at == time(12, 8)
    told = composed(Intent.NEED, found=ranked(later)).facts
    assert (told.opens_at, told.opens_day) == (time(8), "tomorrow")


def test_nearest_store_wins_over_a_slightly_better_match() -> None:
    better = candidate("tea", store=shop("tearoom"), similarity=0.75, distance_m=900.0)
    nearer = candidate("choc", similarity=0.70, distance_m=40.0)
    other = candidate("mug", store=shop("mugs"), similarity=0.40, distance_m=5.0)
    told = composed(Intent.STORE_LOOKUP, found=ranked(better, nearer, other))
    assert (told.facts.kind, told.facts.store, told.facts.distance_m) == (Kind.STORES, "Cafe", 40)


def test_coupons_are_told_up_to_a_limit() -> None:
    many = [coupon(f"C{n}") for n in range(9)]
    told = composed(Intent.COUPONS, Evidence(NOON, coupons=many))
    assert [each.coupon_code for each in told.facts.coupons] == [
        f"C{n}" for n in range(COUPONS_SHOWN)
    ]


def test_coupon_ends_on_its_last_day_in_the_shops_own_time() -> None:
    # Midnight in town is the next morning in UTC.
    last_second = datetime(2026, 11, 23, 4, 59, 59, tzinfo=UTC)
    evidence = Evidence(
        NOON, coupons=[coupon(valid_until=last_second)], time_zone="America/New_York"
    )
    assert composed(Intent.COUPONS, evidence).facts.coupons[0].expires_on == date(2026, 11, 22)


def test_coupon_that_ends_at_midnight_ends_on_the_day_before() -> None:
    midnight = datetime(2026, 11, 23, 0, 0, tzinfo=UTC)
    evidence = Evidence(NOON, coupons=[coupon(valid_until=midnight)])
    assert composed(Intent.COUPONS, evidence).facts.coupons[0].expires_on == date(2026, 11, 22)


def test_orders_that_wait_are_told_the_ready_one_first() -> None:
    orders = [
        order("A1", status=OrderStatus.PLACED),
        order("B2", status=OrderStatus.COLLECTED),
        order("C3", status=OrderStatus.READY),
    ]
    told = composed(Intent.ORDER_STATUS, Evidence(NOON, orders=orders, store_names={"cafe": "C"}))
    assert [each.order_code for each in told.facts.options] == ["C3", "A1"]
    assert [each.code for each in told.orders] == ["C3", "A1"]


@pytest.mark.parametrize(
    ("kept_until", "told"),
    [
        (None, (None, None)),
        (NOON + timedelta(hours=5), (time(18), None)),
        (NOON + timedelta(hours=29), (time(18), "tomorrow")),
    ],
)
def test_order_tells_until_when_it_is_kept_in_the_shops_time(
    kept_until: datetime | None, told: tuple[time | None, str | None]
) -> None:
    orders = [order(kept_until=kept_until)]
    evidence = Evidence(NOON, orders=orders, time_zone="Europe/Berlin")
    facts = composed(Intent.ORDER_STATUS, evidence).facts
    assert (facts.kept_until, facts.kept_day) == told


def test_newest_order_is_told_when_none_waits() -> None:
    orders = [order("A1", status=OrderStatus.CANCELLED), order("B2", status=OrderStatus.COLLECTED)]
    told = composed(Intent.ORDER_STATUS, Evidence(NOON, orders=orders, store_names={"cafe": "C"}))
    assert (told.facts.order_code, told.facts.status, told.facts.store) == (
        "A1",
        OrderStatus.CANCELLED,
        "C",
    )


@pytest.mark.parametrize("intent", sorted(POLICY_INTENTS))
def test_policy_is_quoted_with_its_place(intent: Intent) -> None:
    told = composed(intent, Evidence(NOON, section=SHOES, quote="Shoes can be returned."))
    assert told.facts == Facts(
        Kind.POLICY,
        quote="Shoes can be returned.",
        document="Returns, §2",
        valid_from=date(2026, 3, 1),
    )


def test_rule_that_no_longer_holds_is_told_with_both_its_days() -> None:
    past = replace(SHOES, valid_from=date(2025, 9, 1), valid_to=date(2026, 2, 28))
    told = composed(Intent.POLICY, Evidence(NOON, section=past, quote="Shoes can be returned."))
    assert (told.facts.valid_from, told.facts.valid_to) == (date(2025, 9, 1), date(2026, 2, 28))


def test_last_day_of_a_rule_that_holds_is_not_told() -> None:
    ending = replace(SHOES, valid_to=NOON.date())
    told = composed(Intent.POLICY, Evidence(NOON, section=ending, quote="Shoes can be returned."))
    assert told.facts.valid_to is None


# What is not known

HALAL = Constraints(diets=frozenset({Diet.HALAL}))


def meal(product_id: str, **attributes: str) -> Candidate:
    made = product(product_id, category="meals", attributes={"diet": "vegetarian", **attributes})
    return replace(candidate(), product=made)


def test_offer_says_what_was_asked_and_nobody_knows() -> None:
    wish = replace(reading(Intent.NEED), constraints=HALAL)
    told = compose(wish, Evidence(NOON), ranked(meal("stew")), 3)
    assert told.facts.unknown == ("halal",)


def test_what_is_known_to_be_as_asked_comes_first() -> None:
    wish = replace(reading(Intent.RECOMMEND), constraints=HALAL)
    found = ranked(meal("stew"), meal("wrap", diet="halal"))
    told = compose(wish, Evidence(NOON), found, 3)
    assert [each.candidate.product.id for each in told.shown] == ["wrap", "stew"]
    assert [option.unknown for option in told.facts.options] == [(), ("halal",)]


# Talks that go on


@pytest.mark.parametrize("step", [Step.PICK, Step.CHEAPER, Step.CLOSER, Step.OTHER])
def test_nothing_left_of_what_was_shown_is_told_as_such(step: Step) -> None:
    told = compose(reading(Intent.RECOMMEND), Evidence(NOON), (), 3, step)
    assert told.facts == Facts(Kind.NOTHING_NEAR, tone=step.value)


@pytest.mark.parametrize("step", [None, Step.LIMIT, Step.INSTEAD])
def test_nothing_found_for_a_wish_is_told_as_ever(step: Step | None) -> None:
    told = compose(reading(Intent.RECOMMEND), Evidence(NOON), (), 3, step)
    assert told.facts == Facts(Kind.NOTHING_NEAR)
