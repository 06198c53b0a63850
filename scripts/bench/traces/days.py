"""What people do in a town of stores: the true path of a day, corner by corner (pure, all chance is passed in)."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from scripts.bench.traces.town import HALF_TOWN_M, Floats, Shop

ROW_EVERY_S = 60.0  # also of who stands still, so that the path says so
_FAR_M = 700.0  # beyond that people do not walk, mostly
_WALK, _CYCLE, _DRIVE = (1.0, 1.6), (3.5, 6.0), (8.0, 16.0)  # m/s
_LIGHT_EVERY_M = 300.0
_BY_CAR, _STOPS_AT_CORNER, _RED, _INSIDE = 0.7, 0.3, 0.35, 0.5  # how often
_CHANCES = {"shop": 0.38, "again": 0.1, "bus": 0.17, "ride past": 0.15, "stroll": 0.1, "rest": 0.1}


@dataclass(slots=True)
class Day:
    """One person's path so far: rows of time in s, metres east and metres north."""

    shops: Sequence[Shop]
    dice: np.random.Generator
    begins_s: float
    rows: list[tuple[float, float, float]] = field(default_factory=list)

    @property
    def now_s(self) -> float:
        """Give the time of the last row."""
        return self.rows[-1][0]

    @property
    def here_m(self) -> Floats:
        """Give the place of the last row, (2,)."""
        return np.array(self.rows[-1][1:])

    def live(self, length_s: float) -> Floats:
        """Give the rows (n, 3) of a day of that length."""
        self.rows.append((self.begins_s, *self._anywhere()))
        ends_s = self.begins_s + length_s
        names, chances = list(_CHANCES), list(_CHANCES.values())
        while self.now_s < ends_s:
            self._do(str(self.dice.choice(names, p=chances)))
        rows = np.array(self.rows)
        last = int(np.searchsorted(rows[:, 0], ends_s))
        return rows[: max(last, 2)]

    def _do(self, what: str) -> None:
        shop = self.shops[int(self.dice.integers(len(self.shops)))]
        if what == "shop":
            self._go(self._near(shop, 0.0, 15.0))
            self._browse(self._long_s(480, 20, 3_600))
        elif what == "again":
            self._come_again(shop)
        elif what == "bus":
            self._wait_for_a_bus(shop)
        elif what == "ride past":
            speeds = self._vehicle()
            through = self._near(shop, 0.0, 40.0)
            beyond = through + (through - self.here_m) * 400 / _length(through - self.here_m)
            self._ride(through, speeds)
            self._ride(beyond, speeds)
        elif what == "stroll":
            self._walk(self._near(shop, 0.0, 300.0))
        else:
            self._go(np.array(self._anywhere()))
            self._browse(self._long_s(600, 60, 3_600))

    def _come_again(self, shop: Shop) -> None:
        """Stay, leave for five minutes or more, and come again."""
        self._go(self._near(shop, 0.0, 15.0))
        self._browse(self._long_s(300, 120, 1_200))
        self._walk(self._near(shop, shop.radius_m + 90.0, shop.radius_m + 200.0))
        self._browse(self._long_s(360, 300, 900))
        self._walk(self._near(shop, 0.0, 15.0))
        self._browse(self._long_s(300, 120, 1_200))

    def _wait_for_a_bus(self, shop: Shop) -> None:
        """Wait beside a store, inside its circle or outside, and ride away."""
        if self.dice.random() < _INSIDE:
            stop = self._near(shop, 0.3 * shop.radius_m, 0.85 * shop.radius_m)
        else:
            stop = self._near(shop, shop.radius_m + 15.0, shop.radius_m + 80.0)
        self._go(stop)
        self._stand(self._long_s(300, 30, 1_200))
        self._ride(np.array(self._anywhere()), (7.0, 13.0))

    def _go(self, there: Floats) -> None:
        """Walk, or ride and walk the last metres."""
        way_m = there - self.here_m
        if _length(way_m) < _FAR_M:
            self._walk(there)
            return
        speeds = self._vehicle()
        last_m = self.dice.uniform(20, 250)
        self._ride(there - way_m * last_m / _length(way_m), speeds)
        self._stand(self.dice.uniform(5, 60))
        self._walk(there)

    def _vehicle(self) -> tuple[float, float]:
        """Draw how somebody rides: between which speeds."""
        return _DRIVE if self.dice.random() < _BY_CAR else _CYCLE

    def _walk(self, there: Floats) -> None:
        """Walk round one corner, stopping now and then."""
        corner = np.array([there[0], self.here_m[1]])
        for goal in (corner, there):
            self._move(goal, self.dice.uniform(*_WALK))
            if self.dice.random() < _STOPS_AT_CORNER:
                self._stand(self.dice.uniform(5, 60))

    def _ride(self, there: Floats, speeds: tuple[float, float]) -> None:
        """Ride straight on, with a red light now and then."""
        way_m = there - self.here_m
        lights = int(_length(way_m) // _LIGHT_EVERY_M)
        begin = self.here_m
        for light in range(1, lights + 1):
            self._move(begin + way_m * light / (lights + 1), self.dice.uniform(*speeds))
            if self.dice.random() < _RED:
                self._stand(self.dice.uniform(5, 75))
        self._move(there, self.dice.uniform(*speeds))

    def _browse(self, length_s: float) -> None:
        """Stay about a place, moving a few metres every while."""
        about, until_s = self.here_m, self.now_s + length_s
        while self.now_s < until_s:
            self._move(about + self.dice.normal(0, 4, 2), 0.8)
            self._stand(min(self.dice.uniform(20, 90), max(until_s - self.now_s, 1.0)))

    def _stand(self, length_s: float) -> None:
        until_s = self.now_s + length_s
        while self.now_s + ROW_EVERY_S < until_s:
            self.rows.append((self.now_s + ROW_EVERY_S, *self.here_m))
        self.rows.append((until_s, *self.here_m))

    def _move(self, there: Floats, speed_m_per_s: float) -> None:
        takes_s = _length(there - self.here_m) / speed_m_per_s
        steps = max(int(np.ceil(takes_s / ROW_EVERY_S)), 1)
        begin, begin_s = self.here_m, self.now_s
        for step in range(1, steps + 1):
            place = begin + (there - begin) * step / steps
            self.rows.append((begin_s + takes_s * step / steps, *place))

    def _near(self, shop: Shop, least_m: float, most_m: float) -> Floats:
        turn, far_m = self.dice.uniform(0, 2 * np.pi), self.dice.uniform(least_m, most_m)
        return shop.door_m + far_m * np.array([np.cos(turn), np.sin(turn)])

    def _anywhere(self) -> tuple[float, float]:
        east_m, north_m = self.dice.uniform(-HALF_TOWN_M, HALF_TOWN_M, 2)
        return float(east_m), float(north_m)

    def _long_s(self, median_s: float, least_s: float, most_s: float) -> float:
        """Draw a length: many short ones, few long ones."""
        return float(np.clip(median_s * np.exp(self.dice.normal(0, 0.9)), least_s, most_s))


def _length(way_m: Floats) -> float:
    return max(float(np.hypot(*way_m)), 1e-6)
