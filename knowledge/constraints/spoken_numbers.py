"""Numbers that are written in words, "thirty five", put in digits (pure)."""

import re

_UNITS = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
        "eighteen nineteen".split(),
        1,
    )
}
_TENS = {
    word: value
    for value, word in zip(
        range(20, 100, 10),
        "twenty thirty forty fifty sixty seventy eighty ninety".split(),
        strict=True,
    )
} | {"fourty": 40}
_SMALL = "|".join(sorted(_UNITS, key=len, reverse=True))
_TEN = "|".join(_TENS)
_DIGIT = "|".join(list(_UNITS)[:9])
_BELOW_100 = rf"(?:(?:{_TEN})(?:[\s-](?:{_DIGIT}))?|{_SMALL})"
# "Three fifty" is 3.50; "a hundred and twenty" is one number, and so is "two hundred".
NUMBER_IN_WORDS = (
    rf"(?:(?:an?|{_DIGIT})\s+hundred(?:\s+(?:and\s+)?{_BELOW_100})?|hundred"
    rf"|(?:{_DIGIT})\s+(?:fifty|ninety[\s-]nine|twenty[\s-]five|seventy[\s-]five)|{_BELOW_100})"
)
_PRICE = re.compile(
    rf"({_DIGIT})\s+(fifty|ninety[\s-]nine|twenty[\s-]five|seventy[\s-]five)", re.IGNORECASE
)


def in_digits(words: str) -> str:
    """Give a number that `NUMBER_IN_WORDS` matches in digits, with its cents when it has some."""
    price = _PRICE.fullmatch(words)
    if price is not None:
        return f"{_UNITS[price[1]]}.{_below_100(price[2])}"
    before, hundred, behind = words.partition("hundred")
    if not hundred:
        return str(_below_100(words))
    return str((_below_100(before) or 1) * 100 + _below_100(behind))


def _below_100(words: str) -> int:
    return sum(_UNITS.get(word, _TENS.get(word, 0)) for word in re.split(r"[\s-]+", words))
