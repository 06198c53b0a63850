"""Several things asked in one message, answered in one."""

from tests.handlers.conftest import Counter, Phone
from tests.sample_town import ANA

BOTH = "where is my order? And I'm cold"


async def test_order_is_told_before_the_offer_in_one_message(ana: Phone) -> None:
    await ana.shares()
    reply = await ana.says(BOTH)
    order, offer = reply.text.split("\n")
    assert order.startswith("Order K7-2291 is ready at Home & Co")
    assert offer.endswith("?")
    assert "Home & Co" in reply.bold


async def test_buttons_of_both_are_there_three_a_row(ana: Phone) -> None:
    await ana.shares()
    reply = await ana.says(BOTH)
    rows = [[each["text"] for each in row] for row in reply.keyboard["inline_keyboard"]]
    assert rows[0] == ["Show code", "Directions", "Cancel"]
    assert rows[1][0] == "Book it"
    assert all(len(row) <= 3 for row in rows)


async def test_talk_goes_on_with_the_offer(ana: Phone, counter: Counter) -> None:
    await ana.shares()
    offer = await ana.says(BOTH)
    reply = await ana.taps(offer.buttons["Book it"], offer)
    assert reply.text.startswith("Booked. ")
    async with counter.database.reading() as work:
        asked, said = await work.dialogues.latest(ANA, limit=2)
    assert (asked.text, asked.meant) == (BOTH, "And I'm cold")
    assert said.topic == "offer"


async def test_place_is_asked_for_after_what_needs_none(ana: Phone) -> None:
    asked = await ana.says(BOTH)
    assert asked.text.startswith("Order K7-2291")
    assert "keyboard" in asked.keyboard
    answered = await ana.shares()
    assert "Book it" in answered.buttons
    assert "K7-2291" not in answered.text


async def test_policy_is_quoted_before_the_offer(ana: Phone) -> None:
    await ana.shares()
    reply = await ana.says("do you deliver? And I'm cold")
    assert reply.text.count("«") == 1
    assert reply.text.index("«") < reply.text.index("?")
    assert "Book it" in reply.buttons


async def test_wish_for_a_person_is_heard_beside_another(ana: Phone) -> None:
    reply = await ana.says("where is my order? Can I speak to a human")
    assert "K7-2291" in reply.text
    assert "/nearby" in reply.text
    assert len(reply.text.split("\n")) == 2


async def test_greeting_beside_a_wish_gets_no_answer_of_its_own(ana: Phone) -> None:
    await ana.shares()
    assert "\n" not in (await ana.says("hello! I'm cold")).text
