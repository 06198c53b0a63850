from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.database import Database
from storage.records import Gate, Importance, Outcome, Reading
from storage.tables import receipts
from tests.builders import NOON, receipt, shopper

FIRST = receipt()
OTHER = replace(FIRST, coupon_code="ROLL20", product_id="roll")


@pytest.fixture(autouse=True)
async def known_shoppers(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7), shopper(8)])
        await work.commit()


async def test_every_value_comes_back_as_it_was(database: Database) -> None:
    values = (True, False, 0, 3, 0.0999, 24.0, "standing", None)
    readings = tuple(
        Reading(gate, value, value) for gate, value in zip(Gate, values, strict=False)
    )
    told = replace(FIRST, readings=readings, outcome=Outcome.HELD_OUT, version=4, campaign_id="c")
    nothing = replace(FIRST, visit_id=4, coupon_code=None, product_id=None)
    async with database.work() as work:
        await work.receipts.put_many([told, nothing])
        await work.commit()
    async with database.reading() as work:
        assert await work.receipts.latest(7, 9) == [nothing, told]
    kinds = [type(reading.value) for reading in told.readings]
    assert kinds == [type(value) for value in values]


async def test_receipt_takes_the_place_of_that_about_the_same_in_the_same_visit(
    database: Database,
) -> None:
    later = replace(FIRST, outcome=Outcome.TOLD, version=2)
    others = [OTHER, replace(FIRST, visit_id=4), replace(FIRST, shopper_id=8)]
    async with database.work() as work:
        await work.receipts.put_many([FIRST, *others])
        await work.receipts.put_many([later])
        kept = await work.receipts.of_visits(7, [3])
        assert sorted(kept, key=lambda each: each.version) == [OTHER, later]
        assert await work.receipts.of_visits(7, []) == []
        assert await work.receipts.of_visits(8, [3, 4]) == [others[2]]


async def test_latest_visit_speaks_about_a_coupon(database: Database) -> None:
    later = replace(FIRST, visit_id=4, store_id="bakery")
    async with database.work() as work:
        await work.receipts.put_many([later, FIRST, replace(OTHER, visit_id=5)])
        assert await work.receipts.about(7, "WARM15") == later
        assert await work.receipts.of_nudge(7, 3, "WARM15") == FIRST
        assert await work.receipts.about(7, "NONE10") is None
        assert await work.receipts.about(8, "WARM15") is None


async def test_old_receipts_are_deleted(database: Database) -> None:
    today = NOON.date()
    async with database.work() as work:
        fresh = replace(FIRST, visit_id=4, decided_on=today + timedelta(days=1))
        await work.receipts.put_many([FIRST, fresh])
        assert await work.receipts.delete_before(today + timedelta(days=1)) == 1
        assert await work.receipts.latest(7, 9) == [fresh]


async def test_what_was_weighed_cannot_be_read_without_the_key(database: Database) -> None:
    async with database.work() as work:
        await work.receipts.put_many([FIRST])
        (row,) = await work._connection.execute(select(receipts))
    cells = " ".join(map(str, row))
    assert not [each for each in ("WARM15", "choc", "consent", "per day") if each in cells]


async def test_stores_of_receipts_come_with_what_the_weightiest_is_worth(
    database: Database,
) -> None:
    new = [
        replace(FIRST, importance=Importance.RELEVANT),
        OTHER,
        replace(FIRST, visit_id=4, store_id="bakery"),
        replace(FIRST, shopper_id=8, store_id="tea"),
    ]
    async with database.work() as work:
        await work.receipts.put_many(new)
        assert await work.receipts.stores_of(7) == {
            "bakery": Importance.FILLER,
            "cafe": Importance.RELEVANT,
        }
        assert await work.receipts.delete_of_stores(7, ["cafe", "tea"]) == 2
        assert await work.receipts.latest(7, 9) == [new[2]]
        assert await work.receipts.latest(8, 9) == [new[3]]
