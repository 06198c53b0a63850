import json
from datetime import date, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.clock import machine_now
from bot.errors import PortError
from scripts.lay_out import town_zone
from scripts.local_telegram import Place, local_telegram, offset_s_to, set_clock


async def test_port_in_use_is_named_with_another_to_take(tmp_path: Path) -> None:
    async with local_telegram(Place(tmp_path / "one"), 0) as server:
        with pytest.raises(PortError, match=rf"{server.port} is in use.*--port {server.port + 1}"):
            async with local_telegram(Place(tmp_path / "two"), server.port):
                pass


async def test_world_in_use_is_named(tmp_path: Path) -> None:
    async with local_telegram(Place(tmp_path), 0):
        with pytest.raises(PortError, match="runs already"):
            async with local_telegram(Place(tmp_path), 0):
                pass


@pytest.mark.parametrize(
    ("local_hour", "is_moved"), [(8, True), (9, False), (17, False), (18, True), (23, True)]
)
async def test_shop_opens_at_night_too(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], local_hour: int, is_moved: bool
) -> None:
    now = datetime(2026, 11, 18, local_hour, 5, tzinfo=town_zone())
    place = Place(tmp_path)
    async with local_telegram(place, 0) as server, aiohttp.ClientSession() as http:
        await set_clock(http, server, now)
    offset_s = json.loads(place.clock_file.read_text("utf-8"))["offset_s"]
    assert (offset_s != 0) is is_moved
    assert ("most shops are closed" in capsys.readouterr().out) is is_moved


def test_offset_leads_to_the_morning_of_the_day() -> None:
    shop_time = machine_now() + timedelta(seconds=offset_s_to(date(2026, 11, 18)))
    morning = datetime(2026, 11, 18, 10, 30, tzinfo=town_zone())
    assert abs(shop_time - morning) < timedelta(seconds=5)
