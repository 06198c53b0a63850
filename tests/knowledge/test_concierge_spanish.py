"""The whole way of a message from somebody whose language is Spanish: understood in English, answered in Spanish."""

from dataclasses import replace

import pytest

from knowledge.concierge import Concierge
from storage.database import Database
from tests.knowledge.asking import ana, ask

ANSWERED = [
    (
        "hot chocolate",
        (
            "Cerca de ti:\n"
            "1. Hot Chocolate, 3,50\xa0US$, Downtown Café, a 33 m, 2,98\xa0US$ con WARM15\n"
        ),
    ),
    # A title is the shop's own words.
    (
        "what coupons do you have",
        "Puedes usar estos:\nWARM15: 15 % off hot drinks, hasta el 29 de enero\n",
    ),
    (
        "where is my order",
        "El pedido K7-2291 está listo en Home & Co. Muestra este código para recogerlo.",
    ),
    ("thanks!", "De nada."),
]


@pytest.mark.parametrize(("text", "told"), ANSWERED)
async def test_reply_is_in_the_chosen_language(
    concierge: Concierge, town: Database, text: str, told: str
) -> None:
    shopper = replace(await ana(town), chosen_language="es")
    answer = await ask(concierge, town, text, by=shopper)
    assert answer.words.text.startswith(told)


async def test_record_keeps_no_distance_in_feet(concierge: Concierge, town: Database) -> None:
    shopper = replace(await ana(town), chosen_language="es-US")
    answer = await ask(concierge, town, "hot chocolate", by=shopper)
    assert "a 110 ft" in answer.words.text
    assert " ft" not in answer.scrubbed_answer
