"""Values that are nobody's: brands, stores, goods, days, sums. The tagger learns from them what not to mask."""

import random
from collections.abc import Callable

from scripts.train_tagger.values.addresses import state
from scripts.train_tagger.values.drawing import draw, filled
from scripts.train_tagger.values.names import last
from scripts.train_tagger.values.pools import ENGLISH, made_up

Maker = Callable[[random.Random], str]
_COMPANY = 0.6  # of organisations have an invented company's name
_ISO_DATE = 0.4


def listed(name: str) -> Maker:
    """Give a maker that draws from one list of words.toml."""
    return lambda dice: draw(dice, name)


def faked(kind: str) -> Maker:
    """Give a maker that draws one of Faker's English values."""
    return lambda dice: made_up(dice, kind, ENGLISH)


def organisation(dice: random.Random) -> str:
    """Give a company, a school, an office of state."""
    if dice.random() < _COMPANY:
        return made_up(dice, "company")
    family = f"{last(dice)} {draw(dice, 'endings_of_companies')}"
    return dice.choice(
        (draw(dice, "brands"), family, draw(dice, "offices"), draw(dice, "offices"))
    )


def store(dice: random.Random) -> str:
    """Give a store by its brand, its place or what it sells."""
    head = draw(dice, "street_heads")
    named = f"{head} {dice.choice(('Market', 'Deli', 'Pharmacy', 'Outlet'))}"
    placed = f"the {head} Street shop"
    return dice.choice((draw(dice, "brands"), draw(dice, "stores"), named, placed))


def region(dice: random.Random) -> str:
    """Give a part of a country."""
    return dice.choice((state(dice), draw(dice, "regions")))


def date(dice: random.Random) -> str:
    """Give a day or a year."""
    if dice.random() < _ISO_DATE:
        return made_up(dice, "date", ENGLISH)
    day, month, year = dice.randint(1, 28), draw(dice, "months"), dice.randint(1890, 2027)
    short = f"{dice.randint(1, 12)}/{day}/{year % 100:02d}"
    return dice.choice((f"{day} {month} {year}", f"{month} {day}", short, "last week", str(year)))


def time(dice: random.Random) -> str:
    """Give a time of day."""
    hour, minute = dice.randint(0, 23), dice.randint(0, 59)
    half = hour % 12 + 1
    return dice.choice((f"{half}:{minute:02d} pm", f"{hour}:{minute:02d}", f"{half}am", "noon"))


def money(dice: random.Random) -> str:
    """Give a sum in one of three currencies."""
    cents = f"{dice.randint(0, 99):02d}"
    return dice.choice(
        (
            f"${dice.randint(1, 900)}.{cents}",
            f"{dice.randint(1, 90)} €",
            f"£{dice.randint(1, 4000)}",
            f"{dice.randint(1, 900)} dollars",
        )
    )


def number(dice: random.Random) -> str:
    """Give a count, mostly a small one."""
    return str(dice.randint(0, dice.choice((20, 999, 99999))))


def percent(dice: random.Random) -> str:
    """Give a share."""
    return f"{dice.randint(1, 99)}%"


def age(dice: random.Random) -> str:
    """Give years of life."""
    return str(dice.randint(1, 99))


def job(dice: random.Random) -> str:
    """Give what somebody does for a living, in small letters."""
    return made_up(dice, "job", ENGLISH).lower()


def band(dice: random.Random) -> str:
    """Give who makes the music, never one person."""
    word, other = (made_up(dice, "word", ENGLISH).capitalize() for _ in range(2))
    return dice.choice((f"The {word}s", draw(dice, "bands"), f"{word} {other}"))


def work(dice: random.Random) -> str:
    """Give the title of a book, a film or a song."""
    count = dice.randint(1, 4)
    return " ".join(made_up(dice, "word", ENGLISH).capitalize() for _ in range(count))


def url(dice: random.Random) -> str:
    """Give a web address, whole or shortened."""
    short = "http://t.co/" + "".join(dice.choices("abcXYZ123qRs", k=8))
    return dice.choice((made_up(dice, "url", ENGLISH), short))


def hashtag(dice: random.Random) -> str:
    """Give one word behind a hash."""
    return f"#{made_up(dice, 'word', ENGLISH)}"


def order(dice: random.Random) -> str:
    """Give the code of an order, as the shop writes it."""
    return filled(dice, "?#-####")
