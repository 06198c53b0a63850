"""Whatever slipped through a search is not shown."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

from knowledge.candidates import Candidate, Found
from knowledge.constraints import Constraints, constraints_in
from knowledge.last_look import LastLook, held_to
from storage.records import Coupon, OpeningHours
from tests.builders import product, store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday
SHOP = store(hours=(OpeningHours(4, time(9), time(18)),), time_zone="UTC")
CAKE = product(title="Walnut Cake", attributes={"diet": "vegetarian", "allergens": "nuts"})
THING = Candidate(CAKE, SHOP, 0.9, 400.0, None)


def look(limits: Constraints = Constraints(), at: datetime = NOON) -> LastLook:  # noqa: B008  # frozen
    return LastLook(limits, {}, at, 80.0)


def test_what_breaks_a_limit_is_shown_in_no_way() -> None:
    found = Found(available=(THING,), closed=(THING,), far=(THING,), sold_out=(CAKE,))
    left = look(constraints_in("a cake, no nuts")).at(found)
    assert (left.available, left.closed, left.far, left.sold_out) == ((), (), (), ())
    assert look().at(found) == found


def test_store_that_closes_on_the_way_is_not_shown_as_open() -> None:
    late = NOON.replace(hour=17, minute=57)
    assert look(at=late).at(Found(available=(THING,))).available == ()
    told = replace(THING, opens_at=late + timedelta(hours=16))
    assert look(at=late).at(Found(available=(told,))).available == (told,)


def test_coupon_that_ends_on_the_way_is_left_away() -> None:
    coupon = Coupon("END", "End", 10, NOON - timedelta(days=1), NOON + timedelta(minutes=3))
    (shown,) = look().at(Found(available=(replace(THING, coupon=coupon),))).available
    assert shown.coupon is None
    (near,) = (
        look().at(Found(available=(replace(THING, coupon=coupon, distance_m=8.0),))).available
    )
    assert near.coupon is coupon


def test_what_any_part_of_a_message_denies_holds_for_all_of_it() -> None:
    part, whole = Constraints(), constraints_in("cake and tea, no nuts, no milk")
    limits = held_to(part, whole)
    assert limits.allergens == {"nuts", "peanuts", "milk"}


def test_what_never_helps_a_need_may_be_asked_for() -> None:
    limits = held_to(Constraints(excluded=frozenset({"hot"})), Constraints())
    assert limits.excluded == frozenset()
