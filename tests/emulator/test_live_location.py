from pathlib import Path

import aiohttp
import pytest

from scripts.emulator import running_server
from tests.emulator.caller import Caller, SettableTime


async def test_a_share_is_a_message_then_edits_then_an_edit_without_period(
    telegram: Caller,
) -> None:
    started = await telegram.phone(
        "7/live/start",
        latitude=1,
        longitude=2,
        live_period=600,
        horizontal_accuracy=20,
        heading=90,
    )
    telegram.time.seconds += 5
    moved = await telegram.phone("7/live/move", latitude=1.5, longitude=2, horizontal_accuracy=10)
    stopped = await telegram.phone("7/live/stop")
    assert started == moved == stopped
    first, second, third = await telegram.updates()
    assert first["message"]["location"] == {
        "latitude": 1.0,
        "longitude": 2.0,
        "horizontal_accuracy": 20.0,
        "heading": 90,
        "live_period": 600,
    }
    assert "edit_date" not in first["message"]
    assert second["edited_message"]["location"]["live_period"] == 600
    assert second["edited_message"]["edit_date"] == first["message"]["date"] + 5
    assert third["edited_message"]["location"] == {
        "latitude": 1.5,
        "longitude": 2.0,
        "horizontal_accuracy": 10.0,
    }
    assert third["edited_message"]["message_id"] == first["message"]["message_id"]


async def test_nothing_moves_after_the_share_has_ended(telegram: Caller) -> None:
    assert await telegram.mistake("7/live/stop") == "No live location is being shared."
    await telegram.phone("7/live/start", latitude=1, longitude=2, live_period=60)
    assert (await telegram.get("phone/7"))["live_message_id"] == 1
    await telegram.phone("7/live/stop")
    told = await telegram.mistake("7/live/move", latitude=1, longitude=2)
    assert told == "No live location is being shared."
    assert (await telegram.get("phone/7"))["live_message_id"] is None


async def test_a_new_share_ends_the_one_before(telegram: Caller) -> None:
    await telegram.phone("7/live/start", latitude=1, longitude=2, live_period=60)
    await telegram.phone("7/live/start", latitude=3, longitude=4, live_period=60)
    kinds = [
        next(key for key in update if key != "update_id") for update in await telegram.updates()
    ]
    assert kinds == ["message", "edited_message", "message"]


@pytest.mark.parametrize("silent", [False, True])
async def test_an_expiry_may_come_without_a_last_edit(telegram: Caller, *, silent: bool) -> None:
    await telegram.phone("7/live/start", latitude=1, longitude=2, live_period=60)
    await telegram.phone("7/live/expire", silent=silent)
    assert len(await telegram.updates()) == (1 if silent else 2)
    assert (await telegram.get("phone/7"))["live_message_id"] is None


async def test_a_share_runs_out_even_while_the_server_is_down(tmp_path: Path) -> None:
    time = SettableTime()
    async with aiohttp.ClientSession() as session:
        async with running_server(tmp_path, now=time) as server:
            before = Caller(server, session, time)
            await before.phone("7/live/start", latitude=1, longitude=2, live_period=60)
        time.seconds += 61
        async with running_server(tmp_path, now=time) as server:
            after = Caller(server, session, time)
            seen = (await after.get("phone/7/events?after=0&wait=5"))["events"]
            assert seen[0]["kind"] == "edited"
            assert "live_period" not in (await after.last_update())["edited_message"]["location"]


@pytest.mark.parametrize(
    "wish",
    [
        {"latitude": 91, "longitude": 0},
        {"latitude": 0, "longitude": 181},
        {"latitude": 0, "longitude": 0, "horizontal_accuracy": 1501},
        {"latitude": 0, "longitude": 0, "heading": 361},
        {"latitude": 0, "longitude": 0, "live_period": 59},
        {"latitude": 0, "longitude": 0, "live_period": 86_401},
        {"longitude": 0},
    ],
)
async def test_numbers_out_of_range_are_refused(telegram: Caller, wish: dict[str, float]) -> None:
    await telegram.mistake("7/live/start", **wish)
    assert await telegram.updates() == []


async def test_a_share_may_last_for_ever(telegram: Caller) -> None:
    await telegram.phone("7/live/start", latitude=1, longitude=2, live_period=0x7FFFFFFF)
    assert (await telegram.last_update())["message"]["location"]["live_period"] == 0x7FFFFFFF


async def test_a_location_button_sends_one_static_point(telegram: Caller) -> None:
    await telegram.say("hi")
    keyboard = {
        "keyboard": [[{"text": "Here", "request_location": True}]],
        "one_time_keyboard": True,
    }
    await telegram.result("sendMessage", chat_id=7, text="x", reply_markup=keyboard)
    await telegram.phone("7/location", latitude=1.25, longitude=2.5)
    message = (await telegram.last_update())["message"]
    assert message["location"] == {"latitude": 1.25, "longitude": 2.5}
    assert (await telegram.get("phone/7"))["reply_keyboard"] is None


async def test_the_bots_own_places(telegram: Caller) -> None:
    await telegram.say("hi")
    place = {"chat_id": 7, "latitude": 40.5, "longitude": -73.9}
    venue = await telegram.result("sendVenue", **place, title="Café", address="Main St 1")
    assert venue["venue"]["title"] == "Café"
    assert venue["location"] == {"latitude": 40.5, "longitude": -73.9}
    live = await telegram.result("sendLocation", **place, live_period=60)
    where = {"chat_id": 7, "message_id": live["message_id"]}
    moved = await telegram.result("editMessageLiveLocation", **where, latitude=41, longitude=-73.9)
    assert moved["location"]["latitude"] == 41
    stopped = await telegram.result("stopMessageLiveLocation", **where)
    assert "live_period" not in stopped["location"]
    told = await telegram.refusal("editMessageLiveLocation", **where, latitude=1, longitude=1)
    assert told == "400 Bad Request: message can't be edited"
    told = await telegram.refusal("sendLocation", **place, live_period=59)
    assert told == "400 Bad Request: invalid live_period specified"
