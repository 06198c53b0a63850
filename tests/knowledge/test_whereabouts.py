"""Where things can be had, over the sample town: opening hours, stock and distance as they are there."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from knowledge.catalogue import Catalogue
from knowledge.constraints import Constraints, When
from knowledge.context import Question
from knowledge.rules import ReplyRules
from knowledge.whereabouts import Surroundings, Whereabouts
from storage.database import Database
from storage.records import Stock
from tests.builders import shopper
from tests.sample_town import MORNING, NIGHT, ZONE, near

CAFE, DINER, ALWAYS = "downtown-cafe", "lantern-diner", "anchor-corner-shop"
EVENING = datetime(2026, 11, 20, 18, 50, tzinfo=ZONE)


async def look(
    town: Database,
    *product_ids: str,
    at: datetime = MORNING,
    door: str = CAFE,
    **limits: object,
) -> Whereabouts:
    catalogue = await Catalogue.load(town)
    around = Surroundings(town, catalogue, ReplyRules())
    question = Question(shopper(), "", at, await near(town, door, at))
    products = [catalogue.products[key] for key in product_ids]
    return await around.look_for(products, replace(Constraints(), **limits), question)  # type: ignore[arg-type]


async def put(town: Database, product_id: str, pieces: dict[str, int]) -> None:
    """Make these the only places where a product stands or stood."""
    async with town.work() as work:
        stores = [each.id for each in await work.stores.all()]
        known = await work.stock.quantities([product_id], stores)
        gone = [Stock(store_id, product_id, 0) for store_id, _ in known]
        await work.stock.add_many(gone)
        await work.stock.add_many([Stock(key, product_id, n) for key, n in pieces.items()])
        await work.commit()


async def test_nearest_open_store_that_has_it_is_found(town: Database) -> None:
    found = await look(town, "hot-chocolate", "espresso")
    assert {place.product_id for place in found.open} == {"hot-chocolate", "espresso"}
    assert found.open[0].store_id == CAFE


async def test_store_that_is_about_to_close_gives_way_to_another(town: Database) -> None:
    await put(town, "hot-chocolate", {CAFE: 5, DINER: 5})
    found = await look(town, "hot-chocolate", at=EVENING)
    assert [place.store_id for place in found.open] == [DINER]
    await put(town, "hot-chocolate", {CAFE: 5})
    (place,) = (await look(town, "hot-chocolate", at=EVENING)).open
    assert place.arrival.closes_at == EVENING.replace(hour=19, minute=0)


async def test_closed_stores_are_told_apart(town: Database) -> None:
    await put(town, "hot-chocolate", {CAFE: 5})
    found = await look(town, "hot-chocolate", at=NIGHT)
    assert (found.open, [place.store_id for place in found.closed]) == ((), [CAFE])


async def test_store_that_was_asked_for_is_kept_to(town: Database) -> None:
    await put(town, "hot-chocolate", {CAFE: 5, DINER: 5})
    found = await look(town, "hot-chocolate", store="The Lantern Diner")
    assert ([place.store_id for place in found.open], found.missed) == ([DINER], None)


async def test_store_that_is_out_of_it_is_told_beside_another(town: Database) -> None:
    await put(town, "hot-chocolate", {CAFE: 0, DINER: 5})
    found = await look(town, "hot-chocolate", store="Downtown Café")
    assert [place.store_id for place in found.open] == [DINER]
    assert found.missed is not None
    assert (found.missed.store.id, found.missed.opens_at) == (CAFE, None)


async def test_closed_store_that_was_asked_for_says_when_it_opens(town: Database) -> None:
    await put(town, "hot-chocolate", {CAFE: 5, ALWAYS: 5})
    found = await look(town, "hot-chocolate", store="Downtown Café", at=NIGHT)
    assert [place.store_id for place in found.open] == [ALWAYS]
    assert found.missed is not None
    assert found.missed.opens_at == NIGHT.astimezone(ZONE).replace(hour=7, minute=0)


async def test_what_nobody_has_left_is_sold_out(town: Database) -> None:
    await put(town, "hot-chocolate", {})
    found = await look(town, "hot-chocolate")
    assert (found.open, found.closed, found.sold_out) == ((), (), ("hot-chocolate",))


async def test_what_is_beyond_a_walk_is_found_when_nothing_is_near(town: Database) -> None:
    await put(town, "hot-chocolate", {"harvest-market": 5})
    found = await look(town, "hot-chocolate", door="keepers-cottage-gifts")
    assert (found.open, [place.store_id for place in found.far]) == ((), ["harvest-market"])


async def test_tomorrow_looks_at_tomorrows_hours(town: Database) -> None:
    await put(town, "hot-chocolate", {CAFE: 5})
    tomorrow = When(days_ahead=1, after=time(9))
    (place,) = (await look(town, "hot-chocolate", at=NIGHT, when=tomorrow)).open
    opens = NIGHT.astimezone(ZONE).replace(hour=7, minute=0) + timedelta(days=1)
    assert place.arrival.hours is not None
    assert place.arrival.hours.opens == opens


async def test_tonight_may_be_bought_right_away(town: Database) -> None:
    await put(town, "hot-chocolate", {CAFE: 5})
    tonight = When(days_ahead=0, after=time(20))
    found = await look(town, "hot-chocolate", when=tonight)
    assert [place.store_id for place in found.open] == [CAFE]
    assert found.is_sooner


async def test_store_that_opens_later_that_day_is_open_on_it(town: Database) -> None:
    await put(town, "hot-chocolate", {"saffron-kitchen": 5})  # closed on Mondays
    monday = await look(town, "hot-chocolate", when=When(weekdays=(0,)))
    assert (monday.open, len(monday.closed)) == ((), 1)
    tuesday = await look(town, "hot-chocolate", when=When(weekdays=(1,), after=time(15)))
    (place,) = tuesday.open
    assert place.arrival.at.astimezone(ZONE).hour == 17
    assert not tuesday.is_sooner


async def test_street_that_is_named_is_kept_to(town: Database) -> None:
    await put(town, "hot-chocolate", {CAFE: 5, "pilot-house-coffee": 5})
    found = await look(town, "hot-chocolate", near="water street")
    assert [place.store_id for place in found.open] == ["pilot-house-coffee"]


async def test_what_is_not_in_the_street_named_is_told_to_be_elsewhere(town: Database) -> None:
    await put(town, "hot-chocolate", {CAFE: 5})
    found = await look(town, "hot-chocolate", near="water street")
    assert [place.store_id for place in found.open] == [CAFE]
    assert found.missed is not None
    assert (found.missed.store, found.missed.place) == (None, "Water Street")


async def test_place_that_no_store_knows_narrows_nothing(town: Database) -> None:
    await put(town, "hot-chocolate", {CAFE: 5})
    found = await look(town, "hot-chocolate", near="station")
    assert ([place.store_id for place in found.open], found.missed) == ([CAFE], None)


async def test_hurry_keeps_to_what_is_close(town: Database) -> None:
    await put(town, "hot-chocolate", {CAFE: 5, DINER: 5})
    in_a_minute = await look(town, "hot-chocolate", door=DINER, when=When(minutes=2))
    assert [place.store_id for place in in_a_minute.open] == [DINER]
