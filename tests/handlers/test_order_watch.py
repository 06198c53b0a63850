"""What happens to orders by the clock alone."""

from datetime import timedelta

import pytest

from handlers import texts
from handlers.callbacks import Action
from handlers.staff import texts as staff_texts
from knowledge.concierge import Concierge
from storage.records import OrderStatus
from storage.work import Work
from tests.english import english
from tests.handlers.conftest import Counter, Phone
from tests.handlers.shift import ADMIN, EVE, JON, OTHER, OWNER, Shift, chats, to


@pytest.fixture
def shift(counter: Counter, mia: Phone, concierge: Concierge) -> Shift:
    return Shift(counter, mia, concierge)


async def test_silence_is_told_to_those_in_charge_and_the_shopper_once(shift: Shift) -> None:
    await shift.begins(OWNER, ADMIN, EVE, OTHER)
    order, _ = await shift.books()
    mia = shift.mia.shopper_id
    assert (await shift.waits(minutes=14)).items == []
    sent = await shift.waits(minutes=1)
    assert chats(sent) == {mia, OWNER, ADMIN}
    card = to(sent, OWNER)
    assert card.text.startswith(f"Nobody answered order {order.code} at Downtown Café yet: ")
    assert list(card.buttons) == ["Ready", "Can't do", "Call back"]
    assert to(sent, mia).text == (
        f"Downtown Café hasn't confirmed order {order.code} yet. It's kept until 7:00 PM. "
        "I've told the people who run the shop."
    )
    assert list(to(sent, mia).buttons) == ["Show code", "Directions", "Cancel", "Change"]
    assert (await shift.waits(minutes=15)).items == []


async def test_those_in_charge_hear_whether_the_shopper_knows(shift: Shift) -> None:
    await shift.begins(OWNER, EVE)
    await shift.books()
    await shift.mia.says("/stop")
    sent = await shift.waits(minutes=15)
    assert chats(sent) == {OWNER}
    assert sent.text.endswith(f"Kept until 7:00 PM. {english(staff_texts.NOT_TOLD)}")


async def test_both_cards_in_one_chat_follow(shift: Shift) -> None:
    await shift.begins(OWNER)
    order, booked = await shift.books()
    late = await shift.waits(minutes=15)
    sent = to(await shift.taps(OWNER, Action.STORE_READY, order, to(late, OWNER)), OWNER)
    changed = {item.outgoing.arguments["message_id"] for item in sent.items}
    assert changed == {to(booked, OWNER).message_id, to(late, OWNER).message_id}


async def test_nobody_in_charge_is_not_claimed(shift: Shift) -> None:
    await shift.begins(EVE)
    await shift.books()
    sent = await shift.waits(minutes=15)
    assert chats(sent) == {shift.mia.shopper_id}
    assert sent.text.endswith("It's kept until 7:00 PM.")


ANSWERS = (Action.STORE_READY, Action.STORE_REFUSE, Action.STORE_HAND_OVER, Action.STORE_ASK)


@pytest.mark.parametrize("deed", ANSWERS)
async def test_answered_order_is_not_told_on(shift: Shift, deed: Action) -> None:
    await shift.begins(OWNER, EVE)
    order, _ = await shift.books()
    await shift.taps(EVE, deed, order)
    assert (await shift.waits(minutes=15)).items == []


async def test_owner_may_answer_and_every_card_follows(shift: Shift) -> None:
    await shift.begins(OWNER, ADMIN, EVE)
    order, booked = await shift.books()
    told = await shift.waits(minutes=15)
    sent = await shift.taps(OWNER, Action.STORE_READY, order, to(told, OWNER))
    assert chats(sent) == {shift.mia.shopper_id, OWNER, ADMIN, EVE}
    assert to(sent, EVE).message_id == to(booked, EVE).message_id
    assert to(sent, ADMIN).message_id == to(told, ADMIN).message_id
    assert to(sent, EVE).text.startswith("Ready, by the owner.")


@pytest.mark.parametrize("is_ready", [False, True])
async def test_order_not_collected_goes_back_on_the_shelf_once(
    shift: Shift, *, is_ready: bool
) -> None:
    await shift.begins(EVE, JON)
    order, _ = await shift.books()
    assert order.kept_until is not None
    if is_ready:
        await shift.taps(EVE, Action.STORE_READY, order)
    left = await shift.left(order)
    shift.counter.clock.at = order.kept_until - timedelta(seconds=1)
    await shift.waits()
    assert (await shift.order()).status is not OrderStatus.EXPIRED
    sent = await shift.waits(seconds=1)
    mia = shift.mia.shopper_id
    assert chats(sent) == {mia, EVE, JON}
    assert to(sent, mia).text == (
        f"Order {order.code}, Hot Chocolate, wasn't collected in time, so it went back on the shelf. "
        "Nothing to pay."
    )
    assert to(sent, EVE).text.startswith(f"Not collected in time. Order {order.code}")
    assert to(sent, EVE).buttons == {}
    assert (await shift.order()).status is OrderStatus.EXPIRED
    assert await shift.left(order) == left + 1
    async with shift.counter.database.reading() as work:
        assert await work.coupons.uses(mia) == {}
        assert await work.purchases.of_shopper(mia) == []
        assert await work.signals.of_shopper(mia) == []
    assert (await shift.waits(hours=1)).items == []
    assert await shift.left(order) == left + 1


async def test_clock_moved_past_closing_ends_an_order_without_telling_on_it(shift: Shift) -> None:
    await shift.begins(OWNER, EVE)
    await shift.books()
    sent = await shift.waits(hours=30)
    assert "wasn't collected in time" in to(sent, shift.mia.shopper_id).text
    assert (await shift.order()).escalated_at is None


async def test_where_nobody_looked_it_may_have_been_collected(shift: Shift) -> None:
    order, _ = await shift.books()
    sent = await shift.waits(hours=30)
    assert sent.text.startswith(f"Order {order.code}, Hot Chocolate, was kept until ")
    assert "If you haven't collected it, it's back on the shelf." in sent.text


@pytest.mark.parametrize("minutes", [15, 30 * 60])
async def test_tick_that_dies_before_its_commit_leaves_everything_to_the_next(
    shift: Shift, monkeypatch: pytest.MonkeyPatch, minutes: int
) -> None:
    await shift.begins(OWNER, EVE)
    order, _ = await shift.books()
    before, left = await shift.order(), await shift.left(order)

    async def die(work: Work) -> None:
        raise KeyboardInterrupt

    shift.counter.clock.pass_by(minutes=minutes)
    with monkeypatch.context() as patch:
        patch.setattr(Work, "commit", die)
        with pytest.raises(KeyboardInterrupt):
            await shift.watch().tick()
    assert (await shift.order(), await shift.left(order)) == (before, left)
    assert (await shift.counter.deliver()).items == []
    assert shift.mia.shopper_id in chats(await shift.waits())
    assert (await shift.waits()).items == []


async def test_late_answer_to_an_order_that_is_over_is_polite(shift: Shift) -> None:
    await shift.begins(EVE)
    order, _ = await shift.books()
    await shift.waits(hours=30)
    sent = await shift.taps(EVE, Action.STORE_READY, order)
    assert sent.items == []
    told = english(texts.STATUS_WORDS[OrderStatus.EXPIRED])
    assert shift.counter.toasts[-1] == f"Order {order.code} is {told}."
