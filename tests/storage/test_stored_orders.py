import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database import Database
from storage.errors import RowConflict
from storage.records import OrderEvent, OrderStatus
from tests.builders import NOON, order, shopper

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
async def known_shopper(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.commit()


async def test_order_comes_back_whole(database: Database) -> None:
    whole = order(coupon_code="WARM15", suggestion_id=3)
    async with database.work() as work:
        assert await work.orders.place(whole)
        assert await work.orders.get("K7-2291") == whole
        assert await work.orders.by_suggestion(3) == whole
        assert await work.orders.get("none") is None
        assert await work.orders.by_suggestion(4) is None


async def test_one_suggestion_gives_one_order_however_often_it_is_tapped(
    database: Database,
) -> None:
    async def place(number: int) -> bool:
        async with database.work() as work:
            is_new = await work.orders.place(order(f"code-{number}", suggestion_id=3))
            await work.commit()
            return is_new

    assert sum(await asyncio.gather(*(place(each) for each in range(20)))) == 1
    async with database.reading() as work:
        assert len(await work.orders.of_shopper(7)) == 1


async def test_code_drawn_twice_is_a_conflict_not_a_second_tap(database: Database) -> None:
    async def place(suggestion_id: int) -> None:
        async with database.work() as work:
            await work.orders.place(order(suggestion_id=suggestion_id))
            await work.commit()

    await place(3)
    with pytest.raises(RowConflict):
        await place(4)


async def test_orders_without_a_suggestion_do_not_exclude_each_other(database: Database) -> None:
    async with database.work() as work:
        assert await work.orders.place(order("a"))
        assert await work.orders.place(order("b"))


async def test_orders_of_a_shopper_come_newest_first(database: Database) -> None:
    async with database.work() as work:
        await work.orders.add_many([order(str(n), placed_at=NOON + n * HOUR) for n in range(4)])
        found = await work.orders.of_shopper(7, limit=3)
    assert [each.code for each in found] == ["3", "2", "1"]


async def test_status_changes_only_from_where_it_is_allowed(database: Database) -> None:
    placed, ready, collected = OrderStatus.PLACED, OrderStatus.READY, OrderStatus.COLLECTED
    later = NOON + HOUR
    async with database.work() as work:
        await work.orders.place(order())
        assert not await work.orders.change_status("K7-2291", {ready}, collected, later)
        assert await work.orders.change_status("K7-2291", {placed, ready}, collected, later)
        assert not await work.orders.change_status("none", {placed}, ready, later)
        assert await work.orders.get("K7-2291") == order(status=collected, changed_at=later)


async def test_order_is_cancelled_once_however_many_try(database: Database) -> None:
    async with database.work() as work:
        await work.orders.place(order())
        await work.commit()

    async def cancel() -> bool:
        async with database.work() as work:
            is_cancelled = await work.orders.change_status(
                "K7-2291", {OrderStatus.PLACED}, OrderStatus.CANCELLED, NOON
            )
            await work.commit()
            return is_cancelled

    assert sum(await asyncio.gather(*(cancel() for _ in range(10)))) == 1


# Kept and answered

READY, COLLECTED = OrderStatus.READY, OrderStatus.COLLECTED


async def test_times_come_back(database: Database) -> None:
    whole = order(kept_until=NOON + HOUR)
    async with database.work() as work:
        await work.orders.place(whole)
        await work.orders.asked(whole.code, NOON)
        assert await work.orders.escalate(whole.code, NOON + HOUR)
        await work.orders.answered(whole.code, NOON + 2 * HOUR)
        await work.orders.answered(whole.code, NOON + 3 * HOUR)
        assert await work.orders.get(whole.code) == replace(
            whole, asked_at=NOON, escalated_at=NOON + HOUR, answered_at=NOON + 2 * HOUR
        )


async def test_overdue_are_the_open_ones_whose_time_is_over(database: Database) -> None:
    async with database.work() as work:
        await work.orders.add_many(
            [
                order("late", kept_until=NOON, status=READY),
                order("later", kept_until=NOON - HOUR),
                order("kept", kept_until=NOON + HOUR),
                order("fetched", kept_until=NOON, status=COLLECTED),
                order("old"),
            ]
        )
        assert await work.orders.overdue(NOON, 10) == ["later", "late"]
        assert await work.orders.overdue(NOON, 1) == ["later"]
        assert not await work.orders.expire("kept", NOON)
        assert not await work.orders.expire("fetched", NOON)
        assert await work.orders.expire("late", NOON)
        assert not await work.orders.expire("late", NOON)
        late = await work.orders.get("late")
    assert late == order("late", kept_until=NOON, status=OrderStatus.EXPIRED, changed_at=NOON)


async def test_unanswered_are_those_the_store_was_asked_about(database: Database) -> None:
    asked = NOON - HOUR
    async with database.work() as work:
        await work.orders.add_many(
            [
                order("silent", asked_at=asked),
                order("just asked", asked_at=NOON),
                order("never asked"),
                order("answered", asked_at=asked, answered_at=NOON),
                order("told", asked_at=asked, escalated_at=NOON),
                order("ready", asked_at=asked, status=READY),
            ]
        )
        assert await work.orders.unanswered(asked, 10) == ["silent"]
        assert not await work.orders.escalate("ready", NOON)
        assert await work.orders.escalate("silent", NOON)
        assert not await work.orders.escalate("silent", NOON)
        assert await work.orders.unanswered(asked, 10) == []


async def test_open_orders_are_listed_by_store_oldest_first(database: Database) -> None:
    async with database.work() as work:
        await work.orders.add_many(
            [
                order("b", placed_at=NOON + HOUR),
                order("a", status=READY),
                order("elsewhere", store_id="tea"),
                order("fetched", status=COLLECTED),
            ]
        )
        assert [each.code for each in await work.orders.open("cafe", 10)] == ["a", "b"]
        assert [each.code for each in await work.orders.open(None, 2)] == ["a", "elsewhere"]


# What became of them


async def told_of(database: Database, code: str = "K7-2291") -> list[OrderEvent]:
    async with database.reading() as work:
        return list((await work.order_events.of([code]))[code])


async def test_every_change_of_an_order_is_noted_once(database: Database) -> None:
    open_ones = {OrderStatus.PLACED, OrderStatus.READY}
    async with database.work() as work:
        await work.orders.place(order(suggestion_id=3))
        await work.orders.place(order(suggestion_id=3))
        for hours, to in enumerate((OrderStatus.READY, OrderStatus.COLLECTED), 1):
            assert await work.orders.change_status("K7-2291", open_ones, to, NOON + hours * HOUR)
        late = NOON + 3 * HOUR
        assert not await work.orders.change_status("K7-2291", open_ones, OrderStatus.READY, late)
        await work.commit()
    assert await told_of(database) == [
        OrderEvent(OrderStatus.PLACED, NOON),
        OrderEvent(OrderStatus.READY, NOON + HOUR),
        OrderEvent(OrderStatus.COLLECTED, NOON + 2 * HOUR),
    ]


async def test_order_that_expires_or_was_put_in_as_it_is_has_its_story(database: Database) -> None:
    gone = order("b", status=OrderStatus.RETURNED, changed_at=NOON + HOUR)
    async with database.work() as work:
        await work.orders.add_many([order("a", kept_until=NOON), gone])
        assert await work.orders.expire("a", NOON + HOUR)
        await work.commit()
    placed = OrderEvent(OrderStatus.PLACED, NOON)
    assert await told_of(database, "a") == [placed, OrderEvent(OrderStatus.EXPIRED, NOON + HOUR)]
    assert await told_of(database, "b") == [placed, OrderEvent(OrderStatus.RETURNED, NOON + HOUR)]
    assert await told_of(database, "none") == []


async def test_goods_are_changed_only_as_they_were_known(database: Database) -> None:
    known = order(kept_until=NOON + HOUR, asked_at=NOON, answered_at=NOON)
    two = replace(known, quantity=2, changed_at=NOON + HOUR)
    three = replace(known, quantity=3, changed_at=NOON + HOUR)
    async with database.work() as work:
        await work.orders.place(known)
        assert await work.orders.change_goods(two, known, {OrderStatus.PLACED})
        assert not await work.orders.change_goods(three, known, {OrderStatus.PLACED})
        assert not await work.orders.change_goods(three, two, {OrderStatus.READY})
        after = await work.orders.lock(known.code)
        await work.commit()
    assert after == replace(two, asked_at=None, answered_at=None)
    assert [event.status for event in await told_of(database)] == [OrderStatus.PLACED] * 2


async def test_open_order_is_found_by_the_one_it_replaces(database: Database) -> None:
    async with database.work() as work:
        await work.orders.place(order("new", replaces_code="old"))
        found = await work.orders.replacing("old")
        assert found is not None
        assert found.code == "new"
        gone = {OrderStatus.PLACED}
        assert await work.orders.change_status("new", gone, OrderStatus.CANCELLED, NOON)
        assert await work.orders.replacing("old") is None
