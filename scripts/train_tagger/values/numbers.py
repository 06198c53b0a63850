"""Phone numbers, postcodes and the numbers of papers, in the forms of many countries; none is checked to be nobody's.

Patterns: # stands for a digit, ? for a capital letter.
"""

import random
from collections.abc import Iterable

from scripts.train_tagger.values.drawing import draw, filled, weighted
from scripts.train_tagger.values.pools import made_up

_GROUPS = (
    (3, 3, 4),
    (2, 2, 2, 2, 2),
    (4, 4),
    (3, 4),
    (2, 3, 4),
    (4, 3, 3),
    (3, 2, 2, 2),
    (2, 4, 4),
    (3, 7),
    (5, 6),
    (2, 3, 3, 2),
    (4, 2, 2, 2),
    (4, 7),
)
_PHONE_FORMS = {"groups": 76, "area, then groups": 12, "area, then block": 6, "block": 6}
_MADE_UP_PHONES = 0.3
_MADE_UP_POSTCODES = 0.5
_LEADING_ZERO = 0.35
_COUNTRY_CODE, _ITS_DIGITS = 0.3, 0.7
_EXTENSION = 0.12
_PASSPORT_LENGTH = 9
_PASSPORT_CHARACTERS = "CFGHJKLMNPRTVWXYZ0123456789"


def phone(dice: random.Random) -> str:
    """Give a phone or fax number: local or international, grouped in any way, with an extension at times."""
    if dice.random() < _MADE_UP_PHONES:
        return made_up(dice, "phone_number")
    digits = filled(dice, "#" * dice.randint(7, 11))
    if dice.random() < _LEADING_ZERO:
        digits = "0" + digits[1:]
    number = _written(dice, digits)
    if dice.random() < _COUNTRY_CODE:
        number = _country_code(dice) + number
    if dice.random() < _EXTENSION:
        mark = dice.choice((" ext. ", " ext ", "x", "x", " x"))
        number += f"{mark}{dice.randint(1, 99999)}"
    return number


def postcode(dice: random.Random) -> str:
    """Give a postcode of four to ten characters, or three digits that end one."""
    if dice.random() < _MADE_UP_POSTCODES:
        return made_up(dice, "postcode")
    return filled(dice, draw(dice, "postcodes"))


def licence(dice: random.Random) -> str:
    """Give the number of a driver's licence."""
    return filled(dice, draw(dice, "licences"))


def passport(dice: random.Random) -> str:
    """Give the number of a passport: letters and digits mixed, or one letter first."""
    mixed = "".join(dice.choices(_PASSPORT_CHARACTERS, k=_PASSPORT_LENGTH))
    return dice.choice((licence(dice)[:_PASSPORT_LENGTH], mixed, filled(dice, "?#######")))


def national_id(dice: random.Random) -> str:
    """Give a number by which a state knows a person: social security, tax, identity card."""
    return filled(dice, draw(dice, "national_ids"))


def _written(dice: random.Random, digits: str) -> str:
    """Write digits in groups, as one block, or with the area in brackets."""
    form = weighted(dice, _PHONE_FORMS)
    if form == "area, then groups":
        return f"({digits[:3]}) {_grouped(digits[3:], (3, 4), dice.choice(' -'))}"
    if form == "area, then block":
        return f"({digits[:3]}){digits[3:6]}-{digits[6:]}"
    if form == "block":
        return digits
    return _grouped(digits, dice.choice(_GROUPS), dice.choice((" ", "-", ".", " ", " ", "/")))


def _grouped(digits: str, sizes: Iterable[int], separator: str) -> str:
    """Cut digits into groups of these sizes; what is left over is one more."""
    groups = []
    start = 0
    for size in sizes:
        groups.append(digits[start : start + size])
        start += size
    return separator.join(group for group in (*groups, digits[start:]) if group)


def _country_code(dice: random.Random) -> str:
    sign = dice.choice(("+", "00", "+", "001-", "+1-", "1-"))
    code = str(dice.randint(1, 99)) if dice.random() < _ITS_DIGITS else ""
    return sign + code + dice.choice((" ", "-", " (0)"))
