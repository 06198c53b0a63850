"""Streets with house numbers, flats and boxes, as they are written in many countries."""

import random

from scripts.train_tagger.values.drawing import draw, filled, weighted
from scripts.train_tagger.values.names import first, last
from scripts.train_tagger.values.pools import locale, made_up

_ENGLISH = 0.5  # of street names
_STREET_FORMS = {
    "ready": 12,
    "{house}{gap}{street}": 40,
    "{street}{before}{house}{after}": 26,
    "{house} {street} {other}{dot}": 15,
    "crossing": 3,
    "{street}": 4,
}
_FOREIGN_FORMS = {"ready": 30, "word before": 35, "word after": 35}
_LETTERED_HOUSE = 0.06
_PLAIN_NAME = 0.1  # of streets go by a surname alone
_DIRECTION = 0.15
_NUMBERED_UNIT = 0.8


def street(dice: random.Random) -> str:
    """Give a street with its house number in either order, at times a corner of two."""
    form = weighted(dice, _STREET_FORMS)
    if form == "ready":
        return made_up(dice, "street_address").replace("\n", ", ")
    if form == "crossing":
        return draw(dice, "crossings").format(street_name(dice), street_name(dice))
    return form.format(
        house=house(dice),
        other=house(dice),
        street=_by_surname(dice) if dice.random() < _PLAIN_NAME else street_name(dice),
        gap=dice.choice((" ", " ", " ", ", ")),
        before=draw(dice, "marks_before_house"),
        after=dice.choice(("", "", "", ".", f"/{dice.randint(1, 40)}", f"-{dice.randint(1, 90)}")),
        dot=dice.choice(("", "", ".")),
    )


def street_name(dice: random.Random) -> str:
    """Give a street without a number."""
    return _english_name(dice) if dice.random() < _ENGLISH else _foreign_name(dice)


def house(dice: random.Random) -> str:
    """Give the number of a house, mostly a short one."""
    number = dice.choice((dice.randint(1, 99), dice.randint(1, 999), dice.randint(100, 99999)))
    return f"{number}{dice.choice('abcdABC') if dice.random() < _LETTERED_HOUSE else ''}"


def unit(dice: random.Random) -> str:
    """Give the part of a house that somebody lives or works in."""
    number = str(dice.randint(1, 999))
    if dice.random() >= _NUMBERED_UNIT:
        number = f"{dice.randint(1, 40)}{dice.choice('ABCD')}"
    return draw(dice, "units").format(number=number)


def box(dice: random.Random) -> str:
    """Give a post box, a military one or a ship, where others have a street."""
    form = draw(dice, "boxes")
    return filled(dice, form).format(number=dice.randint(1, 99999), name=last(dice))


def _by_surname(dice: random.Random) -> str:
    name = made_up(dice, "last_name")
    return dice.choice((name, f"{name} {draw(dice, 'street_ends')}"))


def _english_name(dice: random.Random) -> str:
    heads = (
        draw(dice, "street_heads"),
        last(dice),
        f"{first(dice)} {last(dice)}",
        f"{draw(dice, 'street_heads')} {draw(dice, 'street_heads')}",
        f"{dice.randint(1, 130)}{dice.choice(('th', 'st', 'nd', 'rd'))}",
    )
    direction = draw(dice, "directions") if dice.random() < _DIRECTION else ""
    return f"{direction}{dice.choice(heads)} {draw(dice, 'street_ends')}"


def _foreign_name(dice: random.Random) -> str:
    country = locale(dice)
    form = weighted(dice, _FOREIGN_FORMS)
    if form == "ready":
        return made_up(dice, "street_name", country)
    surname = made_up(dice, "last_name", country)
    whom = dice.choice(
        (
            surname,
            surname,
            f"{made_up(dice, 'first_name', country)} {surname}",
            made_up(dice, "city", country).split()[0],
        )
    )
    if form == "word before":
        return draw(dice, "street_words_before").format(draw(dice, "links") + whom)
    return draw(dice, "street_words_after").format(whom)
