"""Makes asked for by comparison: a bigger bottle, one size smaller, 500 pieces less, the highest zoom; and by taste (pure)."""

import re
from collections.abc import Mapping, Sequence

from scripts.evaluate.journeys.asking import mentions

_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_SCALES = (
    ("xs", "s", "m", "l", "xl", "xxl", "xxxl"),
    ("low", "medium", "high"),
    ("small", "medium", "large", "extra large"),
    ("beginner", "intermediate", "expert"),
)
# What people say of an option besides its name.
_CALLED: Mapping[str, str] = {
    "brightness": "bright(?:er)?|dim(?:mer)?",
    "capacity": "big(?:ger)?|large[r]?|small(?:er)?",
    "size": "big(?:ger)?|large[r]?|small(?:er)?",
    "length": "short(?:er)?|long(?:er)?",
}
_MORE = r"bigger|larger|brighter|higher|longer|more"
_LESS = r"smaller|less|lower|shorter|fewer|dimmer"
_MOST = re.compile(r"\b(?:maximum|maximi[sz]ed|highest|largest|biggest)\b", re.IGNORECASE)
_PREFER = re.compile(r"\bprefer(?:red|s)?\b([^.;)]*)", re.IGNORECASE)
_INSTEAD = re.compile(r"\b(?:instead of|rather than|over)\b[^.,;)]*", re.IGNORECASE)


def compared(words: str, option: str, current: str, values: Sequence[str]) -> str | None:
    """Give the value of an option that a comparison with the current one leads to; None without one.

    It is the next one in that direction, the one so many more or less, or the greatest of all.
    """
    name = option.casefold().split()[-1]
    called = "|".join(
        filter(None, (re.escape(option.casefold()), re.escape(name), _CALLED.get(name)))
    )
    ranked = sorted({value for value in values if _rank(value) is not None}, key=_place)
    here, plain = _rank(current), words.casefold()
    if here is None or not re.search(rf"\b(?:{called})\b", plain):
        return None
    if _MOST.search(plain):
        return ranked[-1]
    is_more, is_less = (re.search(rf"\b(?:{each})\b", plain) for each in (_MORE, _LESS))
    if bool(is_more) == bool(is_less):
        return None
    by = re.search(
        rf"\b(\d+)\s+(?:more|less|fewer)|\b(\d+)\s+{re.escape(name)}\s+(?:more|less|fewer)", plain
    )
    if by is not None:
        step = float(by[1] or by[2]) * (1 if is_more else -1)
        return next((each for each in ranked if _place(each) == here + step), None)
    beyond = [each for each in ranked if (_place(each) > here if is_more else _place(each) < here)]
    return None if not beyond else beyond[0] if is_more else beyond[-1]


def without_taste(words: str) -> str:
    """Give what must be, without what is preferred and what it shall be instead of."""
    return _INSTEAD.sub(" ", _PREFER.sub(" ", words))


def preferred(words: str, values: Sequence[str]) -> list[str]:
    """Give the values that are preferred, best first; what comes after "than" or "over" is not."""
    taste = " ".join(_PREFER.findall(words)).casefold()
    taste = re.split(r"\b(?:than|over)\b", taste)[0]
    said = mentions(taste, values)
    return sorted(said, key=lambda value: (_found(taste, value), value))


def _found(taste: str, value: str) -> int:
    places = [taste.find(word) for word in re.findall(r"[a-z]+|\d+", value.casefold())]
    return min((place for place in places if place >= 0), default=len(taste))


def _rank(value: str) -> float | None:
    plain = value.casefold()
    for scale in _SCALES:
        if plain in scale:
            return float(scale.index(plain))
    number = _NUMBER.search(plain)
    return float(number[0]) if number is not None else None


def _place(value: str) -> float:
    return _rank(value) or 0.0
