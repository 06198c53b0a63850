"""An order on its way through the store: booked, ready or not, collected; and who hears of it."""

from datetime import timedelta

import pytest

from handlers import texts
from handlers.callbacks import Action
from handlers.staff import texts as staff_texts
from knowledge.concierge import Concierge
from storage.records import OrderStatus, SignalKind
from tests.english import english
from tests.handlers.conftest import Counter, Phone, phone
from tests.handlers.shift import ADMIN, EVE, JON, OTHER, OWNER, Shift, chats, to


@pytest.fixture
def shift(counter: Counter, mia: Phone, concierge: Concierge) -> Shift:
    return Shift(counter, mia, concierge)


# Booking


async def test_staff_of_the_store_get_a_card_at_once(shift: Shift) -> None:
    await shift.begins(OWNER, EVE, JON, OTHER)
    order, sent = await shift.books()
    assert chats(sent) == {shift.mia.shopper_id, EVE, JON}
    card = to(sent, EVE)
    assert card.text.startswith(f"New order {order.code}: ")
    assert card.text.endswith("Pays in store.")
    assert "Kept until " in card.text
    assert "Mia" not in card.text
    assert list(card.buttons) == ["Ready", "Can't do", "Call back"]
    assert to(sent, shift.mia.shopper_id).text.endswith(english(texts.STORE_TOLD))
    assert order.asked_at == shift.counter.clock()


async def test_without_staff_those_in_charge_get_the_card(shift: Shift) -> None:
    await shift.begins(OWNER, ADMIN, OTHER)
    order, sent = await shift.books()
    assert chats(sent) == {shift.mia.shopper_id, OWNER, ADMIN}
    assert f"New order {order.code} at Downtown Café: " in to(sent, OWNER).text


@pytest.mark.parametrize("why", ["nobody", "stopped", "unreachable"])
async def test_nobody_to_tell_is_not_claimed(shift: Shift, why: str) -> None:
    if why != "nobody":
        await shift.begins(EVE)
        async with shift.counter.database.work() as work:
            if why == "stopped":
                await work.shoppers.stop(EVE, shift.counter.clock())
            else:
                await work.shoppers.mark_unreachable(EVE)
            await work.commit()
    order, sent = await shift.books()
    assert chats(sent) == {shift.mia.shopper_id}
    assert english(texts.STORE_TOLD) not in sent.text
    assert order.asked_at is None


async def test_booking_again_tells_the_store_nothing(shift: Shift) -> None:
    await shift.begins(EVE)
    button = await shift.offer()
    await shift.mia.taps(button)
    again = await shift.mia.taps(button)
    assert chats(again) == {shift.mia.shopper_id}
    assert again.text.startswith("You booked that already.")
    assert again.text.endswith(english(texts.STORE_TOLD))


# At the counter


async def test_ready_is_told_to_the_shopper_and_on_every_card(shift: Shift) -> None:
    await shift.begins(EVE, JON)
    order, booked = await shift.books()
    card, others = to(booked, EVE), to(booked, JON)
    sent = await shift.taps(EVE, Action.STORE_READY, order, card)
    news = to(sent, shift.mia.shopper_id)
    assert news.text.startswith(f"Order {order.code} is ready at Downtown Café until ")
    assert news.bold == [order.code, "Downtown Café"]
    assert list(news.buttons) == ["Show code", "Directions", "Cancel", "Change"]
    for who, before in ((EVE, card), (JON, others)):
        after = to(sent, who)
        assert after.message_id == before.message_id
        assert after.text.startswith(f"Ready, by staff. Order {order.code}: ")
        assert list(after.buttons) == ["Collected", "Call back"]
    after_all = await shift.order()
    assert after_all.status is OrderStatus.READY
    assert after_all.answered_at == shift.counter.clock()


async def test_refused_order_gives_stock_and_coupon_back_and_a_way_on(shift: Shift) -> None:
    await shift.begins(EVE)
    order, booked = await shift.books()
    assert order.coupon_code is not None
    left = await shift.left(order)
    sent = await shift.taps(EVE, Action.STORE_REFUSE, order, to(booked, EVE))
    news = to(sent, shift.mia.shopper_id)
    assert f"You can use {order.coupon_code} again." in news.text
    assert list(news.buttons) == ["Something else"]
    assert to(sent, EVE).text.startswith("Cancelled, by staff.")
    assert to(sent, EVE).buttons == {}
    assert (await shift.order()).status is OrderStatus.CANCELLED
    assert await shift.left(order) == left + 1
    async with shift.counter.database.reading() as work:
        assert await work.coupons.uses(shift.mia.shopper_id) == {}


async def test_something_else_is_looked_for_elsewhere(shift: Shift) -> None:
    await shift.begins(EVE)
    order, _ = await shift.books()
    news = to(await shift.taps(EVE, Action.STORE_REFUSE, order), shift.mia.shopper_id)
    reply = await shift.mia.taps(news.buttons["Something else"], news)
    offered = [line for line in reply.text.splitlines() if ". Hot Chocolate, " in line]
    assert offered
    assert [line for line in offered if "Downtown Café" in line] == []
    async with shift.counter.database.reading() as work:
        assert await work.signals.of_shopper(shift.mia.shopper_id) == []


async def test_call_back_brings_the_shopper_to_the_counter_once(shift: Shift) -> None:
    await shift.begins(EVE, JON)
    order, booked = await shift.books()
    sent = await shift.taps(EVE, Action.STORE_ASK, order, to(booked, EVE))
    assert chats(sent) == {shift.mia.shopper_id, EVE}
    news = to(sent, shift.mia.shopper_id)
    assert news.text.startswith(f"Downtown Café has a question about order {order.code}, ")
    assert list(news.buttons) == ["Show code", "Directions", "Cancel", "Change"]
    assert to(sent, EVE).text.endswith(english(staff_texts.ASKED))
    assert list(to(sent, EVE).buttons) == ["Ready", "Can't do"]
    assert (await shift.order()).answered_at is not None
    assert (await shift.taps(JON, Action.STORE_ASK, order)).items == []
    assert shift.counter.toasts[-1] == english(staff_texts.ASKED_BEFORE)


