import json
from base64 import b64decode
from collections.abc import Mapping
from typing import Any

import pytest

from handlers import texts
from storage.records import Role
from tests.dumps import dump
from tests.english import english
from tests.handlers.conftest import Counter, Phone, Sent
from tests.handlers.test_coupon_commands import appoint

HEADER = "code,discount,for,stores,from,until,limit,each,title"
GOOD = "GOOD15,15%,hot-chocolate,all,,2026-12-31,200,1,"


@pytest.fixture
async def admin(counter: Counter, mia: Phone) -> Phone:
    return await appoint(counter, mia, Role.ADMIN)


async def send_file(
    by: Phone, content: str | bytes, name: str = "coupons.csv", **more: Any
) -> Sent:
    """Send a document; its size is told as Telegram tells it unless `more` says otherwise."""
    content = content.encode() if isinstance(content, str) else content
    by.counter.session.files["f1"] = content
    document = {"file_id": "f1", "file_unique_id": "f1", "file_name": name}
    document |= {"file_size": len(content), **more.pop("document", {})}
    return await by.sends(document=document, **more)


def rows(*lines: str) -> str:
    return "\n".join([HEADER, *lines]) + "\n"


async def audited(counter: Counter) -> list[tuple[str, str, str, Mapping[str, str]]]:
    async with counter.database.reading() as work:
        entries = await work.audit.latest(9)
    return [(e.actor, e.action, e.subject, e.details) for e in reversed(entries)]


async def test_file_is_loaded_whole_and_again_changes_nothing(
    counter: Counter, admin: Phone
) -> None:
    await admin.says("/coupon add OLD10 10% latte until 2026-12-31")
    await admin.says("/coupon add SAME10 10% latte until 2026-12-31")
    content = rows(
        GOOD,
        'GOOD20,20%,"latte, hot drinks",Downtown Café,2026-12-01,12/31/2026,none,3,20 % off winter',
        "old10,12%,,,,,,,",
        "SAME10,10%,latte,all,,31.12.2026,none,1,",
    )
    reply = await send_file(admin, content)
    assert reply.text == "4 coupons: 2 new, 1 changed, 1 as it was."
    assert "sendChatAction" in [call.__api_method__ for call in counter.session.calls]
    assert (await audited(counter))[2:] == [
        ("shopper:7", "coupon add", "GOOD15", {}),
        ("shopper:7", "coupon add", "GOOD20", {}),
        ("shopper:7", "coupon edit", "OLD10", {"fields": "title, discount_percent"}),
    ]
    before = await dump(counter.database)
    assert (await send_file(admin, content)).text == "4 coupons: 4 as they were."
    assert await dump(counter.database) == before


async def test_json_says_the_same_as_csv(counter: Counter, admin: Phone) -> None:
    await send_file(admin, rows(GOOD))
    before = await dump(counter.database)
    one = {"code": "GOOD15", "discount": 15, "for": ["Hot Chocolate"], "stores": "all"}
    one |= {"until": "2026-12-31", "limit": 200}
    reply = await send_file(admin, json.dumps([one]), "coupons.json")
    assert reply.text == "1 coupon: 1 as it was."
    assert await dump(counter.database) == before


async def test_one_bad_row_keeps_all_out_and_all_errors_are_told(
    counter: Counter, admin: Phone
) -> None:
    before = await dump(counter.database)
    bad = [f"BAD{n},150%,hot-chocolate,all,,2026-12-31,,," for n in range(12)]
    reply = await send_file(admin, rows(GOOD, *bad))
    lines = reply.text.splitlines()
    assert lines[0] == (
        'Row 3, field discount: "150%" is more than 100 %. '
        "Write a whole percentage from 1% to 100%, like 15%."
    )
    assert [line.split(",")[0] for line in lines[:10]] == [f"Row {n}" for n in range(3, 13)]
    assert lines[10] == "and 2 more"
    assert lines[11].startswith("/template coupons")
    assert lines[11].endswith("Nothing was changed.")
    assert await dump(counter.database) == before


@pytest.mark.parametrize("kind", ["csv", "json"])
async def test_template_loads_as_it_is(counter: Counter, admin: Phone, kind: str) -> None:
    sent = await admin.says("/template coupons" + (" json" if kind == "json" else ""))
    assert sent.methods == ["sendDocument"]
    assert len(sent.arguments["caption"].splitlines()) == 1
    file = sent.arguments["document"]
    assert file["filename"] == f"coupons.{kind}"
    reply = await send_file(admin, b64decode(file["base64"]), file["filename"])
    assert reply.text == "2 coupons: 2 new."
    async with counter.database.reading() as work:
        known = {each.code for each in await work.coupons.valid_at(counter.clock())}
    assert known.isdisjoint({"EXAMPLE15", "EXAMPLE20"}), "nobody is offered an example today"


@pytest.mark.parametrize("more", [{}, {"caption": "/coupon"}])
async def test_file_of_an_unknown_kind_is_told_what_it_may_be(
    admin: Phone, more: dict[str, str]
) -> None:
    reply = await send_file(admin, b"PK", "coupons.xlsx", **more)
    assert reply.text.startswith("Field file: its name must end in .csv or .json.")


async def test_files_of_other_people_are_answered_as_ever(
    counter: Counter, admin: Phone, ben: Phone
) -> None:
    await ben.says("/help")
    before = await dump(counter.database)
    assert (await send_file(ben, rows(GOOD))).text == english(texts.FILE)
    assert (await send_file(ben, rows(GOOD), caption="/coupon")).text == english(texts.FILE)
    assert await dump(counter.database) == before


async def test_file_larger_than_allowed_is_not_even_fetched(
    counter: Counter, admin: Phone
) -> None:
    reply = await send_file(admin, rows(GOOD), document={"file_size": 5_000_001})
    assert reply.text.startswith("Field file: it is larger than 5 MB.")
    assert "getFile" not in [call.__api_method__ for call in counter.session.calls]


async def test_file_that_lies_about_its_size_is_cut_off(admin: Phone) -> None:
    reply = await send_file(admin, b"x" * 6_000_000, document={"file_size": 10})
    assert reply.text.startswith("Field file: it is larger than 5 MB.")


async def test_file_telegram_does_not_hand_over_is_asked_for_again(
    counter: Counter, admin: Phone
) -> None:
    counter.session.refuses = True
    reply = await send_file(admin, rows(GOOD))
    assert reply.text.startswith("Field file: Telegram didn't hand it over.")
