"""Where the concierge does not know, it offers somebody to ask, and says where there is one."""

from knowledge.facts import Kind
from storage.records import Turn
from tests.handlers.conftest import Counter, Phone
from tests.sample_town import ANA

UNKNOWN = "what are your terms for the moon"


async def test_unknown_rule_offers_a_person(ana: Phone) -> None:
    reply = await ana.says(UNKNOWN)
    assert list(reply.buttons) == ["Ask a person"]


async def test_tap_names_the_nearest_store_with_somebody_in_it(ana: Phone) -> None:
    await ana.shares()
    unknown = await ana.says(UNKNOWN)
    reply = await ana.taps(unknown.buttons["Ask a person"], unknown)
    assert reply.methods == ["editMessageText"]
    assert "the staff of Downtown Café, 33 m away, will gladly help" in reply.text
    assert list(reply.buttons) == ["Take me there", "Stores near me"]


async def test_tap_is_kept_as_a_question_for_a_person(ana: Phone, counter: Counter) -> None:
    unknown = await ana.says(UNKNOWN)
    await ana.taps(unknown.buttons["Ask a person"], unknown)
    asked, said = await last_turns(counter)
    assert (asked.text, said.topic) == ("Ask a person", Kind.HUMAN.value)


async def test_way_to_the_staff_is_shown_on_the_map(ana: Phone) -> None:
    await ana.shares()
    reply = await ana.says("can I speak to a human")
    venue = await ana.taps(reply.buttons["Take me there"], reply)
    assert venue.methods == ["sendVenue"]


async def test_without_a_place_the_stores_around_are_a_tap_away(ana: Phone) -> None:
    reply = await ana.says("can I speak to a human")
    assert list(reply.buttons) == ["Stores near me"]
    asked = await ana.taps(reply.buttons["Stores near me"], reply)
    assert asked.keyboard["keyboard"][0][0]["request_location"]
    stores = await ana.shares()
    assert stores.text.startswith("Open near you:")


async def test_known_rule_is_quoted_without_a_way_out(ana: Phone) -> None:
    assert "Ask a person" not in (await ana.says("what is your return policy")).buttons


async def test_missing_size_offers_those_there_are(ana: Phone) -> None:
    await ana.shares("outdoor-house")
    missing = await ana.says("ridgeback trail shoes in 46")
    assert "46" not in missing.buttons
    size, data = list(missing.buttons.items())[-1]
    reply = await ana.taps(data, missing)
    assert reply.text.count("EU ") == reply.text.count(f"EU {size}") > 0


async def last_turns(counter: Counter) -> list[Turn]:
    async with counter.database.reading() as work:
        return list(await work.dialogues.latest(ANA, limit=2))
