"""From all receipts of a shopper no position better than 100 m can be computed: somebody tries, in drawn towns.

They have every receipt, the map of the stores with their radii, and the program. Each receipt puts the shopper within
a band of a door; receipts that may be of one moment cut each other. An attack succeeds when all that is left lies
within 100 m of where the shopper really was at one of those moments.
"""

import shutil
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from math import cos, hypot, pi, sin
from pathlib import Path
from random import Random

import pytest

from knowledge.catalogue import Catalogue
from knowledge.nearby.fence import Crossing
from knowledge.nearby.offering import Offering
from knowledge.nearby.receipts import replay
from knowledge.nearby.situation import NudgeRules
from knowledge.nearby.watching import Change, Look
from storage.columns import UtcDateTime
from storage.database import Database
from storage.records import ConsentKind, Gate, Pace, Receipt, Stock
from storage.tables import receipts as receipts_table
from tests.builders import coupon, product, purchase, shopper, store
from tests.knowledge.nearby.attacks import Place, Town, as_of_one_moment, farthest_m, outermost

BEGIN = datetime(2026, 9, 1, 6, 0, tzinfo=UTC)
SHOPPER = 7
BETTER_THAN_M = 100.0
GRID_M = 9.0  # what the search's grid may miss
EVERY_S = 15
DWELL = timedelta(seconds=120)
SOLD = [product(f"p{n}", category=f"c{n % 3}") for n in range(6)]


@dataclass
class Life:
    """A shopper with a live location in a drawn town, and where they truly were whenever something was decided."""

    database: Database
    town: Town
    catalogue: Catalogue
    dice: Random
    truth: dict[date, set[Place]] = field(default_factory=dict)
    visits: dict[str, int] = field(default_factory=dict)
    entered: dict[str, datetime] = field(default_factory=dict)

    async def goes(self, path: Iterable[Place], begins: datetime) -> None:
        """Follow a path, a place every few seconds, then stop sharing."""
        before: Place | None = None
        now = begins
        for place in path:
            speed = None if before is None else hypot(place[0] - before[0], place[1] - before[1])
            await self._is_at(place, now, None if speed is None else speed / EVERY_S)
            before, now = place, now + timedelta(seconds=EVERY_S)
        await self._look((), None, now, left=list(self.visits))

    async def _is_at(self, place: Place, now: datetime, speed: float | None) -> None:
        changes, left = [], []
        for each in self.town.stores.values():
            x, y = self.town.place_of(each)
            far = hypot(place[0] - x, place[1] - y)
            since = self.entered.get(each.id)
            if since is None and far <= each.radius_m:
                self.entered[each.id] = now
                changes.append(Change(each, Crossing.ENTERED, far))
            elif since is not None and far > each.radius_m + 20:
                left.append(each.id)
            elif since is not None and since + DWELL <= now < since + DWELL + timedelta(
                seconds=EVERY_S
            ):
                changes.append(Change(each, Crossing.DWELT, far))
        if changes:
            self.truth.setdefault(now.date(), set()).add(place)
        if changes or left:
            await self._look(tuple(changes), speed, now, left)

    async def _look(
        self,
        changes: tuple[Change, ...],
        speed: float | None,
        now: datetime,
        left: list[str],
    ) -> None:
        gone = [Change(self.town.stores[each], Crossing.LEFT, 999.0) for each in left]
        for each in left:
            del self.entered[each]
        look = Look((), {}, (*gone, *changes), speed)
        async with self.database.work() as work:
            offering = Offering(
                work, self.catalogue, NudgeRules(holdout_share=0.1), now, b"k" * 32
            )
            self.visits = await offering.note_visits(SHOPPER, look.changes, self.visits)
            await offering.consider(SHOPPER, look, self.visits)
            await work.commit()

    async def receipts(self) -> list[Receipt]:
        async with self.database.reading() as work:
            return await work.receipts.latest(SHOPPER, 10_000)


def drawn_town(dice: Random, *, count: int, spread_m: float, radii_m: list[int]) -> Town:
    """Strew stores about; a name of its own apart, each is like the others."""
    like = store()
    middle = Town({}, like.latitude, like.longitude)
    stores = {}
    for n in range(count):
        place = (dice.uniform(-spread_m, spread_m), dice.uniform(-spread_m, spread_m))
        north, east = middle.degrees_of(place)
        radius_m = dice.choice(radii_m)
        key = f"s{n}"
        stores[key] = replace(like, id=key, latitude=north, longitude=east, radius_m=radius_m)
    return replace(middle, stores=stores)


