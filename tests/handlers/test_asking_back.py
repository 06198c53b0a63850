"""One question back, with buttons, and what a tap or a word makes of it."""

import pytest

from handlers import texts
from handlers.callbacks import Action
from knowledge.facts import Kind
from storage.records import Turn
from tests.english import english
from tests.handlers.conftest import Counter, Phone, Sent
from tests.sample_town import ANA, MORNING

SHOES = "ridgeback trail shoes"


async def asked_back(counter: Counter, text: str) -> None:
    """Have Ana asked back what she meant."""
    async with counter.database.work() as work:
        await work.dialogues.add(Turn(ANA, "shopper", text, MORNING))
        await work.dialogues.add(Turn(ANA, "concierge", "…", MORNING, Kind.CLARIFY.value))
        await work.commit()


@pytest.fixture
async def sizes(ana: Phone) -> Sent:
    """The question which size of shoes it should be."""
    await ana.shares("outdoor-house")
    return await ana.says(SHOES)


async def test_shoes_are_not_offered_in_a_size_nobody_said(sizes: Sent) -> None:
    assert sizes.text in ("Which size do you need?", "What size should it be?")
    assert len(sizes.buttons) > 1
    assert all(size.isdecimal() for size in sizes.buttons)
    rows = sizes.keyboard["inline_keyboard"]
    assert all(len(row) <= 3 for row in rows)


async def test_tapped_size_is_the_one_offered(sizes: Sent, ana: Phone) -> None:
    size, data = list(sizes.buttons.items())[-1]
    reply = await ana.taps(data, sizes)
    assert reply.methods == ["editMessageText"]
    assert reply.text.count("EU ") == reply.text.count(f"EU {size}") > 0
    assert reply.buttons


async def test_size_can_be_written_as_well(sizes: Sent, ana: Phone) -> None:
    size = next(iter(sizes.buttons))
    assert f"EU {size}" in (await ana.says(size)).text


async def test_size_that_was_said_is_not_asked_for(ana: Phone) -> None:
    await ana.shares("outdoor-house")
    assert "EU 42" in (await ana.says(f"{SHOES} in size 42")).text


async def test_nothing_is_asked_twice_in_a_row(sizes: Sent, ana: Phone) -> None:
    assert {"Book it", "1"} & (await ana.says(SHOES)).buttons.keys()


async def test_tap_answers_the_message_that_was_asked_back_about(
    ana: Phone, counter: Counter
) -> None:
    await ana.shares()
    await asked_back(counter, "hot chocolate")
    reply = await ana.taps(ana.button(Action.MEAN, "buy"), 1)
    assert "Hot Chocolate" in reply.text
    assert reply.methods == ["editMessageText"]


async def test_old_question_is_out_of_date(ana: Phone, counter: Counter) -> None:
    await asked_back(counter, "hot chocolate")
    counter.clock.pass_by(minutes=31)
    sent = await ana.taps(ana.button(Action.MEAN, "buy"), 1)
    assert sent.items == []
    assert counter.toasts == [english(texts.BUTTON_STALE)]
