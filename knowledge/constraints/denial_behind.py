"""Denials that follow what they deny: "mushrooms make me ill", "coffee? no thanks", "leave the onions out" (pure).

The words stand in data/denials.toml; `ways` reads them once.
"""

import itertools
import re
import tomllib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from knowledge.constraints.denial_words import denial_words, phrases
from knowledge.constraints.tokens import PICTURE, STOPS, Token

_ONE_FORM = {
    **dict.fromkeys(("is", "are", "was", "were", "isn't"), "be"),
    "does": "do",
    "am": "be",
    "has": "have",
    "dont": "do",
    "allergies": "allergy",
    "intolerances": "intolerance",
}
# Before an allergy they tell how bad it is, or where it sits; behind it they make something that helps.
_OF_AN_ALLERGY = frozenset(
    "severe serious bad strong terrible mild slight light deadly life threatening food skin known new tree also".split()
)
_HELPING = frozenset(
    "tablet tablets pill pills relief medicine meds medication spray drops season".split()
)
# Behind an effect they say that nobody wants the thing, and so say nothing new.
_RESUMING = phrases(
    "so skip that/so skip it/so skip those/skip that/skip it/so not that/so no/so not those/so drop that/so leave that out"
)
_POSSESSIVE = frozenset({"my", "our", "his", "her", "their", "your"})
_GOODS_IN_ING = frozenset({"pudding", "dressing", "stuffing", "frosting", "icing", "clothing"})
_JOINING = frozenset({"and", "or"})
_LATELY = frozenset({"these", "now", "nowadays", "anymore", "lately", "right", "really"})
_AROUND = frozenset({"leave", "keep", "take", "hold", "cut"})
_PARTICLES = frozenset({"out", "off", "away"})
_WITH_VERBS = frozenset({"off", "up", "out", "on"})
_LONGEST_CUE, _MOST_WORDS, _LONGEST_EFFECT = 9, 3, 6


@dataclass(frozen=True, slots=True)
class Ways:
    """How people say behind a thing that it is not for them, in words as `Token` has them.

    `does` and `to` are the verb and whom it befalls; with one of `good` behind them the thing is welcome.
    """

    behind: frozenset[tuple[str, ...]]
    does: frozenset[str]
    to: frozenset[str]
    good: frozenset[tuple[str, ...]]
    no_goods: frozenset[str]


@cache
def ways() -> Ways:
    """Give the ways that come with the program. Reads a file the first time."""
    text = (files("knowledge") / "data" / "denials.toml").read_text(encoding="utf-8")
    told: dict[str, list[str]] = tomllib.loads(text)
    return Ways(
        frozenset(itertools.chain.from_iterable(_spelled(each, told) for each in told["behind"])),
        frozenset(told["does"]),
        frozenset(told["to"]),
        frozenset(tuple(each.split()) for each in told["good"]),
        frozenset(told["no_goods"]),
    )


def _spelled(phrase: str, told: Mapping[str, list[str]]) -> Iterator[tuple[str, ...]]:
    """Give a phrase with each of the words that may stand for its "{whom}"."""
    name = re.search(r"\{(\w+)\}", phrase)
    for word in told[name[1]] if name else [""]:
        yield tuple((phrase.replace(name[0], word) if name else phrase).split())


@dataclass(frozen=True, slots=True)
class Behind:
    """What is denied, tokens begin to end (end excluded), and where the words end that deny it."""

    begin: int
    end: int
    until: int


def denied_behind(tokens: Sequence[Token]) -> Iterator[Behind]:
    """Give what is denied by the words behind it or around it, in order."""
    words = [_ONE_FORM.get(token.text, token.text) for token in tokens]
    place = 0
    while place < len(words):
        found = (
            _around(words, place)
            or _before(tokens, words, place)
            or _harming(tokens, words, place)
        )
        if found is not None:
            yield found
        place = found.until if found is not None else place + 1


def _around(words: Sequence[str], place: int) -> Behind | None:
    """Give what is left "out" or kept "away" by a phrase that begins here."""
    if words[place] not in _AROUND:
        return None
    for behind in range(place + 2, min(place + _MOST_WORDS + 3, len(words))):
        if words[behind] in STOPS or words[behind] in ways().no_goods:
            return None
        if words[behind] in _PARTICLES:
            return Behind(place + 1, behind, behind + 1)
    return None


def _before(tokens: Sequence[Token], words: Sequence[str], place: int) -> Behind | None:
    """Give what stands before a phrase that begins here and denies it."""
    length = _cue(words, place, ways().behind)
    if not length or (
        words[place] == "allergy" and words[place + 1 : place + 2] and words[place + 1] in _HELPING
    ):
        return None
    behind = place + length
    is_over = (
        behind == len(words)
        or _ends(words[behind])
        or words[behind] in _JOINING
        or words[behind] in _LATELY
    )
    if words[place] == "be" and not is_over:  # "is not allowed any nuts"
        return None
    begin = _thing_before(tokens, place)
    return None if begin is None else Behind(begin, place, behind)


def _harming(tokens: Sequence[Token], words: Sequence[str], place: int) -> Behind | None:
    """Give what harms or bothers somebody by a verb that stands here: "coffee gives me the shakes"."""
    verb = (
        words[place] if words[place] in ways().does else re.sub(r"(?<=ss)es$|s$", "", words[place])
    )
    to = place + 1
    if words[to : to + 1] and words[to] in _WITH_VERBS:  # "sets off my asthma"
        to += 1
    if verb not in ways().does or to >= len(words) or words[to] not in ways().to:
        return None
    behind = to + 1
    while behind < len(words) and behind - place < _LONGEST_EFFECT and not _ends(words[behind]):
        if _cue(words, behind, ways().good):
            return None
        behind += 1
    begin = _thing_before(tokens, place)
    if begin is None or (begin and tokens[begin - 1].text in _POSSESSIVE):
        return None
    if begin == place - 1 and _is_doing(tokens[begin].text):  # "walking gives me blisters"
        return None
    comma = behind < len(words) and words[behind] == ","
    return Behind(begin, place, behind + _cue(words, behind + comma, _RESUMING))


def _thing_before(tokens: Sequence[Token], place: int) -> int | None:
    """Give where the thing begins that ends before a place; None = none is named there."""
    while place and tokens[place - 1].text == PICTURE:
        place -= 1
    begin = place
    while begin > 0 and place - begin < _MOST_WORDS + 2 and not _ends(tokens[begin - 1].text):
        begin -= 1
    if len(_named(tokens[begin:place])) > _MOST_WORDS:  # nothing tells where the thing begins
        begin = place - 1
        while begin > 1 and tokens[begin - 1].text in _JOINING:
            begin -= 2
    named = _named(tokens[begin:place])
    if not named or named & ways().no_goods:
        return None
    while tokens[begin].text in denial_words().fillers | _OF_AN_ALLERGY | _JOINING:
        begin += 1
    return begin


def _named(tokens: Sequence[Token]) -> set[str]:
    words = {token.text for token in tokens}
    return words - denial_words().fillers - _OF_AN_ALLERGY - _JOINING


def _cue(words: Sequence[str], place: int, cues: Collection[tuple[str, ...]]) -> int:
    for length in range(min(_LONGEST_CUE, len(words) - place), 0, -1):
        if tuple(words[place : place + length]) in cues:
            return length
    return 0


def _is_doing(word: str) -> bool:
    return word.endswith("ing") and word not in _GOODS_IN_ING


def _ends(word: str) -> bool:
    return (
        word in STOPS
        or word in {",", PICTURE}
        or word in denial_words().ends
        or word in {"not", "no"}
    )
