"""Looking behind replies: for owner and admins alone, who turned it on."""

from typing import Any

import pytest

from handlers.admin import texts
from storage.records import Person, Role
from tests.english import english
from tests.handlers.conftest import Counter, Phone, Sent


async def grant(counter: Counter, by: Phone, role: Role) -> None:
    await by.says("/start")
    async with counter.database.work() as work:
        await work.people.grant(Person(by.shopper_id, role, None, counter.clock()))
        await work.commit()


def block(reply: Sent) -> str:
    """Give what stands in the block under a reply, "" without one."""
    quotes = [
        e for e in reply.arguments.get("entities", []) if e["type"] == "expandable_blockquote"
    ]
    return "".join(cut(reply.text, each) for each in quotes)


def cut(text: str, entity: dict[str, Any]) -> str:
    encoded = text.encode("utf-16-le")
    start = 2 * entity["offset"]
    return encoded[start : start + 2 * entity["length"]].decode("utf-16-le")


@pytest.fixture
async def admin(counter: Counter, mia: Phone) -> Phone:
    await grant(counter, mia, Role.ADMIN)
    await mia.shares()
    await mia.says("/debug on")
    return mia


async def test_it_is_off_until_it_is_turned_on_and_off_again(counter: Counter, mia: Phone) -> None:
    await grant(counter, mia, Role.OWNER)
    await mia.shares()
    assert block(await mia.says("I'm cold")) == ""
    assert (await mia.says("/debug on")).text == english(texts.DEBUG_ON)
    assert block(await mia.says("I'm cold"))
    assert (await mia.says("/debug off")).text == english(texts.DEBUG_OFF)
    assert block(await mia.says("I'm cold")) == ""


async def test_block_tells_how_the_reply_came_about(admin: Phone) -> None:
    reply = await admin.says("I'm cold, under $5")
    told = block(reply)
    assert "intent: need cold" in told
    assert "max_price_cents=500" in told
    for factor in ("fit", "distance", "coupon", "habit", "preference", "cos "):
        assert factor in told
    assert reply.text.endswith(told)
    assert reply.buttons["Book it"]


async def test_block_is_in_typewriter_letters(admin: Phone) -> None:
    reply = await admin.says("I'm cold")
    kinds = {entity["type"] for entity in reply.arguments["entities"]}
    assert kinds == {"bold", "expandable_blockquote", "code"}
    (code,) = [e for e in reply.arguments["entities"] if e["type"] == "code"]
    assert cut(reply.text, code) == block(reply)


async def test_block_quotes_the_policy_it_goes_by(admin: Phone) -> None:
    told = block(await admin.says("do you deliver"))
    assert "quote: " in told
    assert 1 <= told.count("snippet: ") <= 3


async def test_block_holds_no_personal_data(admin: Phone) -> None:
    reply = await admin.says("I'm cold, call Mia on +1 202 555 0143 or mia@example.com")
    told = block(reply)
    assert "<PHONE_1>" in told
    for secret in ("Mia", "0143", "202", "example.com"):
        assert secret not in told


async def test_follow_up_shows_the_whole_wish(admin: Phone) -> None:
    await admin.says("hot chocolate")
    told = block(await admin.says("under $4"))
    assert "step: limit" in told
    assert "meant: hot chocolate / + under $4" in told


async def test_message_and_block_fit_into_one(admin: Phone) -> None:
    reply = await admin.says("I'm cold " + "and want soup " * 280)
    assert len(reply.text.encode("utf-16-le")) // 2 <= 4096
    assert "Book it" in reply.buttons or reply.text


async def test_who_is_removed_sees_nothing_any_more(counter: Counter, admin: Phone) -> None:
    async with counter.database.work() as work:
        await work.people.revoke(admin.shopper_id)
        await work.commit()
    assert block(await admin.says("I'm cold")) == ""


async def test_staff_see_nothing(counter: Counter, ben: Phone) -> None:
    await grant(counter, ben, Role.STAFF)
    async with counter.database.work() as work:
        await work.people.show_debug(ben.shopper_id, is_shown=True)
        await work.commit()
    await ben.shares()
    assert block(await ben.says("I'm cold")) == ""


async def test_other_words_than_on_and_off_change_nothing(admin: Phone) -> None:
    reply = await admin.says("/debug loud")
    assert reply.text == english(texts.DEBUG_HOW_ON, given="loud")
    assert block(await admin.says("I'm cold"))
