from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.fence import Crossing, FenceRules
from knowledge.nearby.places import KEPT_FOR, Fix
from knowledge.nearby.shares import FOR_EVER_S, Notice, Share, Shares
from knowledge.nearby.watching import look
from storage.records import Store
from tests.builders import store

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
RULES = FenceRules()
M = 1 / 111_200  # degrees of latitude


def share() -> Share:
    return Share(7, Notice(1, NOON + timedelta(hours=1)))


def crossings(where: Store, *fixes: tuple[float, float]) -> list[Crossing]:
    """Share places (latitude, longitude), ten seconds apart, and give what happened at the store."""
    followed, found = share(), list[Crossing]()
    for number, (latitude, longitude) in enumerate(fixes):
        at = NOON + timedelta(seconds=10 * number)
        seen = look(
            followed, Fix(latitude, longitude, 10, at, True), StoreIndex([where]), at, RULES
        )
        if seen is not None:
            followed.recent, followed.fences = seen.recent, seen.fences
            found += [change.crossing for change in seen.changes]
    return found


@pytest.mark.parametrize(
    ("door", "place"),
    [
        ((52.5, 13.4), (52.5 + 60 * M, 13.4)),
        ((0.0, 180.0), (0.0, -180.0 + 60 * M)),
        ((-16.5, -179.9999), (-16.5, 179.9999)),
        ((89.9999, 0.0), (89.9999, 180.0)),
        ((-90.0, 0.0), (-90.0 + 60 * M, 77.0)),
    ],
    ids=["in town", "date line", "other side of it", "over the pole", "at the other pole"],
)
def test_close_is_close_wherever_on_earth(
    door: tuple[float, float], place: tuple[float, float]
) -> None:
    where = store(latitude=door[0], longitude=door[1])
    assert crossings(where, *[place] * 3) == [Crossing.ENTERED]


def test_pharmacy_has_no_fence() -> None:
    where = store(category="Pharmacy")
    assert crossings(where, *[(where.latitude, where.longitude)] * 4) == []


def test_store_left_behind_is_measured_until_it_is_left() -> None:
    where = store(radius_m=50)
    places = [
        (where.latitude + north_m * M, where.longitude) for north_m in (0, 10, 20, *[300] * 7)
    ]
    assert crossings(where, *places) == [Crossing.ENTERED, Crossing.LEFT]


def test_stores_may_be_replaced_while_a_share_goes_on() -> None:
    cafe, kiosk = store("cafe"), store("kiosk")
    stores_in_turn = [[cafe]] * 3 + [[kiosk]] + [[kiosk, cafe]] * 2 + [[cafe, kiosk]]
    followed, found = share(), list[tuple[str, Crossing]]()
    for number, stores in enumerate(stores_in_turn):
        at = NOON + timedelta(seconds=10 * number)
        fix = Fix(cafe.latitude, cafe.longitude, 10, at, True)
        seen = look(followed, fix, StoreIndex(stores), at, RULES)
        assert seen is not None
        followed.recent, followed.fences = seen.recent, seen.fences
        found += [(change.store.id, change.crossing) for change in seen.changes]
    assert found == [
        ("cafe", Crossing.ENTERED),
        ("kiosk", Crossing.ENTERED),
        ("cafe", Crossing.ENTERED),
    ]


def test_jump_counts_for_nothing_and_neither_does_what_it_came_from() -> None:
    where = store()
    here, far = (where.latitude, where.longitude), (where.latitude + 0.1, where.longitude)
    assert crossings(where, here, here, far, *[here] * 4) == [Crossing.ENTERED]


def test_share_of_an_older_message_does_not_count() -> None:
    shares = Shares()
    assert shares.open(7, Notice(5, NOON)) is not None
    assert shares.open(7, Notice(4, NOON)) is None
    newer = shares.open(7, Notice(6, NOON))
    assert newer is shares.get(7)


def test_share_is_live_until_it_runs_out() -> None:
    shares = Shares()
    shares.open(7, Notice.of(1, NOON, 900))
    shares.open(8, Notice.of(1, NOON, FOR_EVER_S))
    assert (shares.is_live(7, NOON), shares.is_live(9, NOON)) == (True, False)
    later = NOON + timedelta(seconds=900)
    assert (shares.is_live(7, later), shares.is_live(8, later)) == (False, True)


def test_sweep_forgets_places_and_keeps_the_share() -> None:
    shares = Shares()
    followed = shares.open(7, Notice.of(1, NOON, FOR_EVER_S))
    assert followed is not None
    old = Fix(1.0, 2.0, None, NOON)
    followed.recent, followed.waiting = (old, replace(old, seen_at=NOON + KEPT_FOR)), old
    list(shares.sweep(NOON + timedelta(seconds=1), step=1))
    assert (len(followed.recent), followed.waiting) == (1, None)
    assert shares.get(7) is followed


def test_nothing_shown_of_a_share_tells_where_it_is() -> None:
    followed = share()
    followed.recent = (Fix(44.0712, -69.1136, 10, NOON),)
    assert "44.07" not in repr(followed)
    assert "69.11" not in repr(followed)
