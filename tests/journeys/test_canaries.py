"""A shopper tells everything there is to tell, everywhere it can be told; nothing of it is in clear anywhere else."""

import asyncio
import base64
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import quote

import aiohttp
import pytest

from bot.clock import machine_now
from scripts.phone import Message, Phone, text_of
from storage.records import Person, Role
from tests.builders import shopper
from tests.journeys.canaries import (
    CANARIES,
    FIRST_NAME,
    LAST_NAME,
    PLANTED,
    USERNAME,
    forms,
    found_in,
    telling,
)
from tests.journeys.on_disk import files_below, written
from tests.journeys.overheard import ModelServer, model_server
from tests.journeys.stage import Stage

MIA, EVE, OWNER, GROUP = 701, 702, 709, -705
NAMES = {"first_name": FIRST_NAME, "last_name": LAST_NAME, "username": USERNAME}
SQUARE = b"GIF89a\x08\x00\x08\x00"  # as much of a picture as Telegram looks at
PROFILE = (FIRST_NAME, LAST_NAME, USERNAME)
WRITTEN = telling([*PROFILE, *(canary.value for canary in CANARIES)])
SECRETS = [*WRITTEN, *telling(PLANTED.values())]


@pytest.fixture
async def model(stage: Stage) -> AsyncIterator[ModelServer]:
    """A model server that the bots ask, with time enough on a busy machine, and an ear at their embedder."""
    async with model_server() as server:
        stage.heard = str(stage.folder / "heard.jsonl")
        stage.settings |= {
            "CONCIERGE_MODEL__KIND": "server",
            "CONCIERGE_MODEL__SERVER_URL": server.url,
            "CONCIERGE_MODEL__DEADLINE_S": "10",
            "CONCIERGE_MODEL__MISSES_BEFORE_SKIP": "100",
            "CONCIERGE_DELIVERY__PER_CHAT_PER_S": "20",
        }
        yield server


async def test_nothing_a_shopper_tells_is_in_clear_anywhere(
    stage: Stage, model: ModelServer, centre: tuple[float, float]
) -> None:
    mia = stage.phone(MIA, FIRST_NAME)
    async with stage.running():
        await tells_everything(stage, mia, centre)
        await plants_everywhere(stage, mia)
        eve = await asks_about(stage)
        await gets_a_copy(mia)
        while_running = await written(stage)
    contents = await written(stage)
    assert {"bot.log", "data/index/chroma.sqlite3"} <= {*while_running}
    assert "concierge.db-wal" in while_running or "sqlite" not in stage.database_url
    assert [found_in(each, SECRETS) for each in (while_running, contents)] == [[], []]
    assert found_in(await told_to(stage, eve), SECRETS) == []
    assert found_in(await copies_of(stage, mia), [FIRST_NAME]) != []
    await is_masked_for_the_machines(stage, model)
    # Telegram has it all: everything was told, and the search finds it.
    world = await asyncio.to_thread(files_below, stage.folder / "world")
    assert [secret for secret in SECRETS if not found_in(world, [secret])] == []


@pytest.mark.parametrize("moment", ["inbox committed", "effects committed"])
async def test_bot_that_dies_leaves_nothing_in_clear(stage: Stage, moment: str) -> None:
    mia = stage.phone(MIA, FIRST_NAME)
    await mia.act("text", {"text": CANARIES[0].text, **NAMES})
    await mia.act("contact", {"contact_first_name": PLANTED["contact name"]})
    stage.armed.touch()
    bot = await stage.bear(crash_at=moment)
    assert await bot.ended() < 0
    contents = await written(stage)
    waiting = contents["table inbox" if moment == "inbox committed" else "table outbox"]
    assert waiting != b""
    assert found_in(contents, SECRETS) == []


