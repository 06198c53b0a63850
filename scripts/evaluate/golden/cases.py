"""The messages and what a shopper would want in answer, as they stand in data/*.toml.

words.toml gives moments, places, kinds and groups their names; a part gives its class to its cases. In a case:

- `say` the message, `then` those that follow it in the same talk; `at` a moment, `place` a store's door or a place
  of words.toml, `who` "ana" for a returning shopper.
- `kinds` the kinds of reply that are right, a name of words.toml or a list; products by default. With `both`, one
  of each of these must be in the reply.
- `group` what may be shown: names of words.toml, aisles, categories, product ids. `shows` must be first, `not_group`
  must not be shown; `store` is one that must be told, `document` the policy, `code` the coupon.
- limits that nothing shown may break: `max_price`, `size`, `colour`, `not_colour`, `diet`, `free_of` allergens,
  `sustain`, `attributes`, `never` words. `distinct`: not one thing in several sizes; the first is `cheaper` than
  what was shown before, or costs less than `first_below`.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec

from scripts.evaluate.errors import BadFile

DATA = Path(__file__).parent / "data"
Names = str | tuple[str, ...]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What data/words.toml holds."""

    moments: dict[str, str]
    places: dict[str, str]
    kinds: dict[str, tuple[str, ...]]
    groups: dict[str, tuple[str, ...]]


class Message(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One message, as written in a file."""

    say: str
    kinds: Names = "product"
    both: tuple[str, ...] = ()
    group: Names = ()
    not_group: Names = ()
    shows: str = ""
    store: Names = ()
    document: Names = ()
    code: str = ""
    max_price: float | None = None
    size: str = ""
    colour: str = ""
    not_colour: str = ""
    diet: Names = ()
    free_of: tuple[str, ...] = ()
    sustain: tuple[str, ...] = ()
    attributes: dict[str, str] = {}
    never: tuple[str, ...] = ()
    distinct: bool = False
    cheaper: bool = False
    first_below: float | None = None
    at: str = "noon"
    place: str = "square"
    who: str = ""
    then: tuple["Message", ...] = ()


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The cases of one class."""

    name: str = msgspec.field(name="class")
    cases: tuple[Message, ...]


class File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One file of cases."""

    part: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """One message with its names resolved. `number` tells the messages of a talk apart, from 0."""

    kind_of_case: str
    number: int
    message: Message
    kinds: frozenset[str]
    both: tuple[frozenset[str], ...]
    group: frozenset[str]
    not_group: frozenset[str]


@dataclass(frozen=True, slots=True)
class Talk:
    """Messages of one shopper, one after the other. `place` is a store's id, "square" or "none"."""

    at: datetime
    place: str
    who: str
    messages: tuple[Wanted, ...]


def talks(name: str) -> tuple[Talk, ...]:
    """Read data/`name`.toml; moments are the town's local time, without a zone.

    Raises:
        BadFile: a field or a name is not known.
    """
    words = _read("words", Words)
    return tuple(
        _talk(part.name, case, words) for part in _read(name, File).part for case in part.cases
    )


def _read(name: str, shape: Any) -> Any:
    path = DATA / f"{name}.toml"
    try:
        return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), shape)
    except (msgspec.ValidationError, tomllib.TOMLDecodeError) as error:
        raise BadFile(path, str(error)) from error


def _talk(kind_of_case: str, first: Message, words: Words) -> Talk:
    messages = (first, *first.then)
    return Talk(
        at=datetime.fromisoformat(words.moments[first.at]),
        place=words.places.get(first.place, first.place),
        who=first.who,
        messages=tuple(
            _wanted(kind_of_case, number, each, words) for number, each in enumerate(messages)
        ),
    )


def _wanted(kind_of_case: str, number: int, message: Message, words: Words) -> Wanted:
    return Wanted(
        kind_of_case=kind_of_case,
        number=number,
        message=message,
        kinds=frozenset(_resolved(message.kinds, words.kinds)),
        both=tuple(frozenset(_resolved(each, words.kinds)) for each in message.both),
        group=frozenset(_resolved(message.group, words.groups)),
        not_group=frozenset(_resolved(message.not_group, words.groups)),
    )


def _resolved(names: Names, known: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for name in listed(names):
        yield from known.get(name, (name,))


def listed(names: Names) -> tuple[str, ...]:
    """Give one name or several as several."""
    return (names,) if isinstance(names, str) else names
