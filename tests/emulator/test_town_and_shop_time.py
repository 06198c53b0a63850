import datetime
import json
from pathlib import Path

import aiohttp

from scripts.emulator import running_server
from tests.emulator.caller import Caller, SettableTime

TOWN = {
    "name": "Elm Town",
    "latitude": 40.7,
    "longitude": -74.0,
    "people": [{"id": 11, "first_name": "Ana", "language_code": "es", "about": "likes tea"}],
}


async def test_the_shops_time_of_day_can_be_chosen(tmp_path: Path) -> None:
    time = SettableTime()
    offset_file = tmp_path / "clock.json"
    async with (
        running_server(
            tmp_path / "world", now=time, time_zone="America/New_York", clock_file=offset_file
        ) as server,
        aiohttp.ClientSession() as session,
    ):
        telegram = Caller(server, session, time)
        assert (await telegram.get("clock"))["real"] is True
        assert json.loads(offset_file.read_text()) == {"offset_s": 0.0}
        shown = await telegram.post("clock", time="21:30")
        moment = datetime.datetime.fromisoformat(shown["now"])
        assert (moment.hour, moment.minute) == (21, 30)
        assert shown["time_zone"] == "America/New_York"
        assert json.loads(offset_file.read_text()) == {"offset_s": shown["offset_s"]}
        time.seconds += 60
        assert "21:31" in (await telegram.get("clock"))["now"]
        await telegram.say("hi")
        assert (await telegram.last_update())["message"]["date"] == int(time.seconds)
        assert (await telegram.post("clock", real=True))["offset_s"] == 0.0
        async with session.post(f"{server.url}/clock", json={"time": "25:00"}) as response:
            assert response.status == 400


async def test_the_town_and_its_people(tmp_path: Path) -> None:
    async with (
        running_server(tmp_path, town=TOWN) as server,
        aiohttp.ClientSession() as session,
    ):
        telegram = Caller(server, session)
        assert await telegram.get("town") == {"latitude": 40.7, "longitude": -74.0}
        assert await telegram.get("town/map") == TOWN
        assert (await telegram.get("phone/11"))["user"]["first_name"] == "Ana"
        await telegram.say("hola", user_id=11)
        assert (await telegram.last_update())["message"]["from"]["language_code"] == "es"


async def test_the_bot_is_ready_once_it_listens(telegram: Caller) -> None:
    assert (await telegram.get("bot"))["ready"] is False
    await telegram.updates()
    assert await telegram.get("bot") == {
        "first_name": "Concierge",
        "username": "local_concierge_bot",
        "ready": True,
    }
    telegram.time.seconds += 61
    assert (await telegram.get("bot"))["ready"] is False


async def test_an_unknown_address_is_404_in_json(telegram: Caller) -> None:
    async with telegram.session.get(f"{telegram.server.url}/nowhere") as response:
        assert response.status == 404
        assert (await response.json())["error_code"] == 404
