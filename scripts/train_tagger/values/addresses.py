"""Whole postal addresses, on one line or several, and the places they are in."""

import random

from scripts.train_tagger.values.drawing import draw, filled
from scripts.train_tagger.values.numbers import postcode
from scripts.train_tagger.values.pools import ENGLISH, made_up
from scripts.train_tagger.values.streets import box, street, street_name, unit

_STREET = 0.88  # of addresses; the others have a box
_SECOND_STREET = 0.03
_UNIT_AFTER, _UNIT_BEFORE = 0.4, 0.06
_TOWN = 0.8
_SHOUTED = 0.1
_SEPARATORS = (", ", " ", "\n", ", ", "\n ", " ", ",\n", "\n   ")


def address(dice: random.Random) -> str:
    """Give a street or a box, most often with a town, often with a flat."""
    parts = [street(dice) if dice.random() < _STREET else box(dice)]
    if dice.random() < _SECOND_STREET:
        parts[0] += f" {street_name(dice)}"
    if dice.random() < _UNIT_AFTER:
        parts.append(unit(dice))
    elif dice.random() < _UNIT_BEFORE:
        parts.insert(0, unit(dice))
    if dice.random() < _TOWN:
        parts.append(_town(dice))
    return dice.choice(_SEPARATORS).join(parts)


def city(dice: random.Random) -> str:
    """Give a town, at times in capitals."""
    name = made_up(dice, "city")
    return name.upper() if dice.random() < _SHOUTED else name


def state(dice: random.Random) -> str:
    """Give a state or province by its name or its letters."""
    return dice.choice(
        (
            made_up(dice, "state_abbr", ENGLISH),
            made_up(dice, "state", ENGLISH),
            filled(dice, "?" * dice.choice((2, 2, 2, 1, 3))),
            "Ontario",
            "NSW",
            "Bavaria",
        )
    )


def country(dice: random.Random) -> str:
    """Give a country by its English name."""
    return made_up(dice, "country", ENGLISH)


def _town(dice: random.Random) -> str:
    """Give the lines below the street: town, postcode, state and country in the orders people use."""
    return draw(dice, "towns").format(
        city=city(dice),
        postcode=postcode(dice),
        state=state(dice),
        country=country(dice),
        letters=draw(dice, "country_letters"),
    )
