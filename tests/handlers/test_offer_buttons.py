"""The other buttons under an offer, and buttons that are not the tapper's."""

from datetime import timedelta

import pytest

from handlers import texts, texts_history
from handlers.callbacks import Action
from storage.records import SignalKind
from tests.english import english
from tests.handlers.conftest import Counter, Phone
from tests.handlers.offering import (
    add_coupon,
    offered,
    orders_of,
    signals_of,
    suggestions_of,
)
from tests.sample_town import ANA, MORNING

# Coupon and Save


async def test_coupon_is_saved_once(mia: Phone, counter: Counter) -> None:
    await add_coupon(counter)
    offer = await offered(mia)
    for _ in range(2):
        sent = await mia.taps(offer.buttons["Coupon"], offer)
        assert sent.items == []
    assert counter.toasts == [english(texts.SAVED), english(texts.ALREADY_SAVED)]
    listed = await mia.says("/coupons")
    assert listed.text.splitlines()[1].startswith("NINETY90")


async def test_coupon_that_ended_is_not_saved(mia: Phone, counter: Counter) -> None:
    await add_coupon(counter)
    offer = await offered(mia)
    counter.clock.pass_by(days=10)
    await mia.taps(offer.buttons["Coupon"], offer)
    assert counter.toasts == [english(texts.NO_COUPON)]


async def test_saved_thing_is_found_again(mia: Phone, counter: Counter) -> None:
    offer = await offered(mia)
    await mia.taps(offer.buttons["Save"], offer)
    (signal,) = await signals_of(counter, 7)
    assert signal.kind is SignalKind.WISHLIST
    async with counter.database.reading() as work:
        product = await work.products.get(signal.product_id)
    assert product is not None
    assert f"Saved: {product.title}" in (await mia.says("/history")).text
    assert "/history" in english(texts.SAVED_ITEM)


async def test_saved_thing_is_taken_off_where_it_is_listed(mia: Phone, counter: Counter) -> None:
    offer = await offered(mia)
    await mia.taps(offer.buttons["Save"], offer)
    listed = await mia.says("/history")
    (button,) = listed.buttons.values()
    changed = await mia.taps(button, listed)
    assert (changed.methods, changed.text) == (
        ["editMessageText"],
        english(texts_history.NO_HISTORY),
    )
    assert changed.buttons == {}
    assert [each.kind for each in await signals_of(counter, 7)] == []
    assert (await mia.taps(button, listed)).text == english(texts_history.NO_HISTORY)


# Not for me


async def test_not_for_me_shows_something_else_in_the_same_place(
    mia: Phone, counter: Counter
) -> None:
    offer = await offered(mia)
    reply = await mia.taps(offer.buttons["Not for me"], offer)
    assert reply.methods == ["editMessageText"]
    assert reply.message_id == offer.message_id
    first, second = await suggestions_of(counter, 7)
    assert first.product_id != second.product_id
    assert first.need == second.need == "cold"
    (signal,) = await signals_of(counter, 7)
    assert (signal.kind, signal.product_id) == (SignalKind.DISMISS, first.product_id)


async def test_not_for_me_goes_on_until_nothing_is_left(mia: Phone, counter: Counter) -> None:
    reply = await offered(mia)
    seen = []
    for _ in range(30):
        if "Not for me" not in reply.buttons:
            break
        counter.clock.pass_by(seconds=5)
        reply = await mia.taps(reply.buttons["Not for me"], reply)
        seen.append(reply.text)
    assert "Not for me" not in reply.buttons
    assert reply.text == english(texts.NOTHING_ELSE)
    assert "/nearby" in reply.text
    shown = [each.product_id for each in await suggestions_of(counter, 7)]
    assert len(shown) == len(set(shown)) >= 3


async def test_not_for_me_is_about_its_own_offer(mia: Phone, counter: Counter) -> None:
    """Something else was asked in between: the offer is replaced by its like, not by that."""
    offer = await offered(mia)
    for text in ("do I have any coupons left", "where is my order", "hello", "do you deliver"):
        counter.clock.pass_by(seconds=20)
        await mia.says(text)
    reply = await mia.taps(offer.buttons["Not for me"], offer)
    assert "Book it" in reply.buttons
    assert [each.need for each in await suggestions_of(counter, 7)] == ["cold", "cold"]


async def test_not_for_me_under_an_old_offer_is_believed(mia: Phone, counter: Counter) -> None:
    offer = await offered(mia)
    async with counter.database.work() as work:
        await work.dialogues.delete_before(MORNING + timedelta(seconds=1))
        await work.commit()
    counter.clock.pass_by(days=2)
    reply = await mia.taps(offer.buttons["Not for me"], offer)
    assert reply.text == english(texts.NOTHING_ELSE)
    assert len(await signals_of(counter, 7)) == 1


# Why, options, directions


async def test_why_is_told_under_the_offer(mia: Phone) -> None:
    offer = await offered(mia)
    reply = await mia.taps(offer.buttons["Why?"], offer)
    assert reply.message_id == offer.message_id
    assert reply.text.startswith(f"{offer.text}\n\nMostly because ")
    assert "Why?" not in reply.buttons
    assert reply.buttons["Book it"] == offer.buttons["Book it"]


