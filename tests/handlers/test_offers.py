from datetime import timedelta

import pytest

from handlers import texts
from handlers.callbacks import Action
from handlers.shopper.offers import new_order_code
from storage.records import Coupon, Order, OrderStatus, Signal, SignalKind, Suggestion
from tests.handlers.conftest import Counter, Phone, Sent
from tests.sample_town import ANA, MORNING


async def offered(phone: Phone, text: str = "I'm cold") -> Sent:
    """Ask from the café's door, and get one offer."""
    await phone.shares()
    reply = await phone.says(text)
    assert "Book it" in reply.buttons
    return reply


async def orders_of(counter: Counter, shopper_id: int) -> list[Order]:
    async with counter.database.reading() as work:
        return await work.orders.of_shopper(shopper_id)


async def signals_of(counter: Counter, shopper_id: int) -> list[Signal]:
    async with counter.database.reading() as work:
        return await work.signals.of_shopper(shopper_id)


async def suggestions_of(counter: Counter, shopper_id: int) -> list[Suggestion]:
    async with counter.database.reading() as work:
        return await work.suggestions.shown_to(shopper_id, MORNING - timedelta(days=1))


async def on_shelf(counter: Counter, suggestion: Suggestion) -> int:
    key = (suggestion.store_id, suggestion.product_id)
    async with counter.database.reading() as work:
        return (await work.stock.quantities([key[1]], [key[0]]))[key]


async def add_coupon(counter: Counter, **changes: object) -> None:
    known = {"discount_percent": 90, "remaining": None, "per_shopper": 1} | changes
    coupon = Coupon(
        "NINETY90",
        "Ninety off",
        valid_from=MORNING - timedelta(days=1),
        valid_until=MORNING + timedelta(days=9),
        **known,  # type: ignore[arg-type]
    )
    async with counter.database.work() as work:
        await work.coupons.add_many([coupon])
        await work.commit()


# Book


async def test_booking_takes_a_piece_and_the_coupon(mia: Phone, counter: Counter) -> None:
    await add_coupon(counter, remaining=2)
    offer = await offered(mia)
    (suggestion,) = await suggestions_of(counter, 7)
    before = await on_shelf(counter, suggestion)
    reply = await mia.taps(offer.buttons["Book it"], offer)
    (order,) = await orders_of(counter, 7)
    assert reply.methods == ["editMessageText"]
    assert reply.message_id == offer.message_id
    assert reply.text.startswith("Booked. ")
    assert f"Your code: {order.code}" in reply.text
    assert reply.bold[-1] == order.code
    assert (order.status, order.coupon_code) == (OrderStatus.PLACED, "NINETY90")
    assert order.price_cents == (suggestion.price_cents * 10 + 50) // 100
    assert await on_shelf(counter, suggestion) == before - 1
    async with counter.database.reading() as work:
        coupon = await work.coupons.get("NINETY90")
    assert coupon is not None
    assert coupon.remaining == 1
    assert counter.toasts == [None]


async def test_price_that_is_booked_is_the_price_that_was_told(
    ana: Phone, counter: Counter
) -> None:
    offer = await offered(ana)
    told = offer.text.rsplit("so ", maxsplit=1)[1].split(".")[0:2] if "so " in offer.text else None
    reply = await ana.taps(offer.buttons["Book it"], offer)
    if told:
        assert ".".join(told) in reply.text


async def test_booking_twice_is_one_order(mia: Phone, counter: Counter) -> None:
    offer = await offered(mia)
    (suggestion,) = await suggestions_of(counter, 7)
    before = await on_shelf(counter, suggestion)
    await mia.taps(offer.buttons["Book it"], offer)
    reply = await mia.taps(offer.buttons["Book it"], offer)
    assert reply.text.startswith("You booked that already.")
    assert len(await orders_of(counter, 7)) == 1
    assert await on_shelf(counter, suggestion) == before - 1


async def test_the_same_update_twice_is_one_order(mia: Phone, counter: Counter) -> None:
    offer = await offered(mia)
    update = mia.updates.tap(offer.buttons["Book it"], offer.message_id, offer.text)
    await counter.take(update)
    async with counter.database.work() as work:
        again = await work.inbox.add(42, update["update_id"], 7, "{}", counter.clock())
    assert again is None


async def test_what_is_sold_out_meanwhile_is_not_booked(mia: Phone, counter: Counter) -> None:
    offer = await offered(mia)
    (suggestion,) = await suggestions_of(counter, 7)
    async with counter.database.work() as work:
        left = await on_shelf(counter, suggestion)
        await work.stock.take(suggestion.store_id, suggestion.product_id, left)
        await work.commit()
    reply = await mia.taps(offer.buttons["Book it"], offer)
    assert reply.text.startswith("Somebody was quicker")
    assert await orders_of(counter, 7) == []


async def test_offer_of_yesterday_is_not_booked(mia: Phone, counter: Counter) -> None:
    offer = await offered(mia)
    counter.clock.pass_by(hours=13)
    reply = await mia.taps(offer.buttons["Book it"], offer)
    assert reply.text == texts.BUTTON_STALE
    assert await orders_of(counter, 7) == []


