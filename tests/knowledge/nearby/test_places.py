from datetime import UTC, datetime, timedelta

from knowledge.nearby.places import KEPT_FOR, Fix, Places

NOW = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)


def fix(minutes_ago: float = 0, latitude: float = 44.0712) -> Fix:
    return Fix(latitude, -69.1136, 10.0, NOW - timedelta(minutes=minutes_ago))


def test_place_of_an_update_is_held_until_it_is_let_go() -> None:
    places = Places()
    places.hold(5, fix())
    assert (places.held(5), places.held(5), places.held(6)) == (fix(), fix(), None)
    places.let_go(5)
    places.let_go(6)
    assert places.held(5) is None


def test_newest_place_wins_in_whatever_order_they_come() -> None:
    places = Places()
    places.keep(7, fix(1, latitude=1.0))
    places.keep(7, fix(3, latitude=2.0))
    kept = places.latest(7, NOW)
    assert kept is not None
    assert kept.latitude == 1.0


def test_place_is_known_for_a_quarter_of_an_hour() -> None:
    places = Places()
    places.keep(7, fix())
    assert places.latest(7, NOW + KEPT_FOR) is not None
    assert places.latest(7, NOW + KEPT_FOR + timedelta(seconds=1)) is None


def test_place_of_one_shopper_is_not_anothers() -> None:
    places = Places()
    places.keep(7, fix())
    assert places.latest(8, NOW) is None


def test_forgotten_place_is_gone() -> None:
    places = Places()
    places.keep(7, fix())
    places.forget(7)
    places.forget(8)
    assert places.latest(7, NOW) is None


def test_sweep_drops_what_is_old_from_memory() -> None:
    places = Places()
    places.hold(1, fix(16))
    places.hold(2, fix(1))
    places.keep(7, fix(16))
    places.keep(8, fix(1))
    list(places.sweep(NOW, step=1))
    assert (places.held(1), places.held(2) is not None) == (None, True)
    # Looked at from the past, what was swept does not come back.
    assert places.latest(7, NOW - timedelta(minutes=10)) is None
    assert places.latest(8, NOW) is not None


def test_coordinates_do_not_show_when_printed() -> None:
    assert "44" not in repr(fix())
    assert "69" not in str(fix())
    assert "44.07" not in f"{[fix()]}"
