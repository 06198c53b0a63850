"""The map of the sample town as the phone page draws it.

A JSON object: name, center, time zone, stores, streets, areas in drawing order, and people to be. It is plain
data because the local Telegram server and the product know nothing of each other.
"""

from collections.abc import Sequence

from scripts.demo.people import people
from scripts.demo.stores import stores
from scripts.demo.town import Point, blocks, coordinate, streets, town_plan

Json = dict[str, object]

DRAWN_LAST = "block"  # water and green lie below what is built


def town_map() -> Json:
    """Give the map; points are [latitude, longitude] in degrees, widths in metres.

    The first person of each kind of people stands for the rest.
    """
    plan = town_plan()
    areas = sorted([*plan.areas, *blocks()], key=lambda area: area.kind == DRAWN_LAST)
    faces = {person.kind.id: person for person in reversed(people())}
    return {
        "name": plan.name,
        "latitude": plan.latitude,
        "longitude": plan.longitude,
        "time_zone": plan.time_zone,
        "stores": [
            {
                "id": store.id,
                "name": store.name,
                "category": store.category,
                "latitude": store.latitude,
                "longitude": store.longitude,
            }
            for store in stores()
        ],
        "streets": [
            {"name": road.name, "points": _line(road.points), "width_m": road.width_m}
            for road in streets().values()
        ],
        "areas": [
            {"name": area.name, "kind": area.kind, "points": _line(area.points)} for area in areas
        ],
        "people": [
            {
                "id": person.id,
                "first_name": person.first_name,
                "language_code": person.language_code,
                "about": person.kind.about,
            }
            for person in sorted(faces.values(), key=lambda each: each.id)
        ],
    }


def _line(points: Sequence[Point]) -> list[Point]:
    return [coordinate(point) for point in points]
