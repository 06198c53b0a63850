"""What was booked for whom: of their own people alone, and only what was not given up."""

import pytest

from storage.database import Database
from storage.records import OrderStatus, Present
from storage.work import Work
from tests.builders import NOON, order, relative, shopper

ANA, TOM = 7, 8


async def booked(
    work: Work, code: str, relative_id: int, status: OrderStatus = OrderStatus.PLACED
) -> Present:
    await work.orders.place(order(code, ANA, status=status))
    present = Present(code, ANA, relative_id, "choc", NOON)
    assert await work.presents.add(present)
    return present


async def mum_of(work: Work) -> int:
    await work.shoppers.add_many([shopper(ANA), shopper(TOM)])
    mum = await work.relatives.add(relative(shopper_id=ANA))
    assert mum is not None
    return mum


async def test_presents_come_back_to_whoever_booked_them(database: Database) -> None:
    async with database.work() as work:
        present = await booked(work, "A1-0001", await mum_of(work))
        assert await work.presents.of_shopper(ANA) == [present]
        assert await work.presents.of_shopper(TOM) == []


@pytest.mark.parametrize(
    "status", [OrderStatus.CANCELLED, OrderStatus.EXPIRED, OrderStatus.RETURNED]
)
async def test_what_was_given_up_was_given_to_nobody(
    database: Database, status: OrderStatus
) -> None:
    async with database.work() as work:
        await booked(work, "A1-0001", await mum_of(work), status)
        assert await work.presents.of_shopper(ANA) == []


async def test_nobody_books_for_the_people_of_others(database: Database) -> None:
    async with database.work() as work:
        mum = await mum_of(work)
        assert not await work.presents.add(Present("T1-0001", TOM, mum, "choc", NOON))
        assert not await work.presents.add(Present("A1-0001", ANA, mum + 1, "choc", NOON))


async def test_presents_go_with_whom_they_were_for(database: Database) -> None:
    async with database.work() as work:
        mum = await mum_of(work)
        await booked(work, "A1-0001", mum)
        await work.relatives.remove(ANA, mum)
        assert await work.presents.of_shopper(ANA) == []