async def tells_everything(stage: Stage, mia: Phone, centre: tuple[float, float]) -> None:
    """Say who it is, share a place, and write every canary."""
    await mia.act("text", {"text": "/start", "language_code": "en", **NAMES})
    await mia.hear()
    await mia.share_place(*centre)
    await mia.hear()
    for canary in CANARIES:
        await mia.write(canary.text)
        await mia.hear()


async def plants_everywhere(stage: Stage, mia: Phone) -> None:
    """Put canaries where no sentence stands: names of files and places, links, buttons, other people's words."""
    own = PLANTED
    for command in (
        f"/start {own['deep link']}",
        f"/start s_{own['deep link']}",
        f"/start owner_{own['owner link']}",
        f"/{own['command']}",
        f"/coupon add {own['command']}",
    ):
        await mia.write(command)
        await mia.hear()
    await mia.act("contact", {"contact_first_name": own["contact name"], "phone_number": own["contact number"]})  # fmt: skip
    place = {"latitude": 1.5, "longitude": 2.5}
    await mia.act("venue", place | {"title": own["venue title"], "address": own["venue address"]})
    await mia.act("poll", {"question": own["poll"]})
    await mia.act("text", {"text": own["forwarded text"], "forwarded_from": own["forwarded from"]})
    await mia.hear(4)
    written = await mia.write("I'm hungry")
    await mia.hear()
    await mia.act("edit", {"message_id": written, "text": own["edited"]})
    await mia.hear()
    await uploads(stage, MIA, "photo", file("a.gif", SQUARE, own["caption"]))
    await uploads(stage, MIA, "document", file(own["file name"], b"%PDF", own["caption"]))
    await mia.hear(2)
    await taps_and_garbles(stage, mia)
    await says_in_a_group(stage)
    await loads_coupons(stage)


async def taps_and_garbles(stage: Stage, mia: Phone) -> None:
    """Tap a button that no bot of ours made, and send what no library can read."""
    updates = stage.server.emulator.updates
    message = next(m for m in reversed(await mia.history()) if m["from"]["is_bot"])
    user = {"id": MIA, "is_bot": False, **NAMES}
    updates.publish(
        "callback_query",
        {"id": "77", "from": user, "message": message, "chat_instance": "1", "data": PLANTED["callback data"]},
        chat_id=MIA,
    )  # fmt: skip
    garbled = {**message, "from": user, "text": {"said": PLANTED["unreadable"]}}
    garbled["message_id"] = PLANTED["unreadable"]
    updates.publish("message", garbled, chat_id=MIA)
    await mia.write("/help")
    while not any("Tell me what you need" in text_of(m) for m in await mia.hear()):
        pass


async def says_in_a_group(stage: Stage) -> None:
    url = f"{stage.server.url}/group/{GROUP}"
    for act, wish in (("bot", {"status": "member"}), ("text", {"text": PLANTED["group"]})):
        async with stage.http.post(
            f"{url}/{act}", json={"user_id": MIA, **NAMES, **wish}
        ) as response:
            assert response.status == 200, await response.text()


async def loads_coupons(stage: Stage) -> None:
    """Let the owner send a file of coupons that is not one."""
    async with stage.database.work() as work:
        await work.shoppers.add_many([shopper(OWNER, first_name="Olivia")])
        await work.people.grant(Person(OWNER, Role.OWNER, None, machine_now()))
        await work.commit()
    owner = stage.phone(OWNER, "Olivia")
    await owner.write("/help")  # Telegram knows nobody who never wrote
    await owner.hear()
    content = f"code,discount\n{PLANTED['coupon file']},150%\n".encode()
    await uploads(stage, OWNER, "document", file(PLANTED["coupon file name"], content))
    assert "Nothing was changed." in text_of((await owner.hear())[-1])


def file(name: str, content: bytes, caption: str = "") -> aiohttp.FormData:
    form = aiohttp.FormData()
    form.add_field("file", content, filename=name)
    form.add_field("caption", caption)
    return form


