"""Journeys drive whole conversations over HTTP: real server, real bot process, real database, toy models."""

import json
from collections.abc import AsyncIterator, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.clock import machine_now
from scripts.demo.load import load_sample_shop
from scripts.demo.town_map import town_map
from scripts.emulator import running_server
from storage.crypto import Cipher
from storage.database import Database
from tests.journeys.stage import Nursery, Stage

# A Wednesday morning: the shops are open.
DAY, HOUR = date(2026, 11, 18), 10


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    nursery = Nursery()
    yield nursery
    nursery.close()


@pytest.fixture
async def stage(
    nursery: Nursery, migrated_url: str, data_key: str, tmp_path: Path
) -> AsyncIterator[Stage]:
    """A town with its shop, on SQLite and on PostgreSQL; no bot yet."""
    town = town_map()
    database = await Database.open(migrated_url, cipher=Cipher([data_key]))
    await load_sample_shop(database, today=DAY)
    morning = datetime(DAY.year, DAY.month, DAY.day, HOUR, tzinfo=ZoneInfo(str(town["time_zone"])))
    offset_s = (morning - machine_now()) / timedelta(seconds=1)
    (tmp_path / "clock.json").write_text(json.dumps({"offset_s": offset_s}), encoding="utf-8")
    async with (
        running_server(tmp_path / "world", town=town) as server,
        aiohttp.ClientSession() as http,
    ):
        stage = Stage(nursery, server, http, tmp_path, database, migrated_url, data_key)
        yield stage
        for bot in stage.bots:
            await bot.kill()
    await database.close()


@pytest.fixture
def centre() -> tuple[float, float]:
    """The middle of the town, latitude and longitude in degrees."""
    town = town_map()
    return float(str(town["latitude"])), float(str(town["longitude"]))
