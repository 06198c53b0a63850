import asyncio
import json
from pathlib import Path

import aiohttp
from blockbuster import BlockBuster

from bot.app import build
from bot.clock import machine_now
from bot.settings import load_settings
from scripts.demo.load import load_sample_shop
from scripts.emulator import RunningServer
from scripts.local_bot import bot_environment
from scripts.phone import Phone, labels_of, text_of
from storage.crypto import Cipher
from storage.database import Database

BY_THE_CLOCK = {
    "outbox tick",
    "live shares",  # dwelling
    "live shares that end",
    "coupons that end",
    "weekly digest",
    "retention",
    "catalogue",  # and with it the search index
    "backup",
}
TOWN = (44.0712, -69.1136)


async def test_a_conversation_never_blocks_the_event_loop(
    telegram: RunningServer,
    http: aiohttp.ClientSession,
    tmp_path: Path,
    blockbuster: BlockBuster,
) -> None:
    """Runs the whole app in this loop, under the guard; once, because routers can be attached once."""
    for name in ("os.stat", "io.BufferedReader.read"):
        # A language's customs are read from a small file, the first time they are needed.
        blockbuster.functions[name].can_block_in("babel/localedata.py", ("exists", "load"))
    key = Cipher.new_key()
    clock_file = tmp_path / "clock.json"
    clock_file.write_text(json.dumps({"offset_s": 0.0}), encoding="utf-8")
    environment = bot_environment(
        api_url=telegram.url,
        token=telegram.token,
        data_folder=tmp_path / "data",
        clock_file=clock_file,
    )
    environment |= {
        "CONCIERGE_DATA_KEY": key,
        "CONCIERGE_SEARCH__BACKEND": "toy",
        "CONCIERGE_MODEL__KIND": "scripted",
    }
    settings = load_settings(tmp_path, environment)
    database = await Database.open(settings.database_url, cipher=Cipher([key]))
    await database.migrate()
    await load_sample_shop(database, today=machine_now().date())
    await database.close()
    app, stop = await build(settings), asyncio.Event()
    assert set(app.schedule.names) >= BY_THE_CLOCK
    running = asyncio.create_task(app.run(stop))
    phone = Phone(http, telegram.url, 101)
    await phone.write("/start")
    assert "Mia" in text_of((await phone.hear())[0])
    await phone.share_place(*TOWN)
    await phone.hear()
    await phone.write("I'm cold")
    (answer,) = await phone.hear()
    assert labels_of(answer)
    assert app.health.troubles == {}
    stop.set()
    async with asyncio.timeout(60):
        await running
