"""The ground plan of the sample town: where its streets run and where a house number stands.

It turns the grid of data/town.toml into coordinates. It knows no stores and no goods.
"""

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import msgspec

from scripts.demo.files import read_toml

Point = tuple[float, float]

# WGS 84, https://epsg.org/ellipsoid_7030 (read 2026-11-21).
EQUATOR_RADIUS_M = 6_378_137.0
FLATTENING = 1 / 298.257223563

FRONT_M = 10.0  # from the middle of a street to a shop's door
FRONTAGE_M = 12.0  # width of a plot: every plot has a number, odd on the left


class GridStreet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A street of the grid: `at` is where it crosses the other axis, in metres."""

    name: str
    at: float
    width_m: float


class Grid(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The streets of the centre; `quay_at` is the last building line before the water."""

    along: tuple[GridStreet, ...]
    across: tuple[GridStreet, ...]
    quay_at: float


class Road(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A street by its corners, in grid metres from its first house."""

    name: str
    width_m: float
    points: tuple[Point, ...]


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A park, water, square or block, in grid metres."""

    name: str
    kind: str
    points: tuple[Point, ...]


class TownPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What data/town.toml holds."""

    name: str
    latitude: float
    longitude: float
    time_zone: str
    turn_degrees: float
    grid: Grid
    roads: tuple[Road, ...]
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class House:
    """A door on a street, in degrees (WGS 84)."""

    address: str
    latitude: float
    longitude: float


@cache
def town_plan() -> TownPlan:
    """Read the plan of the town."""
    return read_toml("town.toml", TownPlan)


def coordinate(point: Point) -> Point:
    """Turn grid metres into (latitude, longitude) in degrees.

    The grid is bent along two sine waves and turned, then laid on the ellipsoid with the radii of
    curvature at the town's centre: within 0.1 % of the geodesic over the few kilometres that we use.
    """
    plan = town_plan()
    across, along = point
    bent_across = across + 45 * math.sin(along / 420)
    bent_along = along + 12 * math.sin(across / 210)
    turn = math.radians(plan.turn_degrees)
    east_m = bent_across * math.cos(turn) + bent_along * math.sin(turn)
    north_m = bent_along * math.cos(turn) - bent_across * math.sin(turn)
    along_radius_m, circle_m = radii_m(plan.latitude)
    latitude = plan.latitude + math.degrees(north_m / along_radius_m)
    return round(latitude, 7), round(plan.longitude + math.degrees(east_m / circle_m), 7)


def radii_m(latitude: float) -> Point:
    """Give the radii on which one goes north and east at a latitude, in metres a radian."""
    squared = FLATTENING * (2 - FLATTENING)
    sine = math.sin(math.radians(latitude))
    shrink = 1 - squared * sine * sine
    across_radius_m = EQUATOR_RADIUS_M / math.sqrt(shrink)
    along_radius_m = across_radius_m * (1 - squared) / shrink
    return along_radius_m, across_radius_m * math.cos(math.radians(latitude))


@cache
def streets() -> dict[str, Road]:
    """Give every street by name, in grid metres, from its first house on."""
    plan = town_plan()
    rows = [row.at for row in plan.grid.across]
    columns = [column.at for column in plan.grid.along]
    found = [
        Road(street.name, street.width_m, tuple((street.at, at) for at in _steps(rows)))
        for street in plan.grid.along
    ]
    found += [
        Road(street.name, street.width_m, tuple((at, street.at) for at in _steps(columns)))
        for street in plan.grid.across
    ]
    return {road.name: road for road in [*found, *plan.roads]}


def house(street: str, at_m: float, side: str) -> House:
    """Give the door that stands `at_m` metres along a street, on its "left" or "right" side.

    Raises:
        KeyError: the town has no such street.
        ValueError: the street ends before that.
    """
    left_m = at_m
    for start, end in _legs(streets()[street].points):
        length_m = math.dist(start, end)
        if left_m <= length_m:
            ahead = ((end[0] - start[0]) / length_m, (end[1] - start[1]) / length_m)
            front_m = FRONT_M if side == "right" else -FRONT_M
            door = (
                start[0] + ahead[0] * left_m + ahead[1] * front_m,
                start[1] + ahead[1] * left_m - ahead[0] * front_m,
            )
            number = 2 * int(at_m // FRONTAGE_M) + (2 if side == "right" else 1)
            return House(f"{number} {street}", *coordinate(door))
        left_m -= length_m
    text = f"{street} ends before {at_m} m"
    raise ValueError(text)


def blocks() -> tuple[Area, ...]:
    """Give the built blocks between the grid's streets, leaving out those that are something else."""
    grid = town_plan().grid
    columns = [(street.at, street.width_m / 2 + 2) for street in grid.along]
    columns.append((grid.quay_at, 0.0))
    rows = [(street.at, street.width_m / 2 + 2) for street in grid.across]
    found = []
    for (west, west_gap), (east, east_gap) in _legs(columns):
        for (south, south_gap), (north, north_gap) in _legs(rows):
            middle = ((west + east) / 2, (south + north) / 2)
            if any(_holds(area, middle) for area in town_plan().areas):
                continue
            left, right = west + west_gap, east - east_gap
            low, high = south + south_gap, north - north_gap
            corners = ((left, low), (right, low), (right, high), (left, high))
            found.append(Area("", "block", corners))
    return tuple(found)


def _legs(points: Sequence[Point]) -> list[tuple[Point, Point]]:
    return list(itertools.pairwise(points))


def _steps(ats: list[float]) -> list[float]:
    """Put a point halfway between crossings, so that a bent street is drawn bent."""
    between = [(first + second) / 2 for first, second in itertools.pairwise(ats)]
    return sorted([*ats, *between])


def _holds(area: Area, point: Point) -> bool:
    """Tell whether the area's bounding box holds the point: enough for blocks, which are boxes."""
    across = [corner[0] for corner in area.points]
    along = [corner[1] for corner in area.points]
    inside_across = min(across) <= point[0] <= max(across)
    return area.kind != "water" and inside_across and min(along) <= point[1] <= max(along)
