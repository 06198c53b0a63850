from datetime import timedelta

import pytest

from knowledge.habits import (
    HALF_LIFE_DAYS,
    habits_of,
    tallied,
    timeliness,
    usual_days_between,
)
from tests.builders import NOON


def days_ago(*days: float) -> list[tuple[str, object]]:
    return [("coffee", NOON - timedelta(days=each)) for each in days]


def test_interval_is_the_usual_time_between_trips() -> None:
    coffee = habits_of(days_ago(20, 14, 8, 2), NOON)["coffee"]
    assert (coffee.times, coffee.every_days, coffee.last_days) == (4, 6.0, 2.0)


@pytest.mark.parametrize("days", [(5,), (12, 5), (5.3, 5.2, 5.1)])
def test_two_purchases_or_one_day_are_no_rhythm(days: tuple[float, ...]) -> None:
    coffee = habits_of(days_ago(*days), NOON)["coffee"]
    assert coffee.every_days is None
    assert coffee.due == 0.0


def test_what_was_bought_on_one_day_is_one_trip() -> None:
    assert habits_of(days_ago(5.3, 5.1), NOON)["coffee"].times == 1


def test_a_purchase_counts_half_after_the_half_life() -> None:
    coffee = habits_of(days_ago(HALF_LIFE_DAYS, 0), NOON)["coffee"]
    assert coffee.recent == pytest.approx(1.5)


def test_order_of_the_log_does_not_matter() -> None:
    assert habits_of(days_ago(2, 14, 8), NOON) == habits_of(days_ago(14, 8, 2), NOON)


def test_a_purchase_from_the_future_is_from_today() -> None:
    assert habits_of(days_ago(-3), NOON)["coffee"].last_days == 0.0


def test_it_is_most_due_when_the_usual_time_has_passed() -> None:
    assert timeliness(6, 6) == 1.0
    assert timeliness(3, 6) == pytest.approx(timeliness(12, 6))
    assert timeliness(0, 6) == 0.0
    assert timeliness(1, 6) < timeliness(4, 6) < 1.0


def test_due_follows_the_rhythm() -> None:
    fresh, due = (habits_of(days_ago(*days), NOON)["coffee"] for days in [(13, 7, 1), (18, 12, 6)])
    assert (fresh.every_days, due.every_days) == (6.0, 6.0)
    assert fresh.due < 0.5 < due.due == 1.0


def test_a_tally_remembers_the_place_of_every_line() -> None:
    tally = tallied([(9.0, ["tea", "milk"]), (4.0, ["milk"])])
    assert tally.places == {"tea": 0, "milk": 1}
    assert (tally.times, tally.lines) == ([1, 2], [0, 1, 1])
    assert (tally.first_days, tally.last_days) == ([9.0, 9.0], [9.0, 4.0])


def test_purchases_of_one_kind_have_a_rhythm_of_their_own() -> None:
    moments = [NOON - timedelta(days=each) for each in (20, 11, 2)]
    assert usual_days_between(moments, NOON) == 9.0
    assert usual_days_between(moments[:2], NOON) is None
    assert usual_days_between([], NOON) is None
