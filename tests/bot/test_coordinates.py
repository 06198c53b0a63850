import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.coordinates import strip_coordinates

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
HERE = {"latitude": 40.7128, "longitude": -74.006}
DATE = int(NOW.timestamp()) - 30


def message(**parts: Any) -> dict[str, Any]:
    base = {"message_id": 5, "date": DATE, "chat": {"id": 7, "type": "private"}, "from": {"id": 7}}
    return {"update_id": 1, "message": base | parts}


def holds_a_place(value: Any) -> bool:
    return "40.7" in json.dumps(value) or "74.0" in json.dumps(value)


@pytest.mark.parametrize(
    "update",
    [
        message(location=HERE),
        message(location=HERE | {"horizontal_accuracy": 20, "heading": 90, "live_period": 60}),
        message(
            venue={"location": HERE, "title": "Café", "address": "Main Street 1"}, location=HERE
        ),
        message(text="here?", reply_to_message={"message_id": 1, "location": HERE}),
        message(text="x", external_reply={"venue": {"location": HERE}}),
        message(text="x", quote={"deep": [{"deeper": [{"location": HERE}]}]}),
        message(forward_origin={"type": "user"}, location=HERE),
        {"update_id": 1, "edited_message": {"chat": {"id": 7}, "location": HERE}},
        {"update_id": 1, "channel_post": {"chat": {"id": -7}, "location": HERE}},
        {"update_id": 1, "callback_query": {"message": {"chat": {"id": 7}, "location": HERE}}},
        {"update_id": 1, "inline_query": {"from": {"id": 7}, "location": HERE}},
        {"update_id": 1, "message": {"chat": {"id": -7, "location": {"location": HERE}}}},
        {"update_id": 1, "something_new": [{"latitude": 40.7128}]},
    ],
)
def test_no_coordinate_stays(update: dict[str, Any]) -> None:
    stripped = strip_coordinates(update, NOW)
    assert holds_a_place(update)
    assert not holds_a_place(stripped.update)


def test_location_still_parses_and_says_that_it_was_live() -> None:
    told = HERE | {"horizontal_accuracy": 20, "heading": 9, "proximity_alert_radius": 50}
    stripped = strip_coordinates(message(location=told | {"live_period": 900}), NOW)
    kept = stripped.update["message"]["location"]
    assert kept == {"latitude": 0, "longitude": 0, "live_period": 900}


def test_how_far_two_people_are_apart_goes_too() -> None:
    alert = {"traveler": {"id": 7}, "watcher": {"id": 8}, "distance": 431}
    stripped = strip_coordinates(message(proximity_alert_triggered=alert), NOW)
    assert stripped.update["message"]["proximity_alert_triggered"]["distance"] == 0


def test_everything_else_is_left_as_it_was() -> None:
    update = message(text="I'm cold", entities=[{"type": "bold", "offset": 0, "length": 3}])
    assert strip_coordinates(update, NOW).update == update
    assert strip_coordinates(update, NOW).fix is None


def test_own_place_is_given_back() -> None:
    fix = strip_coordinates(message(location=HERE | {"horizontal_accuracy": 12.5}), NOW).fix
    assert fix is not None
    assert (fix.latitude, fix.longitude, fix.accuracy_m) == (40.7128, -74.006, 12.5)
    assert fix.seen_at == datetime.fromtimestamp(DATE, UTC)
    assert not fix.is_live


def test_move_of_a_live_place_has_the_time_of_the_edit() -> None:
    moved = message(location=HERE | {"live_period": 900}, edit_date=DATE + 20)
    update = {"update_id": 1, "edited_message": moved["message"]}
    fix = strip_coordinates(update, NOW).fix
    assert fix is not None
    assert fix.is_live
    assert fix.seen_at == datetime.fromtimestamp(DATE + 20, UTC)


def test_time_in_the_future_counts_as_now() -> None:
    fix = strip_coordinates(message(location=HERE, date=DATE + 9999), NOW).fix
    assert fix is not None
    assert fix.seen_at == NOW


@pytest.mark.parametrize(
    "parts",
    [
        {"location": HERE, "forward_origin": {"type": "user"}},
        {"location": HERE, "forward_date": DATE},
        {"location": HERE, "venue": {"location": HERE, "title": "Café", "address": "x"}},
        {"location": HERE, "via_bot": {"id": 9}},
        {"location": HERE, "chat": {"id": -5, "type": "group"}},
        {"location": {"latitude": 91, "longitude": 0}},
        {"location": {"latitude": float("nan"), "longitude": 0}},
        {"location": {"latitude": "40.7", "longitude": -74}},
        {"location": {"latitude": True, "longitude": False}},
        {"location": "here"},
        {"text": "no place", "reply_to_message": {"location": HERE}},
    ],
)
def test_what_is_not_the_senders_own_place_is_given_to_nobody(parts: dict[str, Any]) -> None:
    assert strip_coordinates(message(**parts), NOW).fix is None
