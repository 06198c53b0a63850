"""Talks in which a message says only a part, and questions back."""

from datetime import timedelta

import pytest

from handlers import texts
from knowledge.talk import REMEMBERED
from storage.records import Suggestion
from tests.english import english
from tests.handlers.conftest import Counter, Phone
from tests.sample_town import ANA


async def shown(counter: Counter, since: timedelta = REMEMBERED) -> list[Suggestion]:
    async with counter.database.reading() as work:
        return await work.suggestions.shown_to(ANA, counter.clock() - since)


async def newly_shown(counter: Counter, ana: Phone, text: str) -> list[Suggestion]:
    """Say something, and give what it led to."""
    before = await shown(counter)
    counter.clock.pass_by(seconds=20)
    await ana.says(text)
    known = {each.id for each in before}
    return [each for each in await shown(counter) if each.id not in known]


@pytest.fixture
async def three(ana: Phone, counter: Counter) -> list[Suggestion]:
    """Three hot chocolates that Ana was shown."""
    await ana.shares()
    found = await newly_shown(counter, ana, "hot chocolate")
    assert len(found) == 3
    return found


async def test_second_one_becomes_an_offer(
    three: list[Suggestion], ana: Phone, counter: Counter
) -> None:
    (picked,) = await newly_shown(counter, ana, "the second one please")
    assert picked.product_id == three[1].product_id


async def test_cheaper_things_are_cheaper_than_all_shown(
    three: list[Suggestion], ana: Phone, counter: Counter
) -> None:
    cheapest = min(each.price_cents for each in three)
    cheaper = await newly_shown(counter, ana, "something cheaper?")
    assert cheaper
    assert all(each.price_cents < cheapest for each in cheaper)
    assert not {each.product_id for each in cheaper} & {each.product_id for each in three}


async def test_limits_add_up_over_the_talk(
    three: list[Suggestion], ana: Phone, counter: Counter
) -> None:
    await newly_shown(counter, ana, "under $4")
    found = await newly_shown(counter, ana, "and without soy")
    catalogue = await counter.dispatcher["shop"].concierge.catalogue()
    assert found
    for each in found:
        assert each.price_cents <= 400
        assert "soy" not in catalogue.words[each.product_id]


async def test_something_else_was_not_seen_before(
    three: list[Suggestion], ana: Phone, counter: Counter
) -> None:
    seen = {each.product_id for each in three}
    for _ in range(2):
        others = {each.product_id for each in await newly_shown(counter, ana, "something else")}
        assert others
        assert not others & seen
        seen |= others


async def test_another_thing_is_looked_for(
    three: list[Suggestion], ana: Phone, counter: Counter
) -> None:
    found = await newly_shown(counter, ana, "what about a cinnamon roll?")
    assert "cinnamon" in found[0].product_id


async def test_line_is_recorded_as_said_and_as_meant(
    three: list[Suggestion], ana: Phone, counter: Counter
) -> None:
    await ana.says("Under $4!")
    async with counter.database.reading() as work:
        asked, _ = await work.dialogues.latest(ANA, limit=2)
    assert (asked.text, asked.meant) == ("Under $4!", "hot chocolate\n+ under $4")


async def test_talk_is_over_after_half_an_hour(
    three: list[Suggestion], ana: Phone, counter: Counter
) -> None:
    counter.clock.pass_by(minutes=31)
    await ana.says("in blue?")
    async with counter.database.reading() as work:
        asked, _ = await work.dialogues.latest(ANA, limit=2)
    assert asked.meant == ""


async def test_question_that_waited_for_a_place_keeps_its_limits(
    ana: Phone, counter: Counter
) -> None:
    await ana.says("hot chocolate")
    asked = await ana.says("under $4")  # a place is not asked for twice in a row
    assert asked.buttons
    found = await shown(counter)
    assert found
    assert all(each.price_cents <= 400 for each in found)


async def test_not_for_me_keeps_to_the_whole_wish(
    three: list[Suggestion], ana: Phone, counter: Counter
) -> None:
    counter.clock.pass_by(seconds=20)
    await ana.says("under $4")
    counter.clock.pass_by(seconds=20)
    offer = await ana.says("1")
    before = {each.id for each in await shown(counter)}
    counter.clock.pass_by(seconds=20)
    await ana.taps(offer.buttons["Not for me"], offer)
    after = [each for each in await shown(counter) if each.id not in before]
    assert after
    assert all(each.price_cents <= 400 for each in after)


async def test_nothing_closer_is_said_as_it_is(ana: Phone, counter: Counter) -> None:
    await ana.shares()
    await ana.says("hot chocolate")
    for _ in range(4):
        counter.clock.pass_by(seconds=20)
        reply = await ana.says("something closer")
        if not reply.buttons:
            break
    assert "closer to you" in reply.text
    assert reply.text != english(texts.NOTHING_ELSE)
