"""Makes the traces of a plan and writes them: stores, true paths, and the fixes of each interval."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from math import isnan
from pathlib import Path
from typing import Protocol

import numpy as np

from scripts.bench.traces.days import Day
from scripts.bench.traces.noise import RealFixes
from scripts.bench.traces.phones import Arrived, Faults, Phone, stop_early
from scripts.bench.traces.town import Floats, build_shops, on_earth

_DAY_H = 8.0
_LEAST_H = 0.05  # what is left after the last person is let go
_BEGINS_S = 1_700_000_000.0


class _Rows(Protocol):
    """Where rows are written; the csv module does not name its writers."""

    def writerow(self, row: Iterable[object], /) -> object:
        """Write one row."""

    def writerows(self, rows: Iterable[Iterable[object]], /) -> None:
        """Write many rows."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to make up. `hours` counts all people together, each of whom is followed for eight at most."""

    seed: int = 7
    hours: float = 1_000.0
    intervals_s: tuple[float, ...] = (1.0, 10.0, 30.0, 60.0)
    radii_m: tuple[int, ...] = (150,)
    store_count: int = 60
    middle: tuple[float, float] = (52.52, 13.405)
    faults: Faults = field(default_factory=Faults)


@dataclass(frozen=True, slots=True)
class Tables:
    """The files that are being written; `fixes` by interval in seconds."""

    stores: "_Rows"
    truth: "_Rows"
    fixes: Mapping[float, "_Rows"]


@contextmanager
def opened_tables(folder: Path, intervals_s: Sequence[float]) -> Iterator[Tables]:
    """Open the files of a folder with their heads, making the folder if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:

        def table(name: str, *head: str) -> "_Rows":
            file = stack.enter_context((folder / name).open("w", encoding="utf-8", newline=""))
            rows = csv.writer(file)
            rows.writerow(head)
            return rows

        fixes_head = ("user", "time_s", "lat", "lon", "accuracy_m")
        yield Tables(
            table("stores.csv", "id", "lat", "lon", "radius_m", "category"),
            table("truth.csv", "user", "time_s", "lat", "lon"),
            {each: table(f"fixes-{each:g}.csv", *fixes_head) for each in intervals_s},
        )


def write_traces(plan: Plan, real: RealFixes | None, folder: Path) -> None:
    """Write stores.csv, truth.csv and one fixes-S.csv an interval into a folder."""
    dice = np.random.default_rng(plan.seed)
    shops = build_shops(plan.store_count, plan.radii_m, dice)
    doors = on_earth(np.array([shop.door_m for shop in shops]), plan.middle).tolist()
    with opened_tables(folder, plan.intervals_s) as tables:
        for shop, (lat, lon) in zip(shops, doors, strict=True):
            place = (f"{lat:.7f}", f"{lon:.7f}")
            tables.stores.writerow((shop.id, *place, shop.radius_m, shop.category))
        left_h, number = plan.hours, 0
        while left_h > _LEAST_H:
            user, number = f"p{number}", number + 1
            path = Day(shops, dice, _BEGINS_S).live(min(left_h, _DAY_H) * 3600)
            path = stop_early(path, plan.faults, dice)
            left_h -= (path[-1, 0] - path[0, 0]) / 3600
            tables.truth.writerows(_path_rows(user, path, plan.middle))
            phone = Phone(path, plan.faults, real, dice)
            for interval_s, fixes in tables.fixes.items():
                fixes.writerows(_fix_rows(user, phone.fixes(interval_s, dice), plan.middle))


def _path_rows(user: str, path: Floats, middle: tuple[float, float]) -> Iterable[Sequence[object]]:
    for time_s, (lat, lon) in zip(
        path[:, 0].tolist(), on_earth(path[:, 1:], middle).tolist(), strict=True
    ):
        yield user, f"{time_s:.3f}", f"{lat:.7f}", f"{lon:.7f}"


def _fix_rows(
    user: str, arrived: Arrived, middle: tuple[float, float]
) -> Iterable[Sequence[object]]:
    places = on_earth(arrived.places_m, middle).tolist()
    for time_s, (lat, lon), claimed_m in zip(
        arrived.times_s.tolist(), places, arrived.accuracies_m.tolist(), strict=True
    ):
        told = "" if isnan(claimed_m) else f"{claimed_m:.1f}"
        yield user, f"{time_s:.0f}", f"{lat:.7f}", f"{lon:.7f}", told
