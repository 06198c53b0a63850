"""The nightly study counts everybody once, whatever ends it and whoever else does it."""

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot import nightly_study
from bot.nightly_study import KEY, NightlyStudy, Progress, next_step, read
from knowledge.catalogue import Catalogue
from storage.database import Database
from tests.builders import product, purchase, shopper, store

NIGHT = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
CELL = ("cafe", "choc")
BOUGHT_AT = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
PART = 3


@dataclass(slots=True)
class Shop:
    """A shop in UTC with some shoppers, each of whom bought the same thing once."""

    database: Database
    now: datetime = NIGHT
    looks: int = 0
    fails_at: int = 0

    def study(self) -> NightlyStudy:
        return NightlyStudy(self.database, self.catalogue, self.tells_time)

    async def catalogue(self) -> Catalogue:
        return await Catalogue.load(self.database)

    def tells_time(self) -> datetime:
        """Give the time; with `fails_at`, end the study at that look at the clock."""
        self.looks += 1
        if self.looks == self.fails_at:
            raise KeyboardInterrupt
        return self.now

    async def counted(self) -> dict[tuple[str, str], int]:
        async with self.database.reading() as work:
            return await work.popularity.at(PART, at_least=1)

    async def progress(self) -> Progress | None:
        async with self.database.reading() as work:
            return read(await work.meta.get(KEY))


@pytest.fixture
async def shop(database: Database, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(nightly_study, "_AT_A_TIME", 2)
    async with database.work() as work:
        await work.stores.add_many([store(time_zone="UTC")])
        await work.products.add_many([product()])
        await work.shoppers.add_many([shopper(each) for each in range(1, 6)])
        await work.purchases.add_many(
            [purchase(each, purchased_at=BOUGHT_AT) for each in range(1, 6)]
        )
        await work.commit()
    return Shop(database)


@pytest.mark.parametrize(
    ("last", "local", "expected"),
    [
        (None, NIGHT, Progress("2026-11-22")),
        (None, NIGHT + timedelta(hours=4), None),
        (Progress("2026-11-21", is_done=True), NIGHT, Progress("2026-11-22")),
        (Progress("2026-11-22", 7, 3), NIGHT, Progress("2026-11-22", 7, 3)),
        (Progress("2026-11-22", 7, 3), NIGHT + timedelta(hours=9), Progress("2026-11-22", 7, 3)),
        (Progress("2026-11-22", 7, 3, is_done=True), NIGHT, None),
        (Progress("2026-11-21", 7, 3), NIGHT, Progress("2026-11-22")),
    ],
    ids=[
        "first night",
        "by day",
        "next night",
        "go on",
        "go on by day",
        "done",
        "yesterday's rest",
    ],
)
def test_where_to_go_on(last: Progress | None, local: datetime, expected: Progress | None) -> None:
    assert next_step(last, local) == expected


async def test_everybody_is_counted_once_a_night(shop: Shop) -> None:
    await shop.study().tick()
    await shop.study().tick()
    assert await shop.counted() == {CELL: 5}
    assert await shop.progress() == Progress("2026-11-22", 5, 5, is_done=True)


@pytest.mark.parametrize("look", [1, 2, 3, 4, 5, 6, 7])
async def test_study_that_was_cut_off_goes_on_where_it_was(shop: Shop, look: int) -> None:
    shop.fails_at = look
    with pytest.raises(KeyboardInterrupt):
        await shop.study().tick()
    await shop.study().tick()
    assert await shop.counted() == {CELL: 5}


async def test_of_two_processes_that_look_at_once_one_counts(shop: Shop) -> None:
    await asyncio.gather(shop.study().tick(), shop.study().tick())
    await shop.study().tick()
    assert await shop.counted() == {CELL: 5}


async def test_last_night_is_read_until_this_one_is_done(shop: Shop) -> None:
    await shop.study().tick()
    shop.now = NIGHT + timedelta(days=1)
    study, catalogue = shop.study(), await shop.catalogue()
    assert await study._step(catalogue)
    assert await shop.counted() == {CELL: 5}
    async with shop.database.work() as work:
        await work.purchases.add_many([purchase(1, product_id="choc", purchased_at=BOUGHT_AT)])
        await work.commit()
    await study.tick()
    assert await shop.counted() == {CELL: 5}


async def test_what_few_buy_is_not_told(shop: Shop) -> None:
    await shop.study().tick()
    async with shop.database.reading() as work:
        assert await work.popularity.at(PART, at_least=6) == {}
        assert await work.popularity.at(PART + 1, at_least=1) == {}
