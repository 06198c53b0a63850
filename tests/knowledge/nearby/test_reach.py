from datetime import UTC, datetime, time, timedelta

import pytest

from knowledge.geography.distance import between_m, distance_m, point
from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.hours import OpenInterval
from knowledge.nearby.outings import Outing
from knowledge.nearby.places import Fix
from knowledge.nearby.reach import (
    arrival,
    exact_distance_m,
    open_stores_near,
    opens_when,
    store_distances,
)
from knowledge.rules import ReplyRules
from storage.records import OpeningHours, Store
from tests.builders import store

RULES = ReplyRules()
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
HERE = Fix(52.5, 13.4, 10.0, NOON)
DEGREE_M = 111_263.0  # of latitude, at 52.5° on WGS-84


def shop(store_id: str, north_m: float, closes: time = time(18), opens: time = time(8)) -> Store:
    hours = tuple(OpeningHours(day, opens, closes) for day in range(7))
    return store(store_id, latitude=52.5 + north_m / DEGREE_M, hours=hours, time_zone="UTC")


def test_distance_agrees_with_a_published_one() -> None:
    # Flinders Peak to Buninyong, 54,972.271 m: Geoscience Australia, GDA Technical Manual, Vincenty's example.
    flinders, buninyong = (-37.951033417, 144.424867889), (-37.652821139, 143.926495528)
    assert distance_m(flinders, buninyong) == pytest.approx(54_972.271, abs=0.01)
    assert between_m(point(*flinders), point(*buninyong)) == pytest.approx(54_972.27, abs=0.1)


def test_only_stores_within_reach_have_a_distance() -> None:
    near, far = shop("near", 100), shop("far", RULES.near_m + 100)
    assert list(store_distances(StoreIndex([near, far]), HERE, RULES)) == ["near"]


def test_without_a_place_every_store_counts_and_none_has_a_distance() -> None:
    town = StoreIndex([shop("a", 0), shop("b", 90_000)])
    assert store_distances(town, None, RULES) == {"a": None, "b": None}
    assert exact_distance_m(shop("a", 0), None) is None


def test_store_that_closes_before_the_shopper_arrives_counts_as_closed() -> None:
    soon = shop("soon", 0, closes=time(12, 10))
    assert opens_when(soon, 400.0, NOON, RULES) is None  # five minutes on foot
    opens = opens_when(soon, 1_200.0, NOON, RULES)  # a quarter of an hour
    assert opens == datetime(2026, 11, 21, 8, tzinfo=UTC)


def test_store_that_opens_before_the_shopper_arrives_counts_as_open() -> None:
    early = NOON.replace(hour=7, minute=55)
    assert opens_when(shop("a", 0), 1_200.0, early, RULES) is None
    assert opens_when(shop("a", 0), 0.0, early, RULES) == NOON.replace(hour=8)


def test_store_without_hours_is_never_open() -> None:
    assert opens_when(store(hours=()), 10.0, NOON, RULES) is not None


def test_open_stores_come_nearest_first() -> None:
    shops = [shop("c", 300), shop("a", 900), shop("closed", 20, closes=time(9)), shop("b", 100)]
    found = open_stores_near(StoreIndex(shops), HERE, NOON, RULES)
    assert [(each.id, round(metres)) for each, metres in found] == [
        ("b", 100),
        ("c", 300),
        ("a", 900),
    ]


def test_equally_far_stores_have_one_order() -> None:
    shops = [shop("b", 100), shop("a", 100)]
    assert [each.id for each, _ in open_stores_near(StoreIndex(shops), HERE, NOON, RULES)] == [
        "a",
        "b",
    ]


def test_late_hour_finds_nobody() -> None:
    assert (
        open_stores_near(StoreIndex([shop("a", 100)]), HERE, NOON + timedelta(hours=9), RULES)
        == []
    )


def test_store_that_closes_soon_after_arrival_is_marked() -> None:
    soon, late = shop("soon", 0, closes=time(12, 14)), shop("late", 0, closes=time(12, 15))
    at_once = Outing(NOON)  # on foot for five minutes
    assert arrival(soon, 400.0, at_once, RULES).closes_at == NOON.replace(minute=14)
    assert arrival(late, 400.0, at_once, RULES).closes_at is None


def test_store_that_never_closes_is_never_about_to() -> None:
    always = store(
        hours=tuple(OpeningHours(day, time(0), time(0)) for day in range(7)), time_zone="UTC"
    )
    midnight = NOON.replace(hour=23, minute=58)
    assert arrival(always, 0.0, Outing(midnight), RULES).closes_at is None


def test_store_is_looked_at_on_the_day_that_is_asked_about() -> None:
    tomorrow = NOON + timedelta(days=1)
    found = arrival(shop("a", 0), 800.0, Outing(tomorrow, is_named=True), RULES)
    assert (found.at, found.opens_at) == (tomorrow + timedelta(minutes=10), None)
    assert found.hours == OpenInterval(tomorrow.replace(hour=8), tomorrow.replace(hour=18))
    assert arrival(shop("a", 0), 800.0, Outing(tomorrow), RULES).hours is None


@pytest.mark.parametrize(
    ("opens", "closes", "arrives"),
    [
        (time(9), time(19), time(12)),  # open at the hour one comes at
        (time(17), time(21), time(17)),  # later that day
        (time(7), time(11), time(7)),  # earlier that day
    ],
)
def test_whoever_names_a_day_comes_while_it_is_open(
    opens: time, closes: time, arrives: time
) -> None:
    tomorrow = NOON + timedelta(days=1)
    day = tomorrow.replace(hour=0)
    walk = Outing(tomorrow, since=day, until=day + timedelta(days=1), is_named=True)
    found = arrival(shop("a", 0, opens=opens, closes=closes), None, walk, RULES)
    assert (found.at.time(), found.opens_at) == (arrives, None)


def test_store_that_opens_only_the_day_after_is_closed_on_the_day_named() -> None:
    tomorrow = NOON + timedelta(days=1)
    hours = (OpeningHours((tomorrow.weekday() + 1) % 7, time(8), time(20)),)
    walk = Outing(tomorrow, until=tomorrow.replace(hour=23), is_named=True)
    found = arrival(store(hours=hours, time_zone="UTC"), None, walk, RULES)
    assert found.opens_at == tomorrow.replace(hour=8) + timedelta(days=1)