async def uploads(stage: Stage, user_id: int, kind: str, form: aiohttp.FormData) -> None:
    url = f"{stage.server.url}/phone/{user_id}/{kind}"
    async with stage.http.post(url, data=form) as response:
        assert response.status == 200, await response.text()


async def asks_about(stage: Stage) -> Phone:
    """Let another shopper ask for whatever the bot tells of somebody."""
    eve = stage.phone(EVE, "Eve")
    for question in ("/start", "I'm cold", "/privacy", "/history", "/orders", "/coupons"):
        await eve.write(question)
        await eve.hear()
    await gets_a_copy(eve)
    return eve


async def gets_a_copy(phone: Phone) -> None:
    """Wait for everything held about somebody: a page to read and a file for programs."""
    await phone.write("/export")
    assert all("document" in message for message in await phone.hear(2))


async def told_to(stage: Stage, phone: Phone) -> dict[str, bytes]:
    """Give all that a shopper sees: the chat, and the files in it."""
    chat = json.dumps(await phone.history()).encode()
    return {"chat": chat, **await copies_of(stage, phone)}


async def copies_of(stage: Stage, phone: Phone) -> dict[str, bytes]:
    """Give the files that the bot sent."""
    sent = [m for m in await phone.history() if m["from"]["is_bot"] and "document" in m]
    return {m["document"]["file_name"]: await downloaded(stage, m) for m in sent}


async def downloaded(stage: Stage, message: Message) -> bytes:
    """Give the bytes of a document in the chat, as Telegram keeps it."""
    api = f"{stage.server.url}/bot{stage.server.token}"
    file = {"file_id": message["document"]["file_id"]}
    async with stage.http.post(f"{api}/getFile", json=file) as response:
        path = (await response.json())["result"]["file_path"]
    async with stage.http.get(f"{stage.server.url}/file/bot{stage.server.token}/{path}") as response:  # fmt: skip
        assert response.status == 200
        return await response.read()


async def is_masked_for_the_machines(stage: Stage, model: ModelServer) -> None:
    """Look at what was embedded, prompted and kept as the conversation: the words are there, the values are not."""
    heard = await asyncio.to_thread(Path(stage.heard).read_bytes)
    async with stage.database.reading() as work:
        turns = await work.dialogues.latest(MIA, limit=1000)
    record = json.dumps([turn.text for turn in turns], ensure_ascii=False).encode()
    prompts = b"\n".join(model.prompts)
    asked = {"embedder": heard, "prompts": prompts, "record": record}
    assert found_in(asked, [*WRITTEN, "Theodosia Wynterbourne"]) == []
    assert len(model.prompts) >= len(CANARIES)
    for canary in CANARIES:
        begun, _, ended = canary.message.partition("{}")
        masked = re.escape(begun) + rf"<{canary.kind}_[0-9]+[A-Z]*>" + re.escape(ended)
        for place, content in asked.items():
            assert re.search(masked, content.decode()), (place, canary.message)


@pytest.mark.parametrize("value", [LAST_NAME, *(canary.value for canary in CANARIES)])
def test_search_finds_a_value_in_every_form(value: str) -> None:
    written = {
        "typed": f"to {value}!".encode(),
        "capitals": f"to {value.upper()}!".encode(),
        "utf-16": f"to {value}!".encode("utf-16"),
        "address": f"https://x/?q={quote(value)}&r".encode(),
        "json": json.dumps({"text": value}).encode(),
        "hex": f"to {value}!".encode().hex().encode(),
        **{f"base64 {n}": base64.b64encode(b"x" * n + value.encode() + b"yz") for n in range(4)},
        "base64 url": base64.urlsafe_b64encode(f"?? {value} ??".encode()),
    }
    assert {place.partition(":")[0] for place in found_in(written, [value])} == {*written}
    assert found_in({"other": b"nothing of it"}, [value]) == []
    assert all(form for form in forms(value).values())
