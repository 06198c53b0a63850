"""A town of stores on a plane, in metres east and north of its middle, and where on earth that is."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

# Where on earth the plane lies: latitude and longitude of its middle in degrees.
PLACES = {
    "town": (52.52, 13.405),
    "date line": (-16.8, 179.999),
    "pole": (89.995, 40.0),
}
CATEGORIES = ("café", "clothing", "grocery", "books", "electronics", "toys", "shoes")
_HEALTH_SHARE = 0.04
_NEIGHBOUR_M = (30.0, 200.0)
_NEIGHBOUR_OF = 4
_TRIES = 8
HALF_TOWN_M = 2_000.0
_EQUATOR_RADIUS_M, _FLATTENING = 6_378_137.0, 1 / 298.257223563  # WGS-84


@dataclass(frozen=True, slots=True)
class Shop:
    """A store on the plane."""

    id: str
    east_m: float
    north_m: float
    radius_m: int
    category: str

    @property
    def door_m(self) -> Floats:
        """Give where its door is, (2,)."""
        return np.array([self.east_m, self.north_m])


def build_shops(count: int, radii_m: tuple[int, ...], dice: np.random.Generator) -> list[Shop]:
    """Give stores strewn over the town; every fourth is a neighbour of another one, so that their circles overlap."""
    shops: list[Shop] = []
    while len(shops) < count:
        if len(shops) % _NEIGHBOUR_OF == _NEIGHBOUR_OF - 1:
            turn, far_m = dice.uniform(0, 2 * np.pi), dice.uniform(*_NEIGHBOUR_M)
            door_m = shops[-1].door_m + far_m * np.array([np.cos(turn), np.sin(turn)])
        else:
            door_m = _roomy_place(shops, dice)
        is_health = dice.random() < _HEALTH_SHARE
        category = "pharmacy" if is_health else str(dice.choice(CATEGORIES))
        radius_m = int(dice.choice(radii_m))
        shops.append(
            Shop(f"store-{len(shops)}", float(door_m[0]), float(door_m[1]), radius_m, category)
        )
    return shops


def _roomy_place(shops: list[Shop], dice: np.random.Generator) -> Floats:
    """Give a place that is far from all stores, or the best of a few."""
    places = dice.uniform(-HALF_TOWN_M, HALF_TOWN_M, (_TRIES, 2))
    if not shops:
        return np.asarray(places[0])
    doors_m = np.array([shop.door_m for shop in shops])
    nearest_m = np.linalg.norm(places[:, None] - doors_m, axis=2).min(axis=1)
    return np.asarray(places[int(nearest_m.argmax())])


def on_earth(plane_m: Floats, middle: tuple[float, float]) -> Floats:
    """Give latitudes and longitudes (n, 2) in degrees of places on the plane (n, 2); poles and date line are fine.

    Source: EPSG guidance note 7-2, §4.1.1 (Bowring's formula) and §4.1.2 (topocentric), on WGS-84.
    """
    north, east = np.radians(middle)
    eastward = np.array([-np.sin(east), np.cos(east), 0.0])
    northward = np.array(
        [-np.sin(north) * np.cos(east), -np.sin(north) * np.sin(east), np.cos(north)]
    )
    squashed = _FLATTENING * (2 - _FLATTENING)
    across_m = _EQUATOR_RADIUS_M / np.sqrt(1 - squashed * np.sin(north) ** 2)
    middle_m = across_m * np.array(
        [
            np.cos(north) * np.cos(east),
            np.cos(north) * np.sin(east),
            (1 - squashed) * np.sin(north),
        ]
    )
    x, y, z = (middle_m + plane_m[:, :1] * eastward + plane_m[:, 1:] * northward).T
    polar_radius_m = _EQUATOR_RADIUS_M * (1 - _FLATTENING)
    second = squashed / (1 - squashed)
    from_axis_m = np.hypot(x, y)
    slant = np.arctan2(z * _EQUATOR_RADIUS_M, from_axis_m * polar_radius_m)
    latitude = np.arctan2(
        z + second * polar_radius_m * np.sin(slant) ** 3,
        from_axis_m - squashed * _EQUATOR_RADIUS_M * np.cos(slant) ** 3,
    )
    return np.asarray(np.degrees(np.stack([latitude, np.arctan2(y, x)], axis=1)))
