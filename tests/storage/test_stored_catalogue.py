import asyncio
from datetime import date, time

import pytest

from storage import stores as reading
from storage.database import Database
from storage.errors import IdTooLong, RowConflict
from storage.records import OpeningHours, Policy, SpecialDay, Stock
from tests.builders import product, store


async def test_stores_come_back_with_their_hours(database: Database) -> None:
    night = store("bar", hours=(OpeningHours(5, time(22), time(2)),))
    async with database.work() as work:
        await work.stores.add_many([store("cafe"), night, store("kiosk", hours=())])
        assert await work.stores.all() == [night, store("cafe"), store("kiosk", hours=())]
        assert await work.stores.get("bar") == night
        assert await work.stores.get("none") is None


@pytest.mark.parametrize("count", [0, 1, 3, 4, 6, 7])
async def test_stores_come_back_whole_though_read_some_at_a_time(
    database: Database, monkeypatch: pytest.MonkeyPatch, count: int
) -> None:
    monkeypatch.setattr(reading, "_AT_ONCE", 3)
    ids = ["Z 1", "a-2", "é", "b", "B", "_", "0"][:count]
    feast = (SpecialDay(date(2026, 12, 25), "Christmas Day"),)
    async with database.work() as work:
        await work.stores.add_many([store(each, special_days=feast) for each in ids])
        found = await work.stores.all()
    assert sorted(each.id for each in found) == sorted(ids)
    assert [store(each.id, special_days=feast) for each in found] == found


async def test_adding_a_store_again_replaces_it_and_its_hours(database: Database) -> None:
    changed = store("cafe", name="Uptown Café", hours=(OpeningHours(0, time(9), time(10)),))
    async with database.work() as work:
        await work.stores.add_many([store("cafe")])
        await work.stores.add_many([changed])
        assert await work.stores.all() == [changed]


async def test_special_days_come_back_with_their_store_and_go_with_it(database: Database) -> None:
    christmas = SpecialDay(date(2026, 12, 25), "Christmas Day")
    eve = SpecialDay(
        date(2026, 12, 24), "Christmas Eve", ((time(9), time(12, 30)), (time(22), time(1)))
    )
    cafe = store("cafe", special_days=(eve, christmas))
    async with database.work() as work:
        await work.stores.add_many([cafe, store("kiosk")])
        assert await work.stores.all() == [cafe, store("kiosk")]
        assert await work.stores.get("cafe") == cafe
        await work.stores.add_many([store("cafe")])
        assert await work.stores.get("cafe") == store("cafe")


@pytest.mark.parametrize("store_id", ["x" * 41, "é" * 21])
async def test_store_id_that_fits_no_button_is_refused_by_name(
    database: Database, store_id: str
) -> None:
    async with database.work() as work:
        with pytest.raises(
            IdTooLong, match=f"{store_id}.* has 4[12] bytes. Give it .* at most 40"
        ):
            await work.stores.add_many([store("cafe"), store(store_id)])
        assert await work.stores.all() == []


async def test_products_come_back_whole(database: Database) -> None:
    plain = product("tea", brand=None, attributes={}, sustainability=frozenset(), tags=())
    async with database.work() as work:
        await work.products.add_many([product("choc"), plain])
        assert await work.products.all() == [product("choc"), plain]
        assert await work.products.get("tea") == plain
        assert await work.products.get("none") is None


async def test_product_is_found_by_its_article_number(database: Database) -> None:
    numbered = [product(each, gtin="2000000000008") for each in ("mug", "bowl")]
    async with database.work() as work:
        await work.products.add_many([*numbered, product("tea")])
        assert await work.products.with_number("2000000000008") == numbered[1]
        assert await work.products.with_number("2000000000015") is None


async def test_many_products_keep_the_order_asked_for(database: Database) -> None:
    async with database.work() as work:
        await work.products.add_many([product("a"), product("b"), product("c")])
        found = await work.products.get_many(["c", "none", "a"])
        assert list(found) == ["c", "a"]
        assert await work.products.get_many([]) == {}


async def test_catalogue_version_changes_with_every_write(database: Database) -> None:
    async with database.work() as work:
        versions = [await work.products.version()]
        for each in (product("a"), product("b"), product("a", price_cents=1)):
            await work.products.add_many([each])
            versions.append(await work.products.version())
        await work.products.add_many([])
        assert await work.products.version() == versions[-1]
    assert len(set(versions)) == 4


