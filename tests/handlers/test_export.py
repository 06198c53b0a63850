"""/export: two files with everything, which nobody else's words and no markup can break."""

import json
from base64 import b64decode
from html.parser import HTMLParser

import pytest

from handlers import texts_export
from handlers.shopper import export
from storage import exporting, tables
from storage.database import Database
from tests.english import english
from tests.handlers.conftest import Counter, Phone, Sent
from tests.sample_town import ANA


def files(sent: Sent) -> dict[str, bytes]:
    """Give the content of the documents by the ending of their names."""
    documents = [item.outgoing.arguments["document"] for item in sent.seen]
    return {
        document["filename"].rpartition(".")[2]: b64decode(document["base64"])
        for document in documents
    }


class Page(HTMLParser):
    """What a browser would see: elements, and text."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.links: list[str | None] = []
        self.text = ""
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.links += [value for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.text += f"{data}\n"


async def test_copy_comes_as_a_page_and_as_json(ana: Phone) -> None:
    await ana.says("I'm cold")
    sent = await ana.says("/export")
    assert [item.outgoing.method for item in sent.items] == ["sendDocument", "sendDocument"]
    assert [item.outgoing.arguments["caption"] for item in sent.items] == [
        english(texts_export.FOR_READING),
        english(texts_export.FOR_PROGRAMS),
    ]
    found = files(sent)
    told = json.loads(found["json"])
    assert tuple(told["held"]) == exporting.TABLES
    assert told["held"]["shoppers"][0]["first_name"] == "Ana"
    assert "I'm cold" in [turn["text"] for turn in told["held"]["dialogues"]]
    page = Page(found["html"])
    for part in ("Ana", "I'm cold", "K7-2291", "Downtown Café", "What you bought", "Maple Harbor"):
        assert part in page.text


async def test_page_is_self_contained_and_escaped(counter: Counter, mia: Phone) -> None:
    mia.updates.user["first_name"] = "<script>alert(1)</script>&amp;"
    page = Page(files(await mia.says("/export"))["html"])
    assert not page.elements & {"script", "img", "iframe", "link", "object", "a"}
    assert page.links == []
    assert "<script>alert(1)</script>&amp;" in page.text


async def test_copy_is_the_shoppers_own(ana: Phone, mia: Phone) -> None:
    await ana.says("I'm cold")
    found = files(await mia.says("/export"))
    for content in found.values():
        assert b"K7-2291" not in content
        assert str(ANA).encode() not in content


async def test_copy_tells_that_a_place_is_known_and_not_where(mia: Phone) -> None:
    assert english(texts_export.NO_PLACE) in Page(files(await mia.says("/export"))["html"]).text
    await mia.shares()
    found = files(await mia.says("/export"))
    assert "A place you shared at" in Page(found["html"]).text
    assert b"latitude" not in found["json"]


async def test_export_is_in_the_log_without_the_person(ana: Phone, counter: Counter) -> None:
    await ana.says("/export")
    async with counter.database.reading() as work:
        (entry,) = await work.audit.latest(1)
    assert entry.action == "export"
    assert str(ANA) not in entry.actor
    assert int(entry.details["rows"]) > 10


async def test_copies_are_limited_by_the_day(mia: Phone, counter: Counter) -> None:
    for _ in range(5):
        assert len((await mia.says("/export")).items) == 2
    assert (await mia.says("/export")).text == english(texts_export.ENOUGH, count=5)
    counter.clock.pass_by(days=1)
    mia.updates.date = int(counter.clock().timestamp())
    assert len((await mia.says("/export")).items) == 2


async def test_what_telegram_would_not_take_is_said(
    mia: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export, "LARGEST_BYTES", 100)
    assert (await mia.says("/export")).text == english(texts_export.TOO_LARGE, shop="Maple Harbor")


async def test_nothing_of_the_files_stays_once_they_are_sent(
    mia: Phone, counter: Counter, town: Database
) -> None:
    await mia.says("/export")
    async with town.reading() as work:
        held = await work.shoppers.held(7)
    assert [row["arguments"] for row in held["outbox"]] == [None, None]


def test_every_table_and_column_of_a_copy_has_words() -> None:
    assert set(texts_export.TABLES) == set(exporting.TABLES)
    shown = {
        column.name
        for name in exporting.TABLES
        for column in tables.metadata.tables[name].columns
        if str(column) not in exporting._LEFT_OUT
    }
    assert shown == set(texts_export.COLUMNS)


async def test_masked_words_are_put_back(mia: Phone) -> None:
    await mia.says("I'm cold, call me at +1 202 555 0143")
    found = files(await mia.says("/export"))
    turns = [turn["text"] for turn in json.loads(found["json"])["held"]["dialogues"]]
    assert any("555" in text and "<PHONE" not in text for text in turns)
    assert "<PHONE" not in Page(found["html"]).text
