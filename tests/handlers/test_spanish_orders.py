"""An order between people of two languages: each card and each notice is in its reader's."""

import pytest

from handlers.callbacks import Action
from knowledge.concierge import Concierge
from tests.handlers.conftest import Counter, Phone, phone
from tests.handlers.shift import EVE, JON, OWNER, Shift, to


@pytest.fixture
def mia(counter: Counter) -> Phone:
    return phone(counter, 7, "Mía", "es")


@pytest.fixture
async def shift(counter: Counter, mia: Phone, concierge: Concierge) -> Shift:
    """Eve reads English; Jon and the owner read Spanish, and so does Mía, who books."""
    shift = Shift(counter, mia, concierge)
    await shift.begins(OWNER, EVE, JON)
    async with counter.database.work() as work:
        await work.shoppers.choose_language(OWNER, "es")
        await work.shoppers.choose_language(JON, "es")
        await work.commit()
    return shift


async def test_new_order_is_a_card_in_each_readers_language(shift: Shift) -> None:
    order, sent = await shift.books()
    assert to(sent, EVE).text.startswith(f"New order {order.code}: Hot Chocolate, ")
    card = to(sent, JON).text
    assert card.startswith(f"Pedido nuevo {order.code}: Hot Chocolate, 2,98")
    assert card.endswith(" Paga en la tienda.")
    assert "Kept" not in card


async def test_what_was_done_is_told_to_each_in_their_own(shift: Shift) -> None:
    order, booked = await shift.books()
    sent = await shift.taps(EVE, Action.STORE_READY, order, to(booked, EVE))
    assert to(sent, EVE).text.startswith(f"Ready, by staff. Order {order.code}: ")
    assert to(sent, JON).text.startswith(f"Listo (personal). Pedido {order.code}: Hot Chocolate, ")
    news = to(sent, shift.mia.shopper_id).text
    assert order.code in news
    assert "ready" not in news
    refused = await shift.taps(JON, Action.STORE_REFUSE, order)
    assert refused.items == []
    assert shift.counter.toasts[-1] == f"Estado del pedido {order.code}: listo."


async def test_cancelled_order_says_by_whom(shift: Shift) -> None:
    order, _ = await shift.books()
    sent = await shift.mia.taps(shift.mia.button(Action.CANCEL_YES, order.code))
    assert to(sent, JON).text == (
        f"Cancelado (cliente). Pedido {order.code}: Hot Chocolate vuelve al estante."
    )
    assert to(sent, EVE).text == (
        f"Cancelled, by the shopper. Order {order.code}: Hot Chocolate goes back on the shelf."
    )


async def test_silence_is_told_in_the_language_of_those_in_charge(shift: Shift) -> None:
    order, _ = await shift.books()
    card = to(await shift.waits(minutes=15), OWNER).text
    assert card.startswith(f"Nadie ha respondido aún al pedido {order.code} en Downtown Café: ")
    assert card.endswith(" El cliente sabe que está en espera.")


async def test_desk_and_collect_answer_in_spanish(shift: Shift) -> None:
    jon = phone(shift.counter, JON, "Jon", "es")
    assert (await jon.says("/desk")).text == "Ahora no hay pedidos pendientes."
    order, _ = await shift.books()
    listed = (await jon.says("/desk")).text.splitlines()
    assert listed[0] == "Pedidos pendientes:"
    assert listed[1].startswith(f"{order.code}: Hot Chocolate, 2,98")
    assert "until" not in listed[1]
    assert (await jon.says("/collect")).text == (
        "Campo pedido: escribe /collect y el código que muestra el cliente, como /collect K7-2291. "
        "No ha cambiado nada."
    )
    await shift.taps(EVE, Action.STORE_ASK, order)
    await shift.taps(JON, Action.STORE_ASK, order)
    assert shift.counter.toasts[-1] == "El cliente ya recibió el aviso."
