"""The stores of the sample town, and which aisles each of them sells.

It reads data/stores.toml and asks town.py where a door is. It knows no product by name.
"""

from dataclasses import dataclass
from datetime import time
from functools import cache

import msgspec

from scripts.demo.files import read_toml
from scripts.demo.town import house, town_plan
from storage.records import OpeningHours, Store

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of store: aisles by how much of them it sells, and how many pieces stand on a shelf."""

    shelf: tuple[int, int]
    all: tuple[str, ...] = ()
    most: tuple[str, ...] = ()
    some: tuple[str, ...] = ()
    few: tuple[str, ...] = ()

    def shares(self) -> dict[str, float]:
        """Give the share of each aisle's goods that stands on the shelves."""
        levels = ((self.few, 0.3), (self.some, 0.6), (self.most, 0.85), (self.all, 1.0))
        return {aisle: share for aisles, share in levels for aisle in aisles}


class StoreEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One store of the file; `kind_too` is a second line, `always` the pieces it is never without."""

    id: str
    name: str
    kind: str
    street: str
    at_m: float
    side: str
    hours: str
    kind_too: str | None = None
    always: dict[str, int] = {}


class StoresFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What data/stores.toml holds."""

    hours: dict[str, dict[str, str]]
    kinds: dict[str, Kind]
    stores: tuple[StoreEntry, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """What a store sells: the share of each aisle, pieces on a shelf (least, most), and fixed pieces."""

    aisles: dict[str, float]
    shelf: tuple[int, int]
    always: dict[str, int]


def stores() -> tuple[Store, ...]:
    """Give the forty stores, in the order of the file."""
    return tuple(_store(entry) for entry in _file().stores)


def ranges() -> dict[str, Range]:
    """Give what each store sells, by store id."""
    kinds = _file().kinds
    found = {}
    for entry in _file().stores:
        shares = kinds[entry.kind].shares()
        if entry.kind_too is not None:
            shares = {**kinds[entry.kind_too].shares(), **shares}
        found[entry.id] = Range(shares, kinds[entry.kind].shelf, entry.always)
    return found


def opening_hours(week: dict[str, str]) -> tuple[OpeningHours, ...]:
    """Turn {"mon-fri": "11:00-14:00, 17:00-21:00"} into one record per day and interval, in order."""
    found = []
    for days, intervals in week.items():
        first, _, last = days.partition("-")
        for weekday in range(DAYS.index(first), DAYS.index(last or first) + 1):
            for interval in intervals.split(","):
                opens, closes = (time.fromisoformat(part) for part in interval.strip().split("-"))
                found.append(OpeningHours(weekday, opens, closes))
    return tuple(sorted(found, key=lambda hours: (hours.weekday, hours.opens)))


@cache
def _file() -> StoresFile:
    return read_toml("stores.toml", StoresFile)


def _store(entry: StoreEntry) -> Store:
    door = house(entry.street, entry.at_m, entry.side)
    plan = town_plan()
    return Store(
        id=entry.id,
        name=entry.name,
        category=entry.kind,
        address=f"{door.address}, {plan.name}, ME",
        latitude=door.latitude,
        longitude=door.longitude,
        time_zone=plan.time_zone,
        radius_m=150,
        hours=opening_hours(_file().hours[entry.hours]),
    )