async def moved_in(database: Database, town: Town, dice: Random) -> Life:
    """Fill the database with a town whose stores have things and coupons, and a shopper who agreed to offers."""
    coupons = [
        coupon(
            f"C{n}",
            discount_percent=5 + n,
            product_ids=frozenset({dice.choice(SOLD).id}),
            store_ids=frozenset(dice.sample(sorted(town.stores), k=max(1, len(town.stores) // 2))),
            valid_from=BEGIN - timedelta(days=1),
            valid_until=BEGIN + timedelta(days=200),
        )
        for n in range(8)
    ]
    async with database.work() as work:
        await work.stores.add_many(list(town.stores.values()))
        await work.products.add_many(SOLD)
        await work.stock.add_many(
            [Stock(key, each.id, dice.choice([0, 3])) for key in town.stores for each in SOLD]
        )
        await work.coupons.add_many(coupons)
        await work.shoppers.add_many([shopper(SHOPPER)])
        for kind in (ConsentKind.LOCATION, ConsentKind.NUDGES):
            await work.consents.decide(SHOPPER, kind, is_granted=True, version=1, now=BEGIN)
        await work.purchases.add_many([purchase(SHOPPER, product_id="p0")] * 6)
        await work.coupons.save(SHOPPER, "C1", BEGIN)
        await work.commit()
    return Life(database, town, await Catalogue.load(database), dice)


def stays(dice: Random, spot: Place) -> list[Place]:
    """Sit somewhere for half an hour."""
    return [(spot[0] + dice.gauss(0, 4), spot[1] + dice.gauss(0, 4)) for _ in range(120)]


def walks(dice: Random, begin: Place, metres: float) -> list[Place]:
    """Walk at 1.3 m/s, turning now and then."""
    x, y = begin
    turn = dice.uniform(0, 2 * pi)
    path = []
    for _ in range(int(metres / 1.3 / EVERY_S)):
        turn += dice.gauss(0, 0.3)
        x, y = x + 1.3 * EVERY_S * cos(turn), y + 1.3 * EVERY_S * sin(turn)
        path.append((x, y))
    return path


async def lives(life: Life, *, days: int, is_settled: bool) -> None:
    """Live some days: settled people sit at the same spot each day, others walk about and sit anywhere."""
    dice = life.dice
    home = (dice.uniform(-150, 150), dice.uniform(-150, 150))
    for day in range(days):
        begins = BEGIN + timedelta(days=day, hours=dice.uniform(3, 9))
        spot = home if is_settled else (dice.uniform(-200, 200), dice.uniform(-200, 200))
        await life.goes(stays(dice, spot), begins)
        if not is_settled:
            await life.goes(walks(dice, spot, 900), begins + timedelta(hours=2))


TOWNS = {
    "lonely": (3, 600.0, [150]),
    "village": (8, 300.0, [150]),
    "dense": (24, 250.0, [150]),
    "mall": (20, 60.0, [150]),
    "mixed": (14, 300.0, [100, 150, 300]),
}


@pytest.fixture
def migrated_url(sqlite_template: Path, tmp_path: Path) -> str:
    """One database is enough: what is written is the same on both."""
    path = tmp_path / "town.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.mark.parametrize("is_settled", [True, False], ids=["settled", "about"])
@pytest.mark.parametrize("kind", TOWNS)
@pytest.mark.parametrize("seed", range(2))
async def test_nobody_finds_a_position_better_than_100_m(
    database: Database, kind: str, seed: int, is_settled: bool
) -> None:
    dice = Random(f"{kind} {seed} {is_settled}")  # noqa: S311 - a drawn town, no secret
    count, spread_m, radii_m = TOWNS[kind]
    town = drawn_town(dice, count=count, spread_m=spread_m, radii_m=radii_m)
    life = await moved_in(database, town, dice)
    await lives(life, days=2, is_settled=is_settled)
    found = await life.receipts()
    assert [replay(each).outcome for each in found] == [each.outcome for each in found]
    for group in as_of_one_moment(town, found):
        region = town.region(group)
        if not region:  # they were not of one moment
            continue
        moments = {place for receipt in group for place in life.truth[receipt.decided_on]}
        far_out = outermost(region)
        nearest = min(farthest_m(place, far_out) for place in moments)
        assert nearest >= BETTER_THAN_M - GRID_M, [
            (r.store_id, r.importance, r.decided_on) for r in group
        ]


async def test_nothing_in_them_is_finer_than_a_day_or_a_band(database: Database) -> None:
    dice = Random(1)  # noqa: S311 - a drawn town, no secret
    town = drawn_town(dice, count=8, spread_m=200.0, radii_m=[150])
    life = await moved_in(database, town, dice)
    await lives(life, days=2, is_settled=False)
    found = await life.receipts()
    assert found
    readings = [reading for receipt in found for reading in receipt.readings]
    assert {each.value for each in readings if each.gate is Gate.SPEED} <= set(Pace)
    assert {receipt.within_m for receipt in found} == {150}
    # No time of day, and no number that a distance or a speed could hide in.
    assert not [c.name for c in receipts_table.columns if isinstance(c.type, UtcDateTime)]
    told = {each.gate for each in readings if isinstance(each.value, float)}
    assert told <= {Gate.RELEVANCE, Gate.HOLD_OUT}