async def test_coupon_that_is_used_up_meanwhile_is_told(mia: Phone, counter: Counter) -> None:
    await add_coupon(counter, remaining=1)
    offer = await offered(mia)
    (suggestion,) = await suggestions_of(counter, 7)
    async with counter.database.work() as work:
        assert await work.coupons.redeem("NINETY90", ANA, "K7-2291", MORNING)
        await work.commit()
    reply = await mia.taps(offer.buttons["Book it"], offer)
    (order,) = await orders_of(counter, 7)
    assert (order.coupon_code, order.price_cents) == (None, suggestion.price_cents)
    assert "NINETY90" in reply.text
    assert "no longer" in reply.text


async def test_coupon_counts_as_often_as_it_may(mia: Phone, counter: Counter) -> None:
    await add_coupon(counter, per_shopper=1)
    offer = await offered(mia)
    await mia.taps(offer.buttons["Book it"], offer)
    again = await mia.says("I'm cold")
    assert "NINETY90" not in again.text


async def test_cancelled_booking_cannot_be_shown_as_booked(mia: Phone, counter: Counter) -> None:
    offer = await offered(mia)
    booked = await mia.taps(offer.buttons["Book it"], offer)
    sure = await mia.taps(booked.buttons["Cancel"], booked)
    await mia.taps(sure.buttons["Yes, cancel it"], sure)
    reply = await mia.taps(offer.buttons["Book it"], offer)
    assert "code" not in reply.text
    assert "booked" not in reply.text.casefold()


async def test_booking_for_tomorrow_says_until_which_day_it_is_kept(
    mia: Phone, counter: Counter
) -> None:
    offer = await offered(mia)
    counter.clock.pass_by(hours=11)  # 21:30, the café is closed
    reply = await mia.taps(offer.buttons["Book it"], offer)
    (order,) = await orders_of(counter, 7)
    async with counter.database.reading() as work:
        store = await work.stores.get(order.store_id)
    assert store is not None
    assert "Kept until tomorrow at " in reply.text


async def test_price_that_changed_meanwhile_is_not_charged_unseen(
    mia: Phone, counter: Counter
) -> None:
    offer = await offered(mia)
    (suggestion,) = await suggestions_of(counter, 7)
    async with counter.database.work() as work:
        changed = [Suggestion(**{**_fields(suggestion), "price_cents": 1})]
        (key,) = await work.suggestions.add_many(changed)
        await work.commit()
    reply = await mia.taps(mia.button(Action.BOOK, key), offer)
    assert reply.text == texts.BUTTON_STALE
    assert await orders_of(counter, 7) == []


def _fields(suggestion: Suggestion) -> dict[str, object]:
    return {name: getattr(suggestion, name) for name in Suggestion.__dataclass_fields__}


def test_order_codes_are_short_and_told_apart() -> None:
    codes = {new_order_code() for _ in range(500)}
    assert len(codes) > 490
    for code in codes:
        assert len(code) == 7
        assert not set("IO") & set(code)


# Coupon and Save


async def test_coupon_is_saved_once(mia: Phone, counter: Counter) -> None:
    await add_coupon(counter)
    offer = await offered(mia)
    for _ in range(2):
        sent = await mia.taps(offer.buttons["Coupon"], offer)
        assert sent.items == []
    assert counter.toasts == [texts.SAVED, texts.ALREADY_SAVED]
    listed = await mia.says("/coupons")
    assert listed.text.splitlines()[1].startswith("NINETY90")


async def test_coupon_that_ended_is_not_saved(mia: Phone, counter: Counter) -> None:
    await add_coupon(counter)
    offer = await offered(mia)
    counter.clock.pass_by(days=10)
    await mia.taps(offer.buttons["Coupon"], offer)
    assert counter.toasts == [texts.NO_COUPON]


async def test_saved_thing_is_found_again(mia: Phone, counter: Counter) -> None:
    offer = await offered(mia)
    await mia.taps(offer.buttons["Save"], offer)
    (signal,) = await signals_of(counter, 7)
    assert signal.kind is SignalKind.WISHLIST
    async with counter.database.reading() as work:
        product = await work.products.get(signal.product_id)
    assert product is not None
    assert f"Saved: {product.title}" in (await mia.says("/history")).text


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
    assert reply.text == texts.NOTHING_ELSE
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
    (view, bought) = sorted(await signals_of(counter, 7), key=lambda s: s.kind, reverse=True)
    assert (view.kind, bought.kind) == (SignalKind.VIEW, SignalKind.PURCHASE)


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
        assert counter.toasts == [texts.BUTTON_NOT_YOURS]
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
    assert reply.text == texts.BUTTON_STALE
    assert await orders_of(counter, 8) == []


@pytest.mark.parametrize("data", ["", "hello", "book:1:AAAAAAAAAAAA", "x" * 64, "dance:1:abc"])
async def test_unknown_button_is_answered(mia: Phone, counter: Counter, data: str) -> None:
    sent = await mia.taps(data)
    assert sent.items == []
    assert counter.toasts[0] in (texts.BUTTON_UNKNOWN, texts.BUTTON_NOT_YOURS)


async def test_tap_that_telegram_will_not_hear_about_still_counts(
    mia: Phone, counter: Counter
) -> None:
    offer = await offered(mia)
    counter.session.refuses = True
    reply = await mia.taps(offer.buttons["Book it"], offer)
    assert reply.text.startswith("Booked. ")
