import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from storage.database import Database
from storage.errors import RowConflict
from storage.records import Coupon, OrderStatus
from tests.builders import NOON, coupon, order, shopper

SECOND = timedelta(seconds=1)


async def with_coupon(database: Database, *coupons: Coupon) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(each) for each in range(1, 11)])
        await work.coupons.add_many(coupons)
        await work.commit()


async def test_coupon_comes_back_whole_and_is_replaced_by_code(database: Database) -> None:
    whole = coupon(
        product_ids=frozenset({"choc", "tea"}),
        categories=frozenset({"drinks"}),
        store_ids=frozenset({"cafe"}),
        remaining=200,
        per_shopper=2,
        is_paused=True,
    )
    async with database.work() as work:
        await work.coupons.add_many([coupon()])
        await work.coupons.add_many([whole])
        assert await work.coupons.get("WARM15") == whole
        assert await work.coupons.get("none") is None


@pytest.mark.parametrize(
    ("changes", "is_valid"),
    [
        ({}, True),
        ({"remaining": 1}, True),
        ({"remaining": 0}, False),
        ({"is_paused": True}, False),
        ({"valid_from": NOON}, True),
        ({"valid_from": NOON + SECOND}, False),
        ({"valid_until": NOON}, False),
        ({"valid_until": NOON + SECOND}, True),
    ],
)
async def test_only_a_valid_coupon_is_listed_and_redeemed(
    database: Database, changes: dict[str, object], is_valid: bool
) -> None:
    await with_coupon(database, coupon(**changes))
    async with database.work() as work:
        assert bool(await work.coupons.valid_at(NOON)) is is_valid
        assert await work.coupons.redeem("WARM15", 7, "order", NOON) is is_valid


async def test_use_counts_and_lowers_the_budget(database: Database) -> None:
    await with_coupon(database, coupon(remaining=2, per_shopper=2), coupon("FREE", per_shopper=9))
    async with database.work() as work:
        assert await work.coupons.redeem("WARM15", 7, "one", NOON)
        assert await work.coupons.redeem("FREE", 7, "one", NOON)
        assert await work.coupons.redeem("FREE", 7, "two", NOON)
        assert await work.coupons.uses(7) == {"WARM15": 1, "FREE": 2}
        assert await work.coupons.get("WARM15") == coupon(remaining=1, per_shopper=2)
        assert await work.coupons.get("FREE") == coupon("FREE", per_shopper=9)


async def test_refused_use_changes_nothing(database: Database) -> None:
    await with_coupon(database, coupon(remaining=9, per_shopper=1))
    async with database.work() as work:
        assert await work.coupons.redeem("WARM15", 7, "one", NOON)
        assert not await work.coupons.redeem("WARM15", 7, "two", NOON)
        assert not await work.coupons.redeem("WARM15", 8, "one", NOON)
        assert not await work.coupons.redeem("none", 8, "two", NOON)
        assert await work.coupons.get("WARM15") == coupon(remaining=8, per_shopper=1)
        assert await work.coupons.uses(8) == {}


async def test_uses_are_counted_even_of_those_forgotten(database: Database) -> None:
    await with_coupon(database, coupon(remaining=9), coupon("FREE"))
    sold = order("A", 7, coupon_code="WARM15"), order("B", 8, coupon_code="WARM15")
    async with database.work() as work:
        await work.orders.add_many(sold)
        for each in sold:
            await work.coupons.redeem("WARM15", each.shopper_id, each.code, NOON)
        assert await work.coupons.used() == {"WARM15": 2}
        await work.shoppers.forget(7, NOON)
        assert await work.coupons.used() == {"WARM15": 2}


