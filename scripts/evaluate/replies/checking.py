"""Everything in a finished text that its facts do not support (pure).

What is recognised is taken out piece by piece; what digits, codes and capitals are left then came from nowhere.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from knowledge.facts import Facts
from scripts.evaluate.replies import quantities
from scripts.evaluate.replies.claims import claims_in
from scripts.evaluate.replies.evidence import Evidence, words_of
from scripts.evaluate.replies.statuses import other_statuses

_GONE = "▪"
_LIST_NUMBER = re.compile(r"^[ \t]*(\d{1,2})[.)]\s", re.MULTILINE)
_NUMERAL = re.compile("[\u00b2\u00b3\u00b9\u00bc-\u00be\u2150-\u218b\u2460-\u24ff]")
_DIGITS = re.compile(r"[\w-]*\d(?:[\w-]|[.,:/]\d)*")
_CAPITALS = re.compile(r"\b[A-Z]{4,}\b")
_WEEKDAY = re.compile(rf"\b({'|'.join(quantities.WEEKDAYS)})s?\b", re.IGNORECASE)
# A capital inside a sentence, after a small word or a comma: there it is no beginning.
_NAME = re.compile(r"(?<=[a-z,▪;] )[A-Z][a-zà-ÿ]+(?:['’][A-Za-z]+)?(?: [A-Z][a-zà-ÿ]+)*")
# Days are looked at on their own.
_NO_NAMES = frozenset(word for day in quantities.WEEKDAYS for word in (day, f"{day}s"))
_LONG_NAME = 4


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something that is said and not known: its sort ("price", "code", …) and its words."""

    sort: str
    said: str


class _Piece(Protocol):
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def doubts(
    text: str, facts: Facts, *, message: str = "", names: Collection[str] = ()
) -> list[Doubt]:
    """Give what is unsupported, as often as it is said.

    Args:
        text: The finished text.
        facts: All that it may state.
        message: What it answers; a capital or an occasion in it may be said back, a number may not.
        names: Stores and products of the whole shop; those that the facts do not name must not come.
    """
    evidence = Evidence(facts)
    rest = _without_texts(text, evidence.texts)
    found = [Doubt("status", said) for said in other_statuses(rest, facts)]
    found += [Doubt(sort, said) for sort, said in claims_in(rest, evidence)]
    rest = _without_foreign(rest, names, found)
    rest = _without_list_numbers(rest, evidence)
    rest = _without(rest, quantities.money_in, evidence.supports_money, "price", found)
    rest = _without(rest, quantities.percents_in, evidence.supports_percent, "percentage", found)
    rest = _without(rest, quantities.days_in, evidence.supports_day, "day", found)
    rest = _without(rest, quantities.distances_in, evidence.supports_distance, "distance", found)
    rest = _without(rest, quantities.times_in, evidence.supports_time, "time", found)
    found += _weekdays(rest, evidence)
    found += _leftovers(rest)
    found += _capitals(rest, evidence.words | set(words_of(message)))
    return found


def _without_texts(text: str, known: Iterable[str]) -> str:
    """Take out what stands there word for word, "Cinnamon Rolls" for "Cinnamon Roll" included; codes exactly so."""
    rest = text.replace("’", "'")
    for each in known:
        is_code = each.isupper() and any(map(str.isdigit, each))
        pattern = re.escape(each.replace("’", "'"))
        flags = 0 if is_code else re.IGNORECASE
        rest = re.sub(rf"(?<!\w){pattern}(?:e?s)?(?!\w)", _GONE, rest, flags=flags)
    return rest


def _without(
    text: str,
    find: Callable[[str], Iterable[_Piece]],
    is_supported: Callable[..., bool],
    sort: str,
    found: list[Doubt],
) -> str:
    """Take out all amounts of one sort, and keep note of those that nothing supports."""
    rest = text
    for piece in find(text):
        said = text[piece.start : piece.end]
        rest = rest[: piece.start] + _GONE * len(said) + rest[piece.end :]
        if not is_supported(piece):
            found.append(Doubt(sort, said))
    return rest


def _without_list_numbers(text: str, evidence: Evidence) -> str:
    def gone(match: re.Match[str]) -> str:
        return f"{_GONE} " if evidence.supports_position(int(match[1])) else match[0]

    return _LIST_NUMBER.sub(gone, text)


def _without_foreign(text: str, names: Collection[str], found: list[Doubt]) -> str:
    """Take out names of other stores and products; one common word is a name where its capital tells."""
    rest = text
    for name in sorted(names, key=len, reverse=True):
        is_word = not re.search(r"\W", name)
        if is_word and len(name) < _LONG_NAME:
            continue
        pattern = rf"(?<!\w){re.escape(name.replace('’', chr(39)))}(?!\w)"
        if is_word:
            pattern = rf"(?<=[a-z,] ){pattern}"
        flags = 0 if is_word else re.IGNORECASE
        found += [Doubt("name", match[0]) for match in re.finditer(pattern, rest, flags)]
        rest = re.sub(pattern, _GONE, rest, flags=flags)
    return rest


def _weekdays(text: str, evidence: Evidence) -> Iterator[Doubt]:
    for match in _WEEKDAY.finditer(text):
        day = match[1].casefold()
        is_told = {day, f"{day}s"} & evidence.claims
        if not is_told and not evidence.supports_weekday(quantities.WEEKDAYS.index(day)):
            yield Doubt("day", match[0])


def _leftovers(text: str) -> Iterator[Doubt]:
    for match in _DIGITS.finditer(text):
        is_code = any(map(str.isalpha, match[0]))
        yield Doubt("code" if is_code else "number", match[0])
    for match in _NUMERAL.finditer(text):
        yield Doubt("number", match[0])


def _capitals(text: str, known: Collection[str]) -> Iterator[Doubt]:
    """Find codes without a digit, and names; part of a name that is known may stand alone."""
    for match in _CAPITALS.finditer(text):
        if match[0].casefold() not in known:
            yield Doubt("code", match[0])
    for match in _NAME.finditer(text):
        if not set(words_of(match[0])) <= {*known, *_NO_NAMES}:
            yield Doubt("name", match[0])
