"""Puts what is said in Spanish into plain English: the longest entry first, things behind what describes them (pure).

It is for understanding alone, never to be shown. What nobody knows stays as it is.
"""

import re
from collections.abc import Iterator

from knowledge.spanish.alarm import alarm_in
from knowledge.spanish.deciding import speaks_spanish
from knowledge.spanish.matching import ONE_WORD, Match, Matcher
from knowledge.spanish.vocabulary import (
    DESCRIBING,
    LITTLE,
    MEASURE,
    REST,
    SAID,
    THING,
    Vocabulary,
)
from knowledge.spanish.words import tokens_of
from knowledge.understanding.danger import danger_in

_NOTHING = "-"
_ENDS_CLAUSE = frozenset(".,;:!?\n")
_JOINS = {"y": "and", "e": "and", "o": "or", "u": "or"}
_BEFORE_MARK = re.compile(r" +(?=[.,;:!?)%€\n])|(?<=[(\n]) +")
_AN = re.compile(r"\ba(?= [aeiou](?!ni|se|ne))")
_ME = re.compile(r"\bmy(?=$|[.,;!?]| (?:and|but|or)\b)")  # "mi" is both, without its accent
_SPACES = re.compile(r" {2,}")
_KINDS = (SAID, THING, LITTLE, MEASURE, DESCRIBING)
# There is so much of these, or several are meant anyhow.
_NEVER_MANY = frozenset(
    "bread milk water food fish clothes fruit vegetables candy sunscreen medicine meat rice chocolate music hay shrimp "
    "soap paper tape ink underwear hair honey cheese flour kids people mouthwash shampoo toothpaste deodorant".split()
)
_UNEVEN = {"knife": "knives", "scarf": "scarves", "foot": "feet", "tooth": "teeth", "man": "men"}
_UNEVEN |= {"loaf": "loaves", "person": "people", "child": "children", "wife": "wives"}
_HISSING = ("s", "x", "z", "ch", "sh")


def in_english(text: str) -> str:
    """Give a scrubbed message in plain English if it is Spanish; any other as it is.

    Numbers and placeholders stay. Takes well below a millisecond.
    """
    vocabulary = Vocabulary.shipped()
    tokens = tokens_of(text)
    alarm = alarm_in(text)
    if not alarm and not speaks_spanish(tokens, vocabulary):
        return text
    said = " ".join(_Sentence(Matcher(tokens, vocabulary)).said())
    said = _SPACES.sub(" ", _BEFORE_MARK.sub("", said)).strip()
    said = _ME.sub("me", _AN.sub("an", said))
    return f"{said}. {alarm}" if alarm and danger_in(said) is None else said


def prepare() -> None:
    """Read the vocabulary from disk, so that no message has to wait for it. Blocks for 0.1 s."""
    Vocabulary.shipped()


class _Sentence:
    """One message on its way into English."""

    def __init__(self, matcher: Matcher) -> None:
        self._matcher = matcher
        self._vocabulary = Vocabulary.shipped()
        self._tokens = matcher.tokens

    def said(self, start: int = 0, end: int | None = None) -> Iterator[str]:
        """Give the English from one place to another, piece by piece."""
        at, end = start, len(self._tokens) if end is None else end
        while at < end:
            match = None if self._goes_on_with_name(at) else self._matcher.longest(at)
            if match is None:
                yield self._tokens[at].text
                at += 1
            elif match.takes_rest:
                rest_ends = self._end_of_clause(match.end)
                rest = " ".join(self.said(match.end, rest_ends))
                yield _filled(next(iter(match.meanings.values())), match).replace(REST, rest)
                at = rest_ends
            else:
                english, at = self._piece(match)
                yield english

    def _piece(self, match: Match) -> tuple[str, int]:
        """Give what an entry means here, a thing with all that describes it, and where that ends."""
        accented = self._accented(match)
        if accented:
            return accented, match.end
        kind = self._kind(match)
        english = _filled(match.meanings[kind], match)
        if kind == MEASURE and match.is_many:
            return _many(english), match.end
        if kind != THING:
            return english, match.end
        described, end = self._describing(match.end)
        head = _many(english) if match.is_many else english
        return " ".join([*reversed(described), head]), end

    def _accented(self, match: Match) -> str | None:
        """Give what a single word means by its accent, when it is written with one."""
        return (
            self._vocabulary.accented.get(self._tokens[match.end - 1].text.casefold())
            if match.words == ONE_WORD
            else None
        )

    def _kind(self, match: Match) -> str:
        if MEASURE in match.meanings and self._is_of(match.end):
            return MEASURE
        return next(
            kind
            for kind in _KINDS
            if kind in match.meanings and (kind != MEASURE or len(match.meanings) == 1)
        )

    def _is_of(self, place: int) -> bool:
        """Tell a cup of tea from a cup of glass."""
        if place >= len(self._tokens) or self._tokens[place].bare != "de":
            return False
        match = self._matcher.longest(place)
        return match is None or DESCRIBING not in match.meanings

    def _describing(self, start: int) -> tuple[list[str], int]:
        """Give what describes the thing before a place, as it follows in Spanish, and where that ends."""
        found: list[str] = []
        at = start
        while (step := self._described_by(at, found)) is not None:
            at = step
        return found, at

    def _described_by(self, at: int, found: list[str]) -> int | None:
        """Take one more description; give where it ends, None when there is none."""
        match = self._matcher.longest(at)
        if match is not None and DESCRIBING in match.meanings:
            found.append(_filled(match.meanings[DESCRIBING], match))
            return match.end
        following = self._matcher.longest(at + 1) if at + 1 < len(self._tokens) else None
        if following is None or not _joined(self._tokens[at].bare, following, found):
            return None
        return following.end

    def _goes_on_with_name(self, place: int) -> bool:
        """Tell a name that begins with a word nobody knows: the second of "Downtown Café"."""
        if not place:
            return False
        before, here = self._tokens[place - 1], self._tokens[place]
        are_written_so = before.text[0].isupper() and here.text[0].isupper()
        return are_written_so and before.is_word and self._matcher.longest(place - 1) is None

    def _end_of_clause(self, start: int) -> int:
        places = range(start, len(self._tokens))
        ends = (at for at in places if self._tokens[at].text in _ENDS_CLAUSE)
        return next(ends, len(self._tokens))


def _joined(word: str, following: Match, found: list[str]) -> bool:
    """Take what a small word joins to what describes a thing, if it does: "de fresa", "y negra", "muy cómodos"."""
    if word == "de" and THING in following.meanings:
        found.append(_filled(following.meanings[THING], following))
        return True
    if DESCRIBING not in following.meanings or THING in following.meanings:
        return False
    english = _filled(following.meanings[DESCRIBING], following)
    if word == "muy":
        found.append(f"very {english}")
        return True
    if word in _JOINS and found:
        found[-1] = f"{found[-1]} {_JOINS[word]} {english}"
        return True
    return False


def _filled(english: str, match: Match) -> str:
    if english == _NOTHING:
        return ""
    for number in match.numbers:
        english = english.replace("#", number, 1)
    return english


def _many(english: str) -> str:
    """Give the plural of an English name."""
    before, _, last = english.rpartition(" ")
    if last in _NEVER_MANY or (last.endswith("s") and last not in {"dress", "glass", "bus"}):
        return english
    if last in _UNEVEN:
        plural = _UNEVEN[last]
    elif last.endswith(_HISSING) or last in {"potato", "tomato"}:
        plural = f"{last}es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        plural = f"{last[:-1]}ies"
    else:
        plural = f"{last}s"
    return f"{before} {plural}".strip()