async def test_call_back_to_nobody_is_no_answer(shift: Shift) -> None:
    await shift.begins(EVE)
    order, _ = await shift.books()
    await shift.mia.says("/stop")
    assert (await shift.taps(EVE, Action.STORE_ASK, order)).items == []
    assert shift.counter.toasts[-1] == english(staff_texts.NOT_TOLD)
    assert (await shift.order()).answered_at is None


async def test_collected_order_is_a_purchase_and_a_signal_once(shift: Shift) -> None:
    await shift.begins(EVE)
    order, booked = await shift.books()
    await shift.taps(EVE, Action.STORE_READY, order, to(booked, EVE))
    sent = await shift.taps(EVE, Action.STORE_HAND_OVER, order, to(booked, EVE))
    assert to(sent, shift.mia.shopper_id).text.startswith("Thank you for coming to Downtown Café.")
    again = await shift.taps(EVE, Action.STORE_HAND_OVER, order, to(booked, EVE))
    assert again.items == []
    async with shift.counter.database.reading() as work:
        (bought,) = await work.purchases.of_shopper(shift.mia.shopper_id)
        signals = await work.signals.of_shopper(shift.mia.shopper_id)
    assert (bought.product_id, bought.price_cents) == (order.product_id, order.price_cents)
    done = [SignalKind.PURCHASE, SignalKind.COUPON_USED, SignalKind.BOOK]
    assert [signal.kind for signal in signals] == done


LATE = {
    "second tap": (Action.STORE_READY, "ready"),
    "a colleague was quicker": (Action.STORE_REFUSE, "ready"),
}


@pytest.mark.parametrize("case", LATE)
async def test_second_of_two_taps_changes_nothing(shift: Shift, case: str) -> None:
    action, status = LATE[case]
    await shift.begins(EVE, JON)
    order, _ = await shift.books()
    await shift.taps(EVE, Action.STORE_READY, order)
    before = await shift.order()
    sent = await shift.taps(JON, action, order)
    assert sent.items == []
    assert shift.counter.toasts[-1] == f"Order {order.code} is {status}."
    assert await shift.order() == before


async def test_order_past_its_time_is_not_made_ready(shift: Shift) -> None:
    await shift.begins(EVE)
    order, _ = await shift.books()
    assert order.kept_until is not None
    shift.counter.clock.at = order.kept_until + timedelta(seconds=1)
    sent = await shift.taps(EVE, Action.STORE_READY, order)
    assert sent.items == []
    assert shift.counter.toasts[-1] == english(staff_texts.OVER)
    assert (await shift.order()).status is OrderStatus.PLACED


async def test_staff_of_another_store_does_not_find_the_order(shift: Shift) -> None:
    await shift.begins(EVE, OTHER)
    order, _ = await shift.books()
    sent = await shift.taps(OTHER, Action.STORE_READY, order)
    assert sent.items == []
    assert shift.counter.toasts[-1] == english(staff_texts.NOT_YOURS)
    assert (await shift.order()).status is OrderStatus.PLACED


async def test_removed_person_is_told_that_the_button_no_longer_works(shift: Shift) -> None:
    await shift.begins(EVE)
    order, _ = await shift.books()
    async with shift.counter.database.work() as work:
        await work.people.revoke(EVE)
        await work.commit()
    sent = await shift.taps(EVE, Action.STORE_READY, order)
    assert sent.items == []
    assert shift.counter.toasts[-1] == english(texts.BUTTON_UNKNOWN)


async def test_cancelling_is_shown_on_the_cards_once(shift: Shift) -> None:
    await shift.begins(EVE)
    order, booked = await shift.books()
    yes = shift.mia.button(Action.CANCEL_YES, order.code)
    sent = await shift.mia.taps(yes)
    card = to(sent, EVE)
    assert card.message_id == to(booked, EVE).message_id
    assert card.text.startswith(f"Cancelled, by the shopper. Order {order.code}")
    assert card.buttons == {}
    assert chats(await shift.mia.taps(yes)) == {shift.mia.shopper_id}


async def test_shopper_who_wants_no_messages_gets_none(shift: Shift) -> None:
    await shift.begins(EVE)
    order, booked = await shift.books()
    await shift.mia.says("/stop")
    sent = await shift.taps(EVE, Action.STORE_READY, order, to(booked, EVE))
    assert chats(sent) == {EVE}
    assert sent.text.endswith(english(staff_texts.NOT_TOLD))
    assert (await shift.order()).status is OrderStatus.READY


async def test_card_on_its_way_is_followed_by_its_change(shift: Shift) -> None:
    """A card that was not delivered yet has no message to edit."""
    await shift.begins(EVE, JON)
    tap = shift.mia.updates.tap(await shift.offer(), 1)
    await shift.counter.handle(await shift.counter.store(tap))
    order = await shift.order()
    eve = phone(shift.counter, EVE, "Eve")
    ready = eve.updates.tap(eve.button(Action.STORE_READY, order.code), 1, "…")
    await shift.counter.handle(await shift.counter.store(ready))
    sent = to(await shift.counter.deliver(), JON)
    assert sent.methods == ["sendMessage", "sendMessage"]
    assert [item.outgoing.arguments["text"].split(":")[0] for item in sent.items] == [
        f"New order {order.code}",
        f"Ready, by staff. Order {order.code}",
    ]