@pytest.mark.parametrize("is_forgotten_first", [False, True])
@pytest.mark.parametrize("end", [OrderStatus.CANCELLED, OrderStatus.EXPIRED])
async def test_budget_is_whole_again_when_an_order_of_somebody_forgotten_ends(
    database: Database, end: OrderStatus, *, is_forgotten_first: bool
) -> None:
    await with_coupon(database, coupon(remaining=3))
    async with database.work() as work:
        await work.orders.add_many([order("A", 7, coupon_code="WARM15")])
        await work.coupons.redeem("WARM15", 7, "A", NOON)
        if is_forgotten_first:
            await work.shoppers.forget(7, NOON)
        ended = await work.orders.get("A")
        assert ended is not None
        assert await work.orders.change_status("A", [OrderStatus.PLACED], end, NOON)
        assert await work.coupons.release("WARM15", ended.shopper_id, "A")
        if not is_forgotten_first:
            await work.shoppers.forget(7, NOON)
        assert await work.coupons.get("WARM15") == coupon(remaining=3)
        assert await work.coupons.used() == {}


async def test_new_coupon_replaces_none(database: Database) -> None:
    await with_coupon(database, coupon())

    async def add() -> None:
        async with database.work() as work:
            await work.coupons.add_new([coupon("NEW"), coupon(discount_percent=90)])

    with pytest.raises(RowConflict):
        await add()
    async with database.reading() as work:
        assert await work.coupons.all() == [coupon()]


async def test_no_use_is_lost_while_a_coupon_is_changed(database: Database) -> None:
    await with_coupon(database, coupon(remaining=50, per_shopper=50))

    async def redeem(number: int) -> None:
        async with database.work() as work:
            await work.coupons.redeem("WARM15", 7, str(number), NOON)
            await work.commit()

    async def change() -> None:
        async with database.work() as work:
            found = await work.coupons.for_change(["WARM15", "none"])
            await asyncio.sleep(0)
            await work.coupons.add_many([replace(found["WARM15"], title="changed")])
            await work.commit()

    await asyncio.gather(*(redeem(number) for number in range(9)), change())
    async with database.reading() as work:
        assert await work.coupons.get("WARM15") == coupon(
            title="changed", remaining=41, per_shopper=50
        )


async def test_released_use_may_be_used_again_once(database: Database) -> None:
    await with_coupon(database, coupon(remaining=1))
    async with database.work() as work:
        assert await work.coupons.redeem("WARM15", 7, "one", NOON)
        assert not await work.coupons.release("WARM15", 8, "one")
        assert await work.coupons.release("WARM15", 7, "one")
        assert not await work.coupons.release("WARM15", 7, "one")
        assert await work.coupons.get("WARM15") == coupon(remaining=1)
        assert await work.coupons.redeem("WARM15", 7, "two", NOON)


async def test_budget_holds_for_a_hundred_at_once(database: Database) -> None:
    await with_coupon(database, coupon(remaining=3, per_shopper=100))

    async def redeem(number: int) -> bool:
        async with database.work() as work:
            is_used = await work.coupons.redeem("WARM15", 1 + number % 10, str(number), NOON)
            await work.commit()
            return is_used

    assert sum(await asyncio.gather(*(redeem(each) for each in range(100)))) == 3


async def test_limit_of_a_shopper_holds_for_many_orders_at_once(database: Database) -> None:
    await with_coupon(database, coupon(remaining=50, per_shopper=2))

    async def redeem(number: int) -> bool:
        async with database.work() as work:
            is_used = await work.coupons.redeem("WARM15", 7, str(number), NOON)
            await work.commit()
            return is_used

    assert sum(await asyncio.gather(*(redeem(each) for each in range(20)))) == 2
    async with database.reading() as work:
        assert await work.coupons.get("WARM15") == coupon(remaining=48, per_shopper=2)


async def test_saved_coupons_come_in_the_order_they_were_saved(database: Database) -> None:
    await with_coupon(database, coupon("B"), coupon("A", is_paused=True))
    async with database.work() as work:
        assert await work.coupons.save(7, "B", NOON)
        assert await work.coupons.save(7, "A", NOON + SECOND)
        assert not await work.coupons.save(7, "B", NOON + 2 * SECOND)
        assert [each.code for each in await work.coupons.saved_by(7)] == ["B", "A"]
        assert await work.coupons.saved_by(8) == []


async def test_saving_an_unknown_coupon_is_a_conflict(database: Database) -> None:
    await with_coupon(database)

    async def save() -> None:
        async with database.work() as work:
            await work.coupons.save(7, "none", NOON)

    with pytest.raises(RowConflict):
        await save()
