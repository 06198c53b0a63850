"""/preferences: what was learned, what is declared, and what is not used."""

import pytest

from storage.records import SignalKind, Sustainability
from tests.handlers.conftest import Counter, Phone, Sent
from tests.handlers.offering import offered, signals_of
from tests.sample_town import ANA

VEGAN = Sustainability.VEGAN


def caption(sent: Sent) -> str:
    told = sent.arguments
    return str(told.get("caption") or told["media"]["caption"])


async def declared_weights(counter: Counter, shopper_id: int) -> dict[Sustainability, float]:
    async with counter.database.reading() as work:
        return dict((await work.preferences.get(shopper_id)).weights)


async def test_what_was_learned_is_told_as_a_picture_and_in_words(ana: Phone) -> None:
    shown = await ana.says("/preferences")
    assert shown.methods == ["sendPhoto"]
    lines = caption(shown).splitlines()
    assert lines[1].startswith("vegan ●●●")
    assert [line for line in lines if line.startswith("You care ") and "more about" in line]


async def test_nothing_is_learned_of_somebody_new(mia: Phone) -> None:
    text = caption(await mia.says("/preferences"))
    assert text.count("●●○○○ 1.0") == len(Sustainability)
    assert "You care" not in text


async def test_a_weight_is_moved_by_hand_and_reset(mia: Phone, counter: Counter) -> None:
    shown = await mia.says("/preferences")
    one = await mia.taps(shown.buttons["vegan"], shown.message_id)
    assert "Reset" not in one.buttons
    for weight in ("1.3", "1.6", "1.9", "2.0", "2.0"):
        one = await mia.taps(one.buttons["More"], one.message_id)
        assert f"{weight} (you set this)" in caption(one)
    assert await declared_weights(counter, 7) == {VEGAN: 2.0}
    one = await mia.taps(one.buttons["Less"], one.message_id)
    assert await declared_weights(counter, 7) == {VEGAN: 1.7}
    one = await mia.taps(one.buttons["Reset"], one.message_id)
    assert await declared_weights(counter, 7) == {}
    assert "●●○○○ 1.0" in caption(await mia.taps(one.buttons["All of them"], one.message_id))


async def test_what_is_declared_counts_above_what_is_learned(ana: Phone, counter: Counter) -> None:
    shown = await ana.says("/preferences")
    one = await ana.taps(shown.buttons["vegan"], shown.message_id)
    await ana.taps(one.buttons["Less"], one.message_id)
    assert "(you set this)" in caption(await ana.says("/preferences")).splitlines()[1]
    assert set(await declared_weights(counter, ANA)) == {VEGAN}


@pytest.mark.parametrize("said", ["vegan", "add I'm vegan", "sin carne, vegan"])
async def test_declared_diet_holds_for_every_question_until_it_is_taken_off(
    mia: Phone, counter: Counter, said: str
) -> None:
    noted = await mia.says(f"/preferences {said}")
    assert noted.text.startswith("Noted: ")
    await mia.shares()
    await mia.says("hot chocolate")
    async with counter.database.reading() as work:
        shown = await work.suggestions.shown_to(7, counter.clock.at.replace(year=2020))
        products = await work.products.get_many([each.product_id for each in shown])
    assert products
    assert all(
        VEGAN in each.sustainability or "vegan" in each.attributes["diet"]
        for each in products.values()
    )
    listed = await mia.says("/preferences")
    off = [data for label, data in listed.buttons.items() if label.startswith("Take off")]
    for data in off:
        await mia.taps(data, listed.message_id)
    async with counter.database.reading() as work:
        assert (await work.preferences.get(7)).limits == {}


async def test_diet_is_about_what_is_eaten(mia: Phone) -> None:
    await mia.says("/preferences vegan")
    await mia.shares()
    reply = await mia.says("umbrella")
    assert "mbrella" in reply.text


async def test_what_is_no_diet_is_not_noted(mia: Phone, counter: Counter) -> None:
    reply = await mia.says("/preferences candles")
    assert reply.text.startswith("I don't read a diet or a dislike in “candles”.")
    async with counter.database.reading() as work:
        assert (await work.preferences.get(7)).limits == {}


async def test_spanish_words_are_understood(counter: Counter, mia: Phone) -> None:
    await mia.says("/preferences sin setas")
    async with counter.database.reading() as work:
        assert (await work.preferences.get(7)).limits == {"sin setas": "without mushrooms"}


async def test_a_tap_changes_the_weights_at_once(mia: Phone, counter: Counter) -> None:
    offer = await offered(mia)
    await mia.taps(offer.buttons["Save"], offer)
    assert [each.kind for each in await signals_of(counter, 7)] == [SignalKind.WISHLIST]
    assert "1.1" in caption(await mia.says("/preferences"))
