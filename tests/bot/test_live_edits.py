import json
import random
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.coordinates import own_fix
from bot.live_edits import ended_share, read_live_edit
from knowledge.nearby.shares import FOR_EVER_S

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
NOW_S = int(NOW.timestamp())
PLACE = {"latitude": 44.07, "longitude": -69, "live_period": 900, "horizontal_accuracy": 8.5}


def moved(place: dict[str, Any] = PLACE, **changes: Any) -> dict[str, Any]:
    person = {"id": 7, "is_bot": False, "first_name": "Mia", "language_code": "es"}
    message = {
        "message_id": 12,
        "from": person,
        "chat": {"id": 7, "type": "private", "first_name": "Mia"},
        "date": NOW_S - 60,
        "edit_date": NOW_S - 2,
        "location": place,
    }
    message = {key: value for key, value in (message | changes).items() if value is not None}
    return {"update_id": 1, "edited_message": message}


def raw(update: object) -> bytes:
    return json.dumps(update).encode()


def test_step_of_a_live_location_is_read_in_full() -> None:
    edit = read_live_edit(raw(moved()), NOW)
    assert edit is not None
    assert (edit.shopper_id, edit.notice.message_id) == (7, 12)
    assert edit.notice.ends_at == NOW + timedelta(seconds=840)
    fix = edit.fix
    assert (fix.latitude, fix.longitude, fix.accuracy_m, fix.is_live) == (44.07, -69.0, 8.5, True)
    assert fix.seen_at == NOW - timedelta(seconds=2)


def test_share_without_an_end_has_none() -> None:
    edit = read_live_edit(raw(moved(PLACE | {"live_period": FOR_EVER_S})), NOW)
    assert edit is not None
    assert not edit.notice.has_end


GROUP = {"id": -7, "type": "group"}
ELSE: dict[str, object] = {
    "first message of a share": {"update_id": 1, "message": moved()["edited_message"]},
    "stop": moved({"latitude": 1.0, "longitude": 2.0}),
    "edited text": moved({}, text="hello", location=None),
    "forwarded": moved(forward_origin={"type": "user"}),
    "forwarded long ago": moved(forward_date=NOW_S),
    "forwarded from somebody hidden": moved(forward_sender_name="Eve"),
    "venue": moved(venue={"title": "Café"}),
    "through another bot": moved(via_bot={"id": 1, "is_bot": True, "first_name": "B"}),
    "group": moved(chat=GROUP),
    "somebody else's": moved(chat={"id": 8, "type": "private"}),
    "a bot's": moved(**{"from": {"id": 7, "is_bot": True, "first_name": "B"}}),
    "nobody's": moved(**{"from": None}),
    "never edited": moved(edit_date=None),
    "beyond the pole": moved(PLACE | {"latitude": 90.1}),
    "beyond the date line": moved(PLACE | {"longitude": -180.1}),
    "place in words": moved(PLACE | {"latitude": "44.07"}),
    "place that is a yes": moved(PLACE | {"longitude": True}),
    "accuracy in words": moved(PLACE | {"horizontal_accuracy": "good"}),
    "without a length": moved(PLACE | {"live_period": 0}),
    "end of the world": moved(date=10**15),
    "no update": [1],
    "no number": {"edited_message": moved()["edited_message"]},
}


@pytest.mark.parametrize("what", ELSE)
def test_everything_else_is_left_to_others(what: str) -> None:
    assert read_live_edit(raw(ELSE[what]), NOW) is None


@pytest.mark.parametrize("garbled", [b"", b"{", b"\xff", b"[" * 100_000])
def test_what_is_garbled_is_left_to_others(garbled: bytes) -> None:
    assert read_live_edit(garbled, NOW) is None


@pytest.mark.parametrize(("told_m", "expected"), [(1500, 1500), (1501, None), (-1, None)])
def test_accuracy_that_cannot_be_is_none(told_m: float, expected: float | None) -> None:
    edit = read_live_edit(raw(moved(PLACE | {"horizontal_accuracy": told_m})), NOW)
    assert edit is not None
    assert edit.fix.accuracy_m == expected


def test_time_in_the_future_counts_as_now() -> None:
    edit = read_live_edit(raw(moved(edit_date=NOW_S + 3600)), NOW)
    assert edit is not None
    assert edit.fix.seen_at == NOW


def test_both_ways_read_the_same_place() -> None:
    chance = random.Random(7)  # noqa: S311  # seeded places, no secret
    for _ in range(200):
        place = PLACE | {
            "latitude": chance.choice([-90, 90, chance.uniform(-90, 90)]),
            "longitude": chance.choice([-180, 180, chance.uniform(-180, 180)]),
            "horizontal_accuracy": chance.choice([0, 8, chance.uniform(0, 1500)]),
            "heading": chance.randint(1, 360),
        }
        update = moved(place, edit_date=NOW_S - chance.randint(-5, 100))
        edit = read_live_edit(raw(update), NOW)
        assert edit is not None
        assert edit.fix == own_fix(update, NOW)


def test_nothing_shown_of_it_tells_where_it_is() -> None:
    assert "44.07" not in repr(read_live_edit(raw(moved()), NOW))


@pytest.mark.parametrize(
    ("update", "expected"),
    [
        (moved({"latitude": 1.0, "longitude": 2.0}), (7, 12)),
        (moved(), None),
        (moved(chat=None, place={}), None),
        (moved(location="here"), None),
        ({"update_id": 1, "edited_message": "?"}, None),
        ("?", None),
    ],
)
def test_end_of_a_share_is_told_by_the_missing_length(
    update: object, expected: tuple[int, int] | None
) -> None:
    assert ended_share(update) == expected
