"""/desk and /collect: the open orders of a store, and handing them over."""

import pytest

from handlers.callbacks import Action
from handlers.staff import texts as staff_texts
from knowledge.concierge import Concierge
from storage.records import OrderStatus
from tests.builders import order, shopper
from tests.english import english
from tests.handlers.conftest import Counter, Phone, phone
from tests.handlers.shift import CAFE, EVE, JON, OTHER, OWNER, Shift, chats, to


@pytest.fixture
def shift(counter: Counter, mia: Phone, concierge: Concierge) -> Shift:
    return Shift(counter, mia, concierge)


async def test_desk_lists_the_stores_open_orders_and_opens_their_cards(shift: Shift) -> None:
    await shift.begins(EVE, OTHER, OWNER)
    order, booked = await shift.books()
    eve = phone(shift.counter, EVE, "Eve")
    listed = await eve.says("/desk")
    assert listed.text.splitlines() == [
        english(staff_texts.DESK),
        f"{order.code}: Hot Chocolate, $2.98 with WARM15, Downtown Café, booked until 7:00 PM",
    ]
    card = await eve.taps(listed.buttons[order.code], listed)
    assert card.message_id == listed.message_id
    assert card.text.startswith(f"Order {order.code}: Hot Chocolate, ")
    ready = to(await eve.taps(card.buttons["Ready"], card), EVE)
    changed = {item.outgoing.arguments["message_id"] for item in ready.items}
    assert changed == {card.message_id, to(booked, EVE).message_id}
    elsewhere = phone(shift.counter, OTHER, "Jo")
    assert order.code not in (await elsewhere.says("/desk")).text
    owner = await phone(shift.counter, OWNER, "Mae").says("/desk")
    assert order.code in owner.buttons


@pytest.mark.parametrize(("count", "ends_with_more"), [(10, False), (11, True)])
async def test_desk_says_when_there_are_more_than_it_lists(
    shift: Shift, count: int, *, ends_with_more: bool
) -> None:
    await shift.begins(EVE)
    waiting = [
        order(f"A{n % 10}-{n:04}", store_id=CAFE, product_id="hot-chocolate") for n in range(count)
    ]
    async with shift.counter.database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.orders.add_many(waiting)
        await work.commit()
    listed = await phone(shift.counter, EVE, "Eve").says("/desk")
    assert len(listed.buttons) == 10
    assert listed.text.endswith(english(staff_texts.DESK_MORE)) is ends_with_more


async def test_desk_without_open_orders_says_so(shift: Shift) -> None:
    await shift.begins(EVE)
    assert (await phone(shift.counter, EVE, "Eve").says("/desk")).text == english(
        staff_texts.DESK_EMPTY
    )


@pytest.mark.parametrize("is_ready", [False, True])
async def test_collect_hands_an_order_over(shift: Shift, *, is_ready: bool) -> None:
    await shift.begins(EVE, JON)
    order, booked = await shift.books()
    if is_ready:
        await shift.taps(EVE, Action.STORE_READY, order)
    typed = order.code.lower().replace("-", " ")
    sent = await phone(shift.counter, EVE, "Eve").says(f"/collect {typed}")
    assert chats(sent) == {shift.mia.shopper_id, EVE, JON}
    assert to(sent, JON).message_id == to(booked, JON).message_id
    assert {item.outgoing.method for item in to(sent, EVE).items} == {
        "sendMessage",
        "editMessageText",
    }
    assert (await shift.order()).status is OrderStatus.COLLECTED
    async with shift.counter.database.reading() as work:
        assert len(await work.purchases.of_shopper(shift.mia.shopper_id)) == 1


@pytest.mark.parametrize("given", ["", "K7", "K7-2291 please", "Z0-0000", "twice", "elsewhere"])
async def test_bad_code_names_its_field_and_changes_nothing(shift: Shift, given: str) -> None:
    await shift.begins(EVE, OTHER)
    order, _ = await shift.books()
    who = OTHER if given == "elsewhere" else EVE
    if given == "twice":
        await phone(shift.counter, EVE, "Eve").says(f"/collect {order.code}")
    before = await shift.order()
    code = order.code if given in {"twice", "elsewhere"} else given
    reply = await phone(shift.counter, who, "Eve").says(f"/collect {code}")
    assert reply.text.startswith("Field order: ")
    assert reply.text.endswith("Nothing was changed.")
    assert await shift.order() == before


async def test_sale_to_somebody_forgotten_is_nobodys_purchase(shift: Shift) -> None:
    await shift.begins(EVE)
    order, _ = await shift.books()
    await shift.mia.taps(shift.mia.button(Action.FORGET_YES))
    sent = await phone(shift.counter, EVE, "Eve").says(f"/collect {order.code}")
    assert chats(sent) == {EVE}
    async with shift.counter.database.reading() as work:
        sold = await work.orders.get(order.code)
    assert sold is not None
    assert sold.status is OrderStatus.COLLECTED
