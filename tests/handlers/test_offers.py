from handlers import texts
from handlers.callbacks import Action
from handlers.shopper.offers import new_order_code
from storage.records import OrderStatus, Suggestion
from tests.english import english
from tests.handlers.conftest import Counter, Phone
from tests.handlers.offering import add_coupon, offered, on_shelf, orders_of, suggestions_of
from tests.sample_town import ANA, MORNING

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
    assert reply.text == english(texts.BUTTON_STALE)
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
    assert reply.text == english(texts.BUTTON_STALE)
    assert await orders_of(counter, 7) == []


def _fields(suggestion: Suggestion) -> dict[str, object]:
    return {name: getattr(suggestion, name) for name in Suggestion.__dataclass_fields__}


def test_order_codes_are_short_and_told_apart() -> None:
    codes = {new_order_code() for _ in range(500)}
    assert len(codes) > 490
    for code in codes:
        assert len(code) == 7
        assert not set("IO") & set(code)


async def test_answer_to_a_button_too_old_to_change_is_a_new_message(mia: Phone) -> None:
    offer = await offered(mia)
    update = mia.updates.tap(offer.buttons["Book it"], offer.message_id)
    update["callback_query"]["message"] = {
        "chat": mia.updates.chat,
        "message_id": offer.message_id,
        "date": 0,
    }
    booked = await mia.counter.take(update)
    assert [item.outgoing.method for item in booked.seen][:1] == ["sendMessage"]
