"""Values that Faker makes up in the forms of many countries, drawn from pools, since making one takes 0.1 ms.

A pool is the same in every training: what differs is what the dice draw from it.
"""

import random
from functools import cache

from faker import Faker

from knowledge.privacy.tagging.features import LOCALES

ENGLISH = "en_US"
_MOST_ENGLISH = ("en_US", "en_GB")
_ENGLISH_POOL, _POOL = 400, 150


def locale(dice: random.Random) -> str:
    """Draw a country: English is what most shoppers write, so it comes more often."""
    return dice.choices(LOCALES, _weights())[0]


def made_up(dice: random.Random, kind: str, country: str | None = None) -> str:
    """Draw a value of one of Faker's kinds ("first_name", "city" …), from any country if none is given."""
    return dice.choice(_pool(country or locale(dice), kind))


@cache
def _pool(country: str, kind: str) -> tuple[str, ...]:
    faker = _faker(country)
    faker.seed_instance(f"{country} {kind}")
    size = _ENGLISH_POOL if country.startswith("en") else _POOL
    return tuple(str(getattr(faker, kind)()) for _ in range(size))


@cache
def _faker(country: str) -> Faker:
    """Open Faker for a country, with its towns in an order.

    Faker 40.54 has Italy's in that of a set, another one in every process. To go when Faker sorts them.
    """
    faker = Faker(country)
    addresses = faker.provider("faker.providers.address")
    towns = getattr(addresses, "cities", None)
    if isinstance(towns, list):
        addresses.cities = sorted(towns)
    return faker


@cache
def _weights() -> tuple[int, ...]:
    return tuple(
        6 if country in _MOST_ENGLISH else 2 if country.startswith("en") else 1
        for country in LOCALES
    )
