import asyncio
from datetime import timedelta

import pytest

from storage.database import Database
from storage.errors import RowConflict
from storage.records import OrderStatus
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
