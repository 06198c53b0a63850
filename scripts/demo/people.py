"""The sample shoppers: who they are, what they agreed to and which coupons they keep.

Names come from Faker with a fixed seed. It knows no purchase; habits.py has those.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import msgspec
from faker import Faker

from scripts.demo.dice import dice
from scripts.demo.files import read_toml
from scripts.demo.town import town_plan
from storage.records import Consent, ConsentKind, Coupon, Shopper

# Above 2^52: Telegram says that ids have at most 52 significant bits, so it never issues these.
# Source: https://core.telegram.org/bots/api#user (read 2026-11-21).
FIRST_ID = 4_600_000_000_000_001
CONSENT_VERSION = 1


class Habit(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something a shopper does again and again; either on `days` with `chance`, or every so many days."""

    between: tuple[str, str]
    stores: tuple[str, ...]
    days: str = "mon-sun"
    chance: float = 0.0
    every_days: int | None = None
    products: tuple[str, ...] = ()
    aisles: tuple[str, ...] = ()
    only: tuple[str, ...] = ()
    favorites: int = 1
    basket: int = 1


class KindOfPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """People with the same habits."""

    id: str
    count: int
    about: str
    habits: tuple[Habit, ...]
    name: str | None = None
    saved: tuple[str, ...] = ()


class OrderEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One order of the file; times are (days ago, town time)."""

    code: str
    shopper: int
    store: str
    product: str
    status: str
    placed: tuple[int, str]
    changed: tuple[int, str]
    coupon: str | None = None


class PeopleFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What data/people.toml holds."""

    languages: dict[str, str]
    kinds: tuple[KindOfPerson, ...]
    orders: tuple[OrderEntry, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """A sample shopper before the calendar: `kind` tells the habits."""

    id: int
    first_name: str
    language_code: str
    kind: KindOfPerson


@cache
def people_file() -> PeopleFile:
    """Read the people of the town."""
    return read_toml("people.toml", PeopleFile)


@cache
def people() -> tuple[Person, ...]:
    """Give the fifty people, Ana first; no first name comes twice."""
    names = {language: _names(language) for language in people_file().languages}
    draw = dice("languages")
    taken = {kind.name for kind in people_file().kinds}
    found: list[Person] = []
    for kind in people_file().kinds:
        for _ in range(kind.count):
            language = draw.choices(list(names), weights=[12, *[1] * (len(names) - 1)])[0]
            name = kind.name or next(each for each in names[language] if each not in taken)
            taken.add(name)
            id_ = FIRST_ID + len(found)
            found.append(Person(id_, name, "en" if kind.name else language, kind))
    return tuple(found)


def in_town(day: date, at: time) -> datetime:
    """Give the moment at which the town's clocks show `at` on `day`, in UTC."""
    return datetime.combine(day, at, ZoneInfo(town_plan().time_zone)).astimezone(UTC)


def shoppers(today: date) -> tuple[Shopper, ...]:
    """Give the people as shoppers who came half a year ago or earlier and were here this week."""
    draw = dice("first and last visits")
    return tuple(
        Shopper(
            id=person.id,
            first_name=person.first_name,
            language_code=person.language_code,
            created_at=in_town(today - timedelta(days=draw.randint(184, 400)), time(12)),
            last_seen_at=in_town(today - timedelta(days=draw.randint(1, 6)), time(12)),
            time_zone=town_plan().time_zone,
            is_demo=True,
        )
        for person in people()
    )


def consents(today: date) -> tuple[Consent, ...]:
    """Give everybody's yes to location, and to nudges a yes of half and a no of a quarter."""
    decided_at = in_town(today - timedelta(days=150), time(12))
    found = []
    for number, person in enumerate(people()):
        granted = [(ConsentKind.LOCATION, True)]
        if number % 4 != 1:
            granted.append((ConsentKind.NUDGES, number % 2 == 0))
        found += [
            Consent(person.id, kind, is_granted, CONSENT_VERSION, decided_at)
            for kind, is_granted in granted
        ]
    return tuple(found)


def saved_coupons(coupons: Sequence[Coupon]) -> tuple[tuple[int, str], ...]:
    """Give (shopper id, code) of what people keep: Ana's by name, up to four of anything by others."""
    draw = dice("saved coupons")
    codes = [coupon.code for coupon in coupons]
    return tuple(
        (person.id, code)
        for person in people()
        for code in person.kind.saved or draw.sample(codes, draw.randint(0, 4))
    )


def _names(language: str) -> Iterator[str]:
    faker = Faker(people_file().languages[language])
    faker.seed_instance(f"maple harbor {language}")
    while True:
        yield faker.first_name()
