from pathlib import Path

import aiohttp

from bot.clock import machine_now
from bot.first_owner import owner_line
from bot.opening import read_keys
from bot.settings import Settings, load_settings
from scripts.emulator import running_server
from scripts.owner_phone import OWNER_ID, new_owner_code, offer_owner_phone
from storage.crypto import Cipher
from storage.database import Database
from storage.records import Person, Role
from tests.builders import shopper


async def laid_out(folder: Path) -> tuple[Settings, Database]:
    settings = load_settings(folder, {"CONCIERGE_DATA_KEY": Cipher.new_key()})
    settings.storage.data_folder.mkdir(parents=True)
    database = await Database.open(settings.database_url, cipher=Cipher(read_keys(settings)))
    await database.migrate()
    return settings, database


async def test_offered_start_button_carries_the_link_the_bot_was_told(tmp_path: Path) -> None:
    settings, database = await laid_out(tmp_path)
    code = await new_owner_code(settings)
    assert await owner_line(database, machine_now(), chosen_code=code) is None
    async with running_server(tmp_path / "world") as server, aiohttp.ClientSession() as http:
        address = await offer_owner_phone(http, server.url, code)
        async with http.get(f"{server.url}/people") as response:
            (olivia,) = (await response.json())["people"]
    assert olivia["start"] == f"owner_{code}"
    assert address == f"{server.url}/?add={OWNER_ID}&start=owner_{code}"
    async with database.work() as work:
        taken = await work.people.take(code, machine_now())
    assert taken == (Role.OWNER, None)
    await database.close()


async def test_shop_with_an_owner_gets_no_link(tmp_path: Path) -> None:
    settings, database = await laid_out(tmp_path)
    async with database.work() as work:
        await work.shoppers.add_many([shopper(OWNER_ID)])
        await work.people.grant(Person(OWNER_ID, Role.OWNER, None, machine_now()))
        await work.commit()
    await database.close()
    code = await new_owner_code(settings)
    assert code == ""
    async with running_server(tmp_path / "world") as server, aiohttp.ClientSession() as http:
        assert await offer_owner_phone(http, server.url, code) == f"{server.url}/?add={OWNER_ID}"
