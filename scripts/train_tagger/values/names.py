"""Names of people who do not exist, in the orders and spellings people write them."""

import random

from scripts.train_tagger.values.drawing import draw, weighted
from scripts.train_tagger.values.pools import made_up

_JOINED = 0.2  # of names are ones nobody has, so that the tagger cannot live on lists
_SEVERAL_GIVEN = 0.1
_FULL_FORMS = {
    "{first} {last}": 62,
    "{first} {middle}. {last}": 10,
    "{initial}. {last}": 5,
    "{first} {other} {last}": 5,
    "{last}, {first}": 5,
    "{last} {first}": 3,
    "{first} {last} {ending}": 3,
    "{first} {other_last} {last}": 3,
    "{initial}.{middle}. {last}": 4,
}
_SURNAME_FORMS = {"{last}": 73, "joined": 20, "{last}-{other}": 4, "{particle}{last}": 3}


def first(dice: random.Random) -> str:
    """Give a given name, seldom several."""
    name = made_up(dice, "first_name")
    if dice.random() >= _SEVERAL_GIVEN:
        name = name.split()[0]
    return _joined(dice, name) if dice.random() < _JOINED else name


def last(dice: random.Random) -> str:
    """Give a surname: plain, of two families, or with a particle."""
    name = made_up(dice, "last_name")
    form = weighted(dice, _SURNAME_FORMS)
    if form == "joined":
        return _joined(dice, name.split()[0])
    other = made_up(dice, "last_name")
    return form.format(last=name, other=other, particle=draw(dice, "particles"))


def full(dice: random.Random) -> str:
    """Give given name and surname in one of many orders, with initials or an ending at times."""
    given = first(dice)
    return weighted(dice, _FULL_FORMS).format(
        first=given,
        initial=given[0],
        middle=draw(dice, "initials"),
        other=first(dice),
        last=last(dice),
        other_last=last(dice),
        ending=draw(dice, "endings_of_names"),
    )


def pet_form(dice: random.Random) -> str:
    """Give what friends call somebody."""
    return draw(dice, "pet_forms")


def name(dice: random.Random) -> str:
    """Give a name of any of these kinds, most often a full one."""
    return dice.choice((first, full, full, last))(dice)


def _joined(dice: random.Random, start: str) -> str:
    """Join the start of one name and the end of another to one that is on no list."""
    kind = dice.choice(("first_name", "last_name"))
    end = made_up(dice, kind).split()[0]
    kept = max(2, len(start) // 2 + dice.randint(-1, 1))
    return (start[:kept] + end[len(end) // 2 :].lower()).capitalize()
