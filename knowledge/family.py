"""Somebody the shopper buys for, as people write it: "mum, likes candles, vegan, birthday 12 May", also in Spanish (pure).

A nickname, tastes and a birthday: these people were not asked, so numbers and addresses of theirs are refused.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum, auto

from knowledge.kinship import name_in, relation_in
from knowledge.loaders.days import readings
from storage.records import Birthday, Relation, Relative

LONGEST_NICKNAME, LONGEST_TASTES = 40, 200  # characters; enough for what a present needs (ours)
_LEAP_YEAR = 2000  # has every day that a birthday can be
_WHOSE = r"(?:(?:he|she|they|his|her|their)(?: is| was|'s)? )?"
_BIRTHDAY = re.compile(
    rf"{_WHOSE}(?:birthday|b-?day|born)\b(?: is)?(?: on)?(?: the)?:?(?P<day>.*)"
    r"|(?:(?:su )?cumple(?:años)?|nacid[oa]|nació)\b(?: es)?(?: el)?(?: día)?:?(?P<dia>.*)"
)
_LIKES = re.compile(
    rf"\A(?:{_WHOSE}(?:likes?|loves?|enjoys?|into)|(?:a \w+ )?les? (?:gusta|encanta)n?(?: mucho)?"
    r"(?: (?:el|la|los|las))?) (?=.)",
    re.IGNORECASE,
)
_SPANISH_MONTHS = dict(
    zip(
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre".split(),
        "january february march april may june july august september october november december".split(),
        strict=True,
    )
)
_COMMA_BEFORE_YEAR = re.compile(r",(?=\s*(?:19|20)\d\d\s*(?:,|$))")
_REACHES_SOMEBODY = re.compile(r"@|https?:|(?:\d[ ()./-]{0,2}){6}")


class Flaw(Enum):
    """What can be wrong; each has one sentence where it is told."""

    NO_NICKNAME = auto()
    LONG_NICKNAME = auto()
    LONG_TASTES = auto()
    NOT_A_DAY = auto()
    TWO_DAYS = auto()
    TWO_BIRTHDAYS = auto()
    CONTACT = auto()


@dataclass(frozen=True, slots=True)
class Unclear:
    """Why nothing was understood; `given` is the part that is meant."""

    flaw: Flaw
    given: str = ""


@dataclass(frozen=True, slots=True)
class Introduction:
    """What a shopper says of somebody; empty or None for what was not said."""

    nickname: str
    relation: Relation | None = None
    tastes: str = ""
    birthday: Birthday | None = None


def read_relative(words: str) -> Introduction | Unclear:
    """Read what follows /family add: the nickname first, then remarks in any order, between commas.

    The year of a birthday is read and dropped.
    """
    parts = [" ".join(part.split()) for part in _COMMA_BEFORE_YEAR.sub(" ", words).split(",")]
    nickname, *remarks = parts
    if flaw := _flaw_of_nickname(nickname):
        return Unclear(flaw, nickname)
    said = Introduction(nickname, relation_in(nickname))
    birthdays, tastes = [], []
    for remark in filter(None, remarks):
        if match := _BIRTHDAY.fullmatch(remark.casefold()):
            birthdays.append((match["day"] or match["dia"] or "").strip(" ."))
        elif relation_in(remark) and not name_in(remark):
            said = replace(said, relation=relation_in(remark))
        else:
            tastes.append(_LIKES.sub("", remark, count=1))
    told = ", ".join(tastes)
    if flaw := _flaw_of_tastes(told):
        return Unclear(flaw, told)
    return _with_birthday(replace(said, tastes=told), birthdays)


_INVERSE = {
    Relation.PARENT: Relation.CHILD,
    Relation.CHILD: Relation.PARENT,
    Relation.GRANDPARENT: Relation.OTHER,
}


def inverse(relation: Relation) -> Relation:
    """Give what a shopper is to somebody who is this to them; a grandchild has no word of its own here."""
    return _INVERSE.get(relation, relation)


def known_as(relatives: Iterable[Relative], nickname: str) -> Relative | None:
    """Give who is called so already, None for somebody new."""
    called = nickname.casefold()
    return next((each for each in relatives if each.nickname.casefold() == called), None)


def with_news(known: Relative, said: Introduction) -> Relative:
    """Give somebody as they are said to be now; what was not said stays."""
    return replace(
        known,
        relation=said.relation or known.relation,
        tastes=said.tastes or known.tastes,
        birthday=said.birthday or known.birthday,
    )


def _flaw_of_nickname(nickname: str) -> Flaw | None:
    if not any(map(str.isalpha, nickname)):
        return Flaw.NO_NICKNAME
    if _REACHES_SOMEBODY.search(nickname):
        return Flaw.CONTACT
    return Flaw.LONG_NICKNAME if len(nickname) > LONGEST_NICKNAME else None


def _flaw_of_tastes(tastes: str) -> Flaw | None:
    if _REACHES_SOMEBODY.search(tastes):
        return Flaw.CONTACT
    return Flaw.LONG_TASTES if len(tastes) > LONGEST_TASTES else None


def _with_birthday(said: Introduction, birthdays: list[str]) -> Introduction | Unclear:
    if len(birthdays) > 1:
        return Unclear(Flaw.TWO_BIRTHDAYS)
    for written in birthdays:
        days = set(map(_day_of_any_year, readings(_in_english(written))))
        if len(days) > 1:
            return Unclear(Flaw.TWO_DAYS, written)
        day = days.pop() if days else None
        return Unclear(Flaw.NOT_A_DAY, written) if day is None else replace(said, birthday=day)
    return said


def _in_english(day: str) -> str:
    """Give a day with its month in English: 12 may for 12 de mayo."""
    words = [word for word in day.split() if word not in ("of", "de")]
    return " ".join(_SPANISH_MONTHS.get(word, word) for word in words)


def _day_of_any_year(numbers: tuple[int | None, int, int]) -> Birthday | None:
    """Give the day; None when no year has it."""
    _, month, day = numbers
    try:
        date(_LEAP_YEAR, month, day)
    except ValueError:
        return None
    return Birthday(month, day)
