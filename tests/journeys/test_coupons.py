"""The owner and a shopper over HTTP: a coupon made in one chat is quoted in the other, until it is paused."""

import asyncio
import re
from datetime import timedelta

import aiohttp
import pytest

from scripts.phone import Message, Phone, text_of
from tests.journeys.conftest import DAY
from tests.journeys.stage import Stage

OWNER, MIA = 9, 7
UNTIL = DAY + timedelta(days=30)


async def owner_link(stage: Stage) -> str:
    """Give what the link of the first start sends, as the bot printed it."""
    printed = await asyncio.to_thread(stage.log.read_text, encoding="utf-8")
    found = re.search(r"/start owner_\S+", printed)
    assert found is not None, printed
    return found[0]


async def upload(stage: Stage, by: Phone, name: str, content: bytes) -> None:
    """Send a document as the phone page does."""
    form = aiohttp.FormData()
    form.add_field("file", content, filename=name, content_type="text/csv")
    url = f"{stage.server.url}/phone/{by.user_id}/document"
    async with stage.http.post(url, data=form) as response:
        assert response.status == 200, await response.text()


async def answer(phone: Phone, text: str) -> str:
    await phone.write(text)
    return text_of((await phone.hear())[-1])


@pytest.fixture
async def owner(stage: Stage) -> Phone:
    """The phone of somebody who has opened the owner's link; a bot runs."""
    await stage.start()
    phone = stage.phone(OWNER, "Olivia")
    assert "You are the owner" in await answer(phone, await owner_link(stage))
    return phone


async def test_coupon_is_quoted_to_a_shopper_until_it_is_paused(
    stage: Stage, owner: Phone
) -> None:
    mia = stage.phone(MIA)
    added = await answer(owner, f"/coupon add SNUG80 80% all until {UNTIL} limit 200 stores all")
    assert added.startswith("Added.\nSNUG80, valid\n80 % off everything")
    assert "SNUG80" in await answer(mia, "do I have any coupons left?")
    assert (await answer(owner, "/coupon pause SNUG80")).startswith("SNUG80 is paused.")
    assert "SNUG80" not in await answer(mia, "do I have any coupons left?")


async def test_file_from_the_phone_is_loaded_whole_or_not_at_all(
    stage: Stage, owner: Phone
) -> None:
    await owner.write("/template coupons")
    (template,) = await owner.hear()
    content = await downloaded(stage, template)
    bad = content.replace(b"20%", b"120%")
    await upload(stage, owner, "coupons.csv", bad)
    told = text_of((await owner.hear())[-1])
    assert told.startswith('Row 3, field discount: "120%" is more than 100 %.')
    assert told.endswith("Nothing was changed.")
    async with stage.database.reading() as work:
        assert await work.coupons.get("EXAMPLE15") is None

    await upload(stage, owner, "coupons.csv", content)
    assert text_of((await owner.hear())[-1]) == "2 coupons: 2 new."
    await upload(stage, owner, "coupons.csv", content)
    assert text_of((await owner.hear())[-1]) == "2 coupons: 2 as they were."


async def downloaded(stage: Stage, message: Message) -> bytes:
    """Give the bytes of a document in the chat, as Telegram keeps it."""
    api = f"{stage.server.url}/bot{stage.server.token}"
    file = {"file_id": message["document"]["file_id"]}
    async with stage.http.post(f"{api}/getFile", json=file) as response:
        path = (await response.json())["result"]["file_path"]
    url = f"{stage.server.url}/file/bot{stage.server.token}/{path}"
    async with stage.http.get(url) as response:
        assert response.status == 200
        return await response.read()
