"""Towns full of stores, and shoppers who walk around their blocks: what fences are measured on.

Why: what a fence costs hangs on how many stores are close by, so a million stores must stand as dense as a thousand.
The drawn towns are as dense as 106,551 stores of 67 American chains: around a store, 0.9 others within 150 m, 4 within
500 m, 10 within 1,500 m and 50 within 5 km.
"""

import csv
import gzip
import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from knowledge.nearby.places import Fix
from scripts.evaluate.errors import BadFile
from storage.records import Store

RADIUS_M = 150
STEP = timedelta(seconds=5)
BEGUN_AT = datetime(2026, 11, 21, 12, tzinfo=UTC)

_M_PER_DEGREE = 111_200.0
_TURNS = tuple((turned, mirrored) for mirrored in (1, -1) for turned in range(0, 360, 60))
_TOWNS_PER_DEGREE = 4
COPIES = len(_TURNS)

Place = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class Walk:
    """A shopper going around a block: its middle, how far from it, in metres, and at which angle at first."""

    middle: Place
    around_m: float
    begun_rad: float

    def fix(self, number: int, draw: random.Random) -> Fix:
        """Give the fix of a moment, the first is 0: 6.5 m further each time, with the noise of a phone outdoors."""
        turned = self.begun_rad + number * 6.5 / self.around_m
        north_m = self.around_m * math.cos(turned) + draw.gauss(0, 5)
        east_m = self.around_m * math.sin(turned) + draw.gauss(0, 5)
        return Fix(*_moved(self.middle, north_m, east_m), 10.0, BEGUN_AT + number * STEP, True)


def walks(places: Sequence[Place], count: int, seed: int) -> list[Walk]:
    """Let so many shoppers walk near stores drawn at random."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    found = []
    for _ in range(count):
        bearing, far_m = draw.uniform(0, 2 * math.pi), draw.uniform(0, RADIUS_M)
        near = _moved(draw.choice(places), far_m * math.cos(bearing), far_m * math.sin(bearing))
        found.append(Walk(near, draw.uniform(30, 90), draw.uniform(0, 2 * math.pi)))
    return found


def stores_at(places: Sequence[Place]) -> list[Store]:
    """Open a store at each place."""
    return [
        Store(str(number), "Store", "café", "", *place, "UTC", radius_m=RADIUS_M)
        for number, place in enumerate(places)
    ]


def drawn(count: int, seed: int) -> list[Place]:
    """Draw the places of so many stores, in towns all over the inhabited world."""
    draw = random.Random(seed)  # noqa: S311 - no secret
    found: list[Place] = []
    while len(found) < count:
        found += _town(draw)
    return _mixed(found[:count], draw)


def replicated(known: Sequence[Place], count: int, seed: int) -> list[Place]:
    """Give so many places as dense as those known: some of their towns, or several copies of the whole.

    A copy is turned around the earth's axis or mirrored at the equator, so that no distance in it changes. There may
    be `COPIES` of them: what is known spans a sixth of the earth and one half of it, as American stores do.
    """
    towns: dict[tuple[int, ...], list[Place]] = {}
    for number, (turned, mirrored) in enumerate(_TURNS[: -(-count // len(known))]):
        for latitude, longitude in known:
            corner = (
                number,
                *(math.floor(each * _TOWNS_PER_DEGREE) for each in (latitude, longitude)),
            )
            place = (mirrored * latitude, (longitude + turned + 180) % 360 - 180)
            towns.setdefault(corner, []).append(place)
    draw = random.Random(seed)  # noqa: S311 - no secret
    order = list(towns.values())
    draw.shuffle(order)
    return _mixed([place for town in order for place in town][:count], draw)


def read_places(file: Path) -> list[Place]:
    """Read the columns lat and lon of a CSV file, gzipped or not; rows without a place are left out.

    Raises:
        BadFile: the file, its first line or a row cannot be used.
    """
    places: list[Place] = []
    number = 1
    try:
        with gzip.open(file, "rt") if file.suffix == ".gz" else file.open() as lines:
            rows = csv.DictReader(lines)
            for row in rows:
                number = rows.line_num
                if row["lat"] and row["lon"]:
                    places.append((float(row["lat"]), float(row["lon"])))
    except KeyError as error:
        raise BadFile(file, "the first line must name the columns lat and lon", line=1) from error
    except ValueError as error:
        raise BadFile(file, "lat and lon must be degrees", line=number) from error
    except OSError as error:
        raise BadFile(file, error.strerror or str(error)) from error
    return places


def _town(draw: random.Random) -> list[Place]:
    """Draw a town: shopping streets around a middle, a few stores in each."""
    middle = (draw.uniform(-50, 65), draw.uniform(-180, 180))
    size = max(5, int(draw.lognormvariate(4.6, 1.0)))
    wide_m = 330 * math.sqrt(size)
    found: list[Place] = []
    while len(found) < size:
        street = _moved(middle, draw.gauss(0, wide_m), draw.gauss(0, wide_m))
        doors = min(draw.randint(1, 6), size - len(found))
        found += [_moved(street, draw.gauss(0, 130), draw.gauss(0, 130)) for _ in range(doors)]
    return found


def _mixed(places: list[Place], draw: random.Random) -> list[Place]:
    """Shuffle places: a catalogue does not go by towns."""
    draw.shuffle(places)
    return places


def _moved(place: Place, north_m: float, east_m: float) -> Place:
    latitude = place[0] + north_m / _M_PER_DEGREE
    longitude = place[1] + east_m / _M_PER_DEGREE / math.cos(math.radians(latitude))
    return latitude, (longitude + 180) % 360 - 180