async def test_stock_is_read_for_the_pairs_asked_for(database: Database) -> None:
    async with database.work() as work:
        await work.stores.add_many([store("s1"), store("s2")])
        await work.products.add_many([product("a"), product("b")])
        await work.stock.add_many([Stock("s1", "a", 3), Stock("s2", "a", 0), Stock("s2", "b", 9)])
        await work.stock.add_many([Stock("s1", "a", 4)])
        assert await work.stock.quantities(["a"], ["s1", "s2"]) == {("s1", "a"): 4, ("s2", "a"): 0}
        assert await work.stock.quantities([], ["s1"]) == {}
        assert await work.stock.quantities(["a"], []) == {}


async def test_what_stores_keep_is_what_is_on_their_shelves(database: Database) -> None:
    async with database.work() as work:
        await work.stores.add_many([store("s1"), store("s2")])
        await work.products.add_many([product("a"), product("b")])
        await work.stock.add_many([Stock("s1", "a", 3), Stock("s1", "b", 0), Stock("s2", "b", 1)])
        assert await work.stock.kept_at(["s1"]) == {"a"}
        assert await work.stock.kept_at(["s1", "s2"]) == {"a", "b"}
        assert await work.stock.kept_at([]) == frozenset()


async def test_stock_never_falls_below_nothing(database: Database) -> None:
    async with database.work() as work:
        await work.stores.add_many([store("s1")])
        await work.products.add_many([product("a")])
        await work.stock.add_many([Stock("s1", "a", 3)])
        assert await work.stock.take("s1", "a", 2)
        assert not await work.stock.take("s1", "a", 2)
        assert not await work.stock.take("s1", "none")
        assert await work.stock.give_back("s1", "a", 2)
        assert not await work.stock.give_back("s1", "none")
        assert await work.stock.quantities(["a"], ["s1"]) == {("s1", "a"): 3}


async def test_a_quantity_below_one_is_refused(database: Database) -> None:
    async with database.work() as work:
        with pytest.raises(ValueError, match="at least 1"):
            await work.stock.take("s1", "a", -1)


async def test_last_five_pieces_go_to_exactly_five_of_a_hundred(database: Database) -> None:
    async with database.work() as work:
        await work.stores.add_many([store("s1")])
        await work.products.add_many([product("a")])
        await work.stock.add_many([Stock("s1", "a", 5)])
        await work.commit()

    async def take_one() -> bool:
        async with database.work() as work:
            has_it = await work.stock.take("s1", "a")
            await work.commit()
            return has_it

    taken = await asyncio.gather(*(take_one() for _ in range(100)))
    assert sum(taken) == 5
    async with database.reading() as work:
        assert await work.stock.quantities(["a"], ["s1"]) == {("s1", "a"): 0}


async def test_stock_of_an_unknown_product_is_a_conflict(database: Database) -> None:
    async def add() -> None:
        async with database.work() as work:
            await work.stock.add_many([Stock("none", "none", 1)])
            await work.commit()

    with pytest.raises(RowConflict):
        await add()


async def test_later_version_of_a_policy_stands_beside_the_earlier(database: Database) -> None:
    old = Policy("returns", "Returns", "# Returns\n30 days.", date(2026, 1, 1), date(2026, 5, 31))
    new = Policy("returns", "Returns", "# Returns\n14 days.", date(2026, 6, 1))
    other = Policy("delivery", "Delivery", "# Delivery\n3 miles.", date(2026, 2, 1))
    async with database.work() as work:
        await work.policies.add_many([new, old, other])
        assert await work.policies.all() == [other, old, new]
        assert await work.policies.versions("returns") == [old, new]
        assert await work.policies.versions("none") == []


async def test_version_of_the_same_day_is_replaced(database: Database) -> None:
    old = Policy("returns", "Returns", "# Returns\n30 days.", date(2026, 1, 1))
    new = Policy("returns", "Returns", "# Returns\n14 days.", date(2026, 1, 1))
    async with database.work() as work:
        await work.policies.add_many([old])
        await work.policies.add_many([new])
        assert await work.policies.all() == [new]
