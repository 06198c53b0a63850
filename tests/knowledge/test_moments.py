"""Times as people say them, and which of them a message means as the time to come."""

from datetime import date, time

import pytest

from knowledge.constraints import When, constraints_in
from knowledge.constraints.spoken_names import SpokenNames

THANKSGIVING, CHRISTMAS = date(2026, 11, 26), date(2026, 12, 25)
NAMES = SpokenNames(days=(("Thanksgiving", THANKSGIVING), ("Christmas Day", CHRISTMAS)))


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("and tomorrow?", When(days_ahead=1)),
        ("on Saturday", When(weekdays=(5,))),
        ("open on Saturdays?", When(weekdays=(5,))),
        ("this weekend", When(weekdays=(5, 6))),
        ("Monday morning", When(weekdays=(0,), after=time(6), before=time(12))),
        ("on sun", When(weekdays=(6,))),
        ("tonight", When(days_ahead=0, after=time(18), before=time(23, 59))),
        ("in an hour", When(in_minutes=60)),
        ("are you open in half an hour", When(in_minutes=30)),
        ("my train leaves in an hour", When(minutes=60)),
        ("lunch in 20 minutes", When(minutes=20)),
        ("after 6", When(after=time(18))),
        ("Saturday after 5", When(weekdays=(5,), after=time(17))),
        ("at 10 tomorrow", When(days_ahead=1, after=time(10))),
        ("tomorrow before 10", When(days_ahead=1, before=time(10))),
        ("open on Thanksgiving", When(dates=(THANKSGIVING,))),
        ("are you open on Christmas?", When(dates=(CHRISTMAS,))),
    ],
)
def test_time_to_come_is_read(text: str, when: When) -> None:
    assert constraints_in(text, NAMES).when == when


@pytest.mark.parametrize(
    "text",
    [
        "sun cream",
        "black friday deals",
        "size 44 at 20 dollars",
        "a present for Christmas",
        "on Christmas Eve",
        "a table for after",
    ],
)
def test_what_only_sounds_like_a_time_is_none(text: str) -> None:
    assert constraints_in(text, NAMES).when is None


def test_hour_is_said_of_the_day_before_it() -> None:
    saturday, after_six = When(weekdays=(5,)), When(after=time(18))
    assert saturday.then(after_six) == When(weekdays=(5,), after=time(18))
    assert saturday.then(When(days_ahead=1)) == When(days_ahead=1)
    assert saturday.then(When(minutes=15)) == When(minutes=15)


def test_place_in_town_is_read_apart_from_the_store_to_buy_in() -> None:
    names = SpokenNames(stores=frozenset({"Corner Bakery"}))
    beside, inside = (
        constraints_in(f"coffee {word} Corner Bakery", names) for word in ("near", "at")
    )
    assert (beside.near, beside.store) == ("corner bakery", None)
    assert inside.store == "Corner Bakery"
    assert constraints_in("soup on Water Street").near == "water street"
