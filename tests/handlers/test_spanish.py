"""A whole visit in Spanish, in which nobody slips into English."""

import re
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from handlers.callbacks import Action
from scripts.translations.extracting import ROOT
from tests.handlers.conftest import Counter, Phone, Sent, phone

_A_FEW_WORDS = re.compile(r"[A-Za-z']+\W+[A-Za-z']+")


@pytest.fixture
def lucia(counter: Counter) -> Phone:
    """Somebody new whose Telegram speaks Spanish."""
    return phone(counter, 9, "Lucía", "es")


@pytest.fixture(scope="module")
def english_words() -> frozenset[str]:
    """Give what is said in English between the placeholders of every sentence that is another one in Spanish."""
    with (ROOT / "knowledge" / "language" / "es.po").open("rb") as file:
        catalogue = read_po(file, locale="es")
    spanish = "\n".join(_texts(catalogue, in_spanish=True))
    return frozenset(
        part
        for text in _texts(catalogue, in_spanish=False)
        for part in map(str.strip, re.split(r"\{[^}]*\}|\n", text))
        if _A_FEW_WORDS.search(part) and part not in spanish
    )


def _texts(catalogue: Catalog, *, in_spanish: bool) -> Iterator[str]:
    for message in catalogue:
        told = message.string if in_spanish else message.id
        yield from (told,) if isinstance(told, str) else told


def read(sent: Sent) -> Iterator[str]:
    """Give everything of an answer that people read, but for its buttons."""
    for item in sent.seen:
        arguments = item.outgoing.arguments
        yield str(arguments.get("text") or arguments.get("caption") or "")


def labels(sent: Sent) -> Iterator[str]:
    for item in sent.seen:
        markup = item.outgoing.arguments.get("reply_markup") or {}
        for row in [*markup.get("inline_keyboard", ()), *markup.get("keyboard", ())]:
            yield from (button["text"] for button in row)


def slips(texts: list[str], english_words: frozenset[str]) -> list[tuple[str, str]]:
    """Give each piece of English with the text it is in."""
    return [(part, text) for text in texts for part in english_words if part in text]


async def test_visit_from_hello_to_privacy_is_all_spanish(
    lucia: Phone, counter: Counter, english_words: frozenset[str]
) -> None:
    visit = [await lucia.says("/start"), await lucia.says("I'm cold")]
    offer = await lucia.shares()
    visit += [offer, await lucia.taps(offer.buttons["¿Por qué?"], offer)]
    booked = await lucia.taps(offer.buttons["Reservar"], offer)
    visit += [booked, await lucia.taps(booked.buttons["Cancelar"], booked)]
    visit += [await lucia.says(f"/{name}") for name in ("orders", "settings", "privacy", "help")]
    told = [text for sent in visit for text in read(sent)]
    shown = [text for sent in visit for text in labels(sent)]
    toasts = [toast for toast in counter.toasts if toast]
    assert slips([*told, *shown, *toasts], english_words) == []
    assert booked.text.splitlines()[1].startswith("Guardado hasta las ")
    assert "Tus pedidos:\n" in told[6]
    assert ", reservado\n  reservado " in told[6]


@pytest.mark.parametrize(
    "said",
    [
        *("/nearby", "/coupons", "/history", "/family", "/family add", "/pause", "/language"),
        *("/pause until yesterday", "/pause 14 days", "/forget", "/stop", "/dance", "/start s_x"),
        *("/start s_tea-room", "help", "no", "where is my order?", "what are your opening hours?"),
        *("do you have wool socks?", "can I return shoes?", "I want to talk to a person"),
        *("any coupons?", "a present for my mum", "thanks", "vegan chocolate under $5"),
    ],
)
async def test_every_reply_is_spanish(
    lucia: Phone, english_words: frozenset[str], said: str
) -> None:
    sent = await lucia.says(said)
    assert slips([*read(sent), *labels(sent)], english_words) == []


async def test_returning_shopper_hears_of_all_in_spanish(
    ana: Phone, counter: Counter, english_words: frozenset[str]
) -> None:
    asked = await ana.says("/language")
    visit = [await ana.taps(asked.buttons["Español"], asked)]
    visit += [await ana.says(text) for text in ("/start", "/orders", "/history", "/coupons")]
    visit += [await ana.says("/family add mum, likes candles, birthday 12 May")]
    visit += [await ana.says("/family"), await ana.says("/export")]
    visit.append(await ana.taps(ana.button(Action.SHOW_CODE, "K7-2291")))
    told = [text for sent in visit for text in [*read(sent), *labels(sent)]]
    assert slips(told, english_words) == []
    assert visit[1].text == (
        "¡Qué bueno verte de nuevo, Ana! Tu pedido K7-2291 está listo en Home & Co."
    )


def test_slip_is_noticed(english_words: frozenset[str]) -> None:
    assert slips(["Ana, your order stays booked."], english_words) == []
    assert slips(["Your order stays booked."], english_words)
