"""Another size or number instead of what was booked, and what is brought back: everything moves together."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from knowledge.booking import Refusal
from knowledge.bringing_back import Brought, Returned, take_back
from knowledge.catalogue import Catalogue
from knowledge.changing import Changed, Wanted, alternatives, change, keep_other
from knowledge.counter import serve
from knowledge.order_rules import (
    KindLimit,
    Occasion,
    OrderAction,
    OrderLimits,
    Reason,
    Refused,
)
from storage.database import Database
from storage.records import Order, OrderStatus, Person, Purchase, Role, SignalKind, Stock
from tests.builders import NOON, coupon, order, product, shopper, store

EVE = Person(1, Role.STAFF, "cafe", NOON)
SMALL = product(
    "sock-s",
    title="Wool Socks, S",
    category="clothing",
    attributes={"size": "S"},
    price_cents=1000,
)
LARGE = replace(
    SMALL, id="sock-l", title="Wool Socks, L", attributes={"size": "L"}, price_cents=1200
)
BREAD = product("bread", category="bakery", attributes={})
LIMITS = OrderLimits(30, (KindLimit(frozenset({"bakery"}), 0),))
NOW = Occasion(NOON, ZoneInfo("Europe/Berlin"), LIMITS)
K7 = order(
    product_id="sock-s",
    price_cents=900,
    coupon_code="WARM15",
    kept_until=NOON + timedelta(hours=5),
)


@pytest.fixture(autouse=True)
async def shelf(database: Database) -> None:
    """Three small and two large pairs; coupon for small ones alone."""
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7), shopper(8)])
        await work.stores.add_many([store()])
        await work.products.add_many([SMALL, LARGE, BREAD])
        await work.stock.add_many([Stock("cafe", "sock-s", 3), Stock("cafe", "sock-l", 2)])
        await work.coupons.add_many([coupon(remaining=5, product_ids=frozenset({"sock-s"}))])
        assert await work.coupons.redeem("WARM15", 7, K7.code, NOON)
        await work.commit()


async def stands(database: Database, *orders: Order) -> Catalogue:
    async with database.work() as work:
        await work.orders.add_many(orders)
        await work.commit()
    return await Catalogue.load(database)


async def changes(database: Database, quantity: int = 1, **wanted: object) -> object:
    wish = Wanted(
        **{"code": K7.code, "shopper_id": 7, "product_id": "sock-s", "quantity": quantity} | wanted
    )  # type: ignore[arg-type]
    catalogue = await Catalogue.load(database)
    async with database.work() as work:
        done = await change(work, catalogue, wish, NOW)
        await work.commit()
    return done


async def left(database: Database) -> tuple[int, int]:
    async with database.reading() as work:
        there = await work.stock.quantities(["sock-s", "sock-l"], ["cafe"])
    return there["cafe", "sock-s"], there["cafe", "sock-l"]


async def stored(database: Database, code: str = K7.code) -> Order:
    async with database.reading() as work:
        found = await work.orders.get(code)
    assert found is not None
    return found


async def test_other_sizes_that_are_there_are_offered(database: Database) -> None:
    catalogue = await stands(database, K7)
    async with database.reading() as work:
        assert await alternatives(work, catalogue, K7) == [LARGE]
        assert await alternatives(work, catalogue, replace(K7, quantity=3)) == []


async def test_larger_size_takes_one_and_gives_the_other_back(database: Database) -> None:
    await stands(database, replace(K7, status=OrderStatus.READY))
    done = await changes(database, product_id="sock-l")
    assert isinstance(done, Changed)
    assert done.lost_coupon == "WARM15"
    after = await stored(database)
    assert (after.product_id, after.price_cents, after.coupon_code) == ("sock-l", 1200, None)
    assert after.status is OrderStatus.PLACED  # the store has to look for it anew
    assert await left(database) == (4, 1)
    async with database.reading() as work:
        assert await work.coupons.uses(7) == {}


async def test_more_pieces_keep_the_coupon(database: Database) -> None:
    await stands(database, K7)
    assert isinstance(await changes(database, 3), Changed)
    after = await stored(database)
    assert (after.quantity, after.price_cents, after.coupon_code) == (3, 850, "WARM15")
    assert await left(database) == (1, 2)
    assert isinstance(await changes(database, 1), Changed)
    assert await left(database) == (3, 2)


async def test_same_again_changes_nothing(database: Database) -> None:
    await stands(database, K7)
    done = await changes(database)
    assert isinstance(done, Changed)
    assert not done.is_new
    assert await stored(database) == K7


@pytest.mark.parametrize(
    ("wanted", "why"),
    [
        ({"quantity": 5}, Refusal.SOLD_OUT),
        ({"quantity": 6}, Refusal.GONE),
        ({"quantity": 0}, Refusal.GONE),
        ({"product_id": "bread"}, Refusal.GONE),
        ({"product_id": "none"}, Refusal.GONE),
        ({"shopper_id": 8, "product_id": "sock-l"}, None),
    ],
)
async def test_what_cannot_be_leaves_everything_as_it_is(
    database: Database, wanted: dict[str, object], why: Refusal | None
) -> None:
    await stands(database, K7)
    assert await changes(database, **wanted) is why  # type: ignore[arg-type]
    assert await stored(database) == K7
    assert await left(database) == (3, 2)


async def test_what_is_over_is_not_changed(database: Database) -> None:
    await stands(database, replace(K7, kept_until=NOON))
    assert await changes(database, product_id="sock-l") == Refused(Reason.OVER)


# What was collected


async def collected(database: Database, **changed: object) -> Catalogue:
    catalogue = await stands(database, replace(K7, status=OrderStatus.COLLECTED, **changed))  # type: ignore[arg-type]
    async with database.work() as work:
        await work.purchases.add_many([Purchase(7, "cafe", "sock-s", 1, 900, NOON)])
        await work.commit()
    return catalogue


async def brings(database: Database, catalogue: Catalogue, *, to_shelf: bool) -> object:
    async with database.work() as work:
        done = await take_back(work, catalogue, Brought(K7.code, EVE, to_shelf), NOW)
        await work.commit()
    return done


@pytest.mark.parametrize("to_shelf", [True, False])
async def test_return_undoes_the_sale_once(database: Database, to_shelf: bool) -> None:
    catalogue = await collected(database)
    done = await brings(database, catalogue, to_shelf=to_shelf)
    assert isinstance(done, Returned)
    assert done.coupon_back
    again = await brings(database, catalogue, to_shelf=to_shelf)
    assert isinstance(again, Returned)
    assert not again.is_new
    assert (await stored(database)).status is OrderStatus.RETURNED
    assert await left(database) == (4 if to_shelf else 3, 2)
    async with database.reading() as work:
        assert await work.purchases.of_shopper(7) == []
        assert [each.kind for each in await work.signals.of_shopper(7)] == [SignalKind.RETURNED]
        assert await work.coupons.uses(7) == {}


async def test_food_stays_sold(database: Database) -> None:
    catalogue = await collected(database, product_id="bread")
    why = await brings(database, catalogue, to_shelf=True)
    assert isinstance(why, Refused)
    assert why.reason is Reason.NEVER
    assert (await stored(database)).status is OrderStatus.COLLECTED


async def test_exchange_ends_when_the_other_one_is_handed_over(database: Database) -> None:
    catalogue = await collected(database)
    wish = Wanted(K7.code, 7, "sock-l", 1)
    for is_new in (True, False):  # a second tap keeps no second pair
        async with database.work() as work:
            kept = await keep_other(work, catalogue, wish, NOW, lambda: "N1-0001")
            await work.commit()
        assert isinstance(kept, Changed)
        assert kept.is_new is is_new
        assert (kept.order.price_cents, kept.order.replaces_code) == (1100, K7.code)
    assert (await stored(database)).status is OrderStatus.COLLECTED
    assert await left(database) == (3, 1)
    async with database.work() as work:
        await serve(work, EVE, "N1-0001", OrderAction.HAND_OVER, NOON)
        await work.commit()
    assert (await stored(database)).status is OrderStatus.EXCHANGED
    assert await left(database) == (4, 1)
    async with database.reading() as work:
        (bought,) = await work.purchases.of_shopper(7)
    assert (bought.product_id, bought.price_cents) == ("sock-l", 1100)


async def test_return_gives_up_what_was_kept_in_exchange(database: Database) -> None:
    catalogue = await collected(database)
    async with database.work() as work:
        wish = Wanted(K7.code, 7, "sock-l", 1)
        await keep_other(work, catalogue, wish, NOW, lambda: "N1-0001")
        await work.commit()
    await brings(database, catalogue, to_shelf=True)
    assert (await stored(database, "N1-0001")).status is OrderStatus.CANCELLED
    assert await left(database) == (4, 2)


async def test_open_order_is_not_brought_back(database: Database) -> None:
    catalogue = await stands(database, K7)
    why = await brings(database, catalogue, to_shelf=True)
    assert isinstance(why, Refused)
    assert why.reason is Reason.NOT_COLLECTED