async def test_option_becomes_an_offer(mia: Phone, counter: Counter) -> None:
    await mia.shares()
    options = await mia.says("hot chocolate")
    assert list(options.buttons) == ["1", "2", "3"]
    second = options.text.splitlines()[2]
    reply = await mia.taps(options.buttons["2"], options)
    assert reply.methods == ["sendMessage"]
    assert second.split(",")[0].removeprefix("2. ") in reply.text
    booked = await mia.taps(reply.buttons["Book it"], reply)
    assert booked.text.startswith("Booked. ")
    kinds = {each.kind for each in await signals_of(counter, 7)}
    assert SignalKind.PURCHASE not in kinds  # that is what was collected
    assert {SignalKind.VIEW, SignalKind.BOOK} <= kinds


async def test_coupon_that_is_told_under_an_option_is_the_one_that_counts(
    mia: Phone, counter: Counter
) -> None:
    """A better coupon came after the list: what is told and what is booked must agree."""
    await mia.shares()
    options = await mia.says("hot chocolate")
    await add_coupon(counter)
    told = await mia.taps(options.buttons["1"], options)
    booked = await mia.taps(told.buttons["Book it"], told)
    (order,) = await orders_of(counter, 7)
    assert (order.coupon_code is not None) is ("takes" in told.text)
    assert (order.coupon_code or "") in told.text
    assert f"${order.price_cents / 100:.2f}" in told.text
    assert f"${order.price_cents / 100:.2f}" in booked.text


async def test_take_me_there_sends_the_store(mia: Phone, counter: Counter) -> None:
    offer = await offered(mia)
    reply = await mia.taps(offer.buttons["Take me there"], offer)
    (suggestion,) = await suggestions_of(counter, 7)
    async with counter.database.reading() as work:
        store = await work.stores.get(suggestion.store_id)
    assert store is not None
    assert reply.methods == ["sendVenue"]
    assert reply.arguments["title"] == store.name
    assert reply.arguments["address"] == store.address


# Buttons that do not count


async def test_buttons_of_another_shopper_do_nothing(
    ana: Phone, ben: Phone, counter: Counter
) -> None:
    await add_coupon(counter)
    offer = await offered(ana)
    await ben.says("/start")
    assert len(offer.buttons) == 6
    for data in offer.buttons.values():
        counter.session.calls.clear()
        sent = await ben.taps(data, offer)
        assert sent.items == []
        assert counter.toasts == [english(texts.BUTTON_NOT_YOURS)]
    assert await orders_of(counter, 8) == []
    assert await signals_of(counter, 8) == []


@pytest.mark.parametrize("argument", ["999999", "", "abc", "-1", "٣"])
async def test_button_to_nothing_is_answered(mia: Phone, counter: Counter, argument: str) -> None:
    on_suggestions = "BOOK PICK COUPON SAVE DISMISS WHY PLACE"
    for action in [Action[name] for name in on_suggestions.split()]:
        counter.session.calls.clear()
        sent = await mia.taps(mia.button(action, argument))
        assert len(counter.toasts) == 1, action
        assert counter.toasts[0] or len(sent.items) == 1, action
        assert await counter.waiting() == 0


async def test_suggestion_of_another_shopper_cannot_be_booked(
    ana: Phone, ben: Phone, counter: Counter
) -> None:
    """Even a well-signed button leads nowhere when it points to somebody else's suggestion."""
    await offered(ana)
    (suggestion,) = await suggestions_of(counter, ANA)
    reply = await ben.taps(ben.button(Action.BOOK, suggestion.id))
    assert reply.text == english(texts.BUTTON_STALE)
    assert await orders_of(counter, 8) == []


@pytest.mark.parametrize("data", ["", "hello", "book:1:AAAAAAAAAAAA", "x" * 64, "dance:1:abc"])
async def test_unknown_button_is_answered(mia: Phone, counter: Counter, data: str) -> None:
    sent = await mia.taps(data)
    assert sent.items == []
    assert counter.toasts[0] in (english(texts.BUTTON_UNKNOWN), english(texts.BUTTON_NOT_YOURS))


async def test_tap_that_telegram_will_not_hear_about_still_counts(
    mia: Phone, counter: Counter
) -> None:
    offer = await offered(mia)
    counter.session.refuses = True
    reply = await mia.taps(offer.buttons["Book it"], offer)
    assert reply.text.startswith("Booked. ")


async def test_reason_taken_away_counts_no_more_until_it_is_brought_back(
    ana: Phone, counter: Counter
) -> None:
    await ana.shares()
    offer = await ana.says("I'm cold")
    (first,) = await suggestions_of(counter, ANA)
    assert first.contributions["habit"] > 0
    assert first.alternatives
    why = await ana.taps(offer.buttons["Why?"], offer)
    again = await ana.taps(why.buttons["Don't use what you bought"], why)
    assert (
        counter.toasts[-1] == "I don't use what you bought any more. /preferences brings it back."
    )
    assert "Book it" in again.buttons
    *_, second = await suggestions_of(counter, ANA)
    assert second.contributions["habit"] == 0
    shown = await ana.says("/preferences")
    await ana.taps(shown.buttons["Use again: what you bought"], shown.message_id)
    await ana.says("I'm cold")
    *_, third = await suggestions_of(counter, ANA)
    assert third.contributions["habit"] == pytest.approx(first.contributions["habit"])
