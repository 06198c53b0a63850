"""What is said of stores: which, how far, and their hours."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from knowledge.candidates import Candidate, Found, Missed
from knowledge.evidence import Evidence
from knowledge.facts import Facts, Kind
from knowledge.understanding import Intent
from storage.records import OpeningHours, SpecialDay
from tests.builders import coupon
from tests.facts import TOMORROW
from tests.knowledge.composing import NOON, candidate, composed, ranked, shop


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
        opens_day=TOMORROW,
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
        opens_day=TOMORROW,
        closed_at=time(18),
    )


def test_store_that_rests_on_a_holiday_says_so() -> None:
    rests = shop(special_days=(SpecialDay(NOON.date(), "Harbor Day"),))
    told = composed(Intent.STORE_LOOKUP, Evidence(NOON, nearby=[(rests, 5.0)])).facts
    assert (told.kind, told.holiday, told.opens_day) == (Kind.CLOSED, "Harbor Day", TOMORROW)
    assert told.closed_at is None


def test_store_that_was_asked_for_and_misses_it_is_told_first() -> None:
    out = Found(available=(candidate(),), missed=Missed(shop("tearoom")))
    told = composed(Intent.NEED, Evidence(NOON, found=out), ranked(candidate())).facts
    assert told.kind is Kind.OFFER
    assert told.before == (Facts(Kind.NOTHING_NEAR, store="Tearoom", tone="not_there"),)
    shut = replace(out, missed=Missed(shop("tearoom"), NOON + timedelta(hours=20)))
    (before,) = composed(Intent.NEED, Evidence(NOON, found=shut), ranked(candidate())).facts.before
    assert (before.kind, before.store, before.opens_at) == (Kind.CLOSED, "Tearoom", time(8))


def test_hours_that_matter_come_with_an_offer() -> None:
    soon = candidate(closes_at=NOON + timedelta(minutes=8))
    later = candidate(opens_at=NOON + timedelta(hours=20), opens_day=TOMORROW)
    assert composed(Intent.NEED, found=ranked(soon)).facts.closes_at == time(12, 8)
    told = composed(Intent.NEED, found=ranked(later)).facts
    assert (told.opens_at, told.opens_day) == (time(8), TOMORROW)


def test_nearest_store_wins_over_a_slightly_better_match() -> None:
    better = candidate("tea", store=shop("tearoom"), similarity=0.75, distance_m=900.0)
    nearer = candidate("choc", similarity=0.70, distance_m=40.0)
    other = candidate("mug", store=shop("mugs"), similarity=0.40, distance_m=5.0)
    told = composed(Intent.STORE_LOOKUP, found=ranked(better, nearer, other))
    assert (told.facts.kind, told.facts.store, told.facts.distance_m) == (Kind.STORES, "Cafe", 40)
