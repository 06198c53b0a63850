"""The price limits in a message: at most, at least, about, and "the cheapest" (pure)."""

import re
from dataclasses import dataclass

from knowledge.constraints.spoken_numbers import NUMBER_IN_WORDS, in_digits

# Amounts of these are not money: "less than 500 m", "up to 4 people", "in 10 minutes".
UNIT = (
    r"\s*(?:%|k?m|km|met(?:er|re)s?|kilomet(?:er|re)s?|mi|miles?|feet|ft|blocks?|min(?:ute)?s?|h|hours?|hrs?"
    r"|days?|weeks?|months?|years?|yrs?|people|persons?|players?|kids|children|guests|friends|degrees"
    r"|°|pieces?|items|g|grams?|kg|ml|l|lit(?:er|re)s?|oz|lbs?|mah|watts?|w|volts?|lumens|[gt]b|inch(?:es)?|sheets|rolls|bags|calories|kcal|[ap]m|o'clock)(?!\w)"
)
# Atomic: a number whose unit says no must not come back as its first digits.
_NUMBER = rf"(?>(\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}})(?:[.,](\d{{1,2}})(?!\d))?)(?!\d)(?!{UNIT})"
_MONEY = rf"[$€£]?\s*{_NUMBER}"
_CURRENCY = r"\s*(?:[$€£]|dollars?|bucks?|euros?|eur|usd|pounds?|quid)"
_ABOVE = re.compile(
    rf"\b(?:over|above|more than|at least|min(?:imum)?|from|starting at|upwards of|more expensive than|pricier than)\s*{_MONEY}",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"(?:\b(?:under|below|beneath|less than|max(?:imum)?|limit(?:\s*(?:of|is|:))?|cap(?:ped)?\s*(?:of|is|at)|ceiling\s*(?:of|is)|tops|exceed(?:ing)?|can spend|can afford|up to|at most|cheaper than|lower than|within|budget(?:\s*(?:of|is|'s|:|,|-))?|price limit|only have|only got"
    rf"|i have|i've got|i got|spend|for)(?:\s+about)?|<)\s*{_MONEY}({_CURRENCY})?",
    re.IGNORECASE,
)
# These begin many sentences; what follows is money only when it says so.
_NEEDS_CURRENCY = (
    "within",
    "only have",
    "only got",
    "i have",
    "i've got",
    "i got",
    "for",
    "spend",
)
# Said before "more than", they make a ceiling of the floor, and the other way round: "nothing over 20".
_TURNED = re.compile(
    r"\b(?:no|not|nothing|none|never|without|cannot|cant|dont|doesnt|shouldnt|wont|wouldnt|mustnt|nor|\w+n't)\b(?:\s+[a-z']+){0,5}\s*$"
)
_TURNED_AT_ONCE = re.compile(r"\b(?:no|not|nothing|none|\w+n't)(?:\s+(?:cost|go|be))?\s*$")
_BOUNDS_FROM_ABOVE = ("under", "below", "less", "cheaper")
_ALONE = re.compile(rf"[$€£]\s*{_NUMBER}|(?<![\w.,]){_NUMBER}{_CURRENCY}(?!\w)", re.IGNORECASE)
_SPOKEN = re.compile(
    rf"\b({NUMBER_IN_WORDS})(?=\s*(?:dollars?|bucks?|euros?|pounds?|quid|smackers)\b)"
)
# Behind a bound, or before one, a spoken number is money without its currency.
_SPOKEN_BOUND = re.compile(
    r"\b((?:under|below|beneath|less than|more than|over|above|up to|max(?:imum)?(?: of)?|at most|at least|between|budget(?: is| of)?"
    r"|limit(?: is| of)?|can spend|to spend|spend(?:ing)?|cheaper than|exceed(?:ing)?|around|about|cap(?:ped)? (?:is|of|at)|ceiling (?:is|of)"
    rf"|tops|i have|i've got|i got|only have|only got) (?:about )?)(?:an? (?!hundred))?({NUMBER_IN_WORDS})\b(?!-)(?!{UNIT})"
)
_SPOKEN_BEFORE = re.compile(
    rf"\b({NUMBER_IN_WORDS})(?= (?:max|tops|to spend|or less|or under|or below|or cheaper|at (?:the )?(?:very )?most|and no more|is my|is all|and {NUMBER_IN_WORDS} (?:dollars|bucks|quid|euros|pounds))\b)"
)
NOTES = {
    "a fiver": "5 dollars",
    "fiver": "5 dollars",
    "a tenner": "10 dollars",
    "tenner": "10 dollars",
    "a couple of bucks": "3 dollars",
    "a few bucks": "5 dollars",
}
_AFTER = re.compile(
    rf"{_MONEY}{_CURRENCY}?\s+(?:or (?:less|below|lower)|to spend|max(?:imum)?|tops|at (?:the )?(?:very )?most|and no more|is my (?:limit|max|maximum|budget)|is all (?:i have|i've got|i got)|or under|or cheaper)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"(?:\bbetween\s*)?{_MONEY}{_CURRENCY}?\s*(?:-|–|to|and)\s*{_MONEY}({_CURRENCY})?",
    re.IGNORECASE,
)
# "For around 20" is said of money alone; "around 20 people" is told by its unit.
_ABOUT = re.compile(
    rf"\b(for\s+)?(?:around|about|roughly|approximately|approx\.?|circa|ish)\s*([$€£]?)\s*{_NUMBER}({_CURRENCY})?",
    re.IGNORECASE,
)
# How far "about 20" reaches, in percent of the amount (ours).
_ABOUT_FROM, _ABOUT_TO = 60, 120
_CHEAPEST = re.compile(
    r"\b(?:cheapest|cheap|cheaply|inexpensive|affordable|low[- ]cost|lowest price|on a budget|tight budget|bargains?"
    r"|not (?:too |so |very )?(?:expensive|pricey|dear)|least expensive|don't want to spend much)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PriceRange:
    """What may be paid, in cents; None = no limit."""

    least: int | None = None
    most: int | None = None
    wants_cheapest: bool = False


def prices_in(text: str) -> PriceRange:
    """Find what may be paid. `text` is in small letters."""
    cheap = bool(_CHEAPEST.search(text))
    text = _in_digits(text)
    between = _BETWEEN.search(text)
    if between and (
        between[0].startswith("between") or between[5] or re.search(r"[$€£]", between[0])
    ):
        low, high = cents(between[1], between[2]), cents(between[3], between[4])
        return PriceRange(min(low, high), max(low, high), cheap)
    about = _ABOUT.search(text)
    if about and (about[1] or about[2] or about[5]):
        amount = cents(about[3], about[4])
        return PriceRange(amount * _ABOUT_FROM // 100, amount * _ABOUT_TO // 100, cheap)
    least, most = _above(text), _below(text)
    if least is None and most is None:
        # An amount alone is what somebody means to pay, whatever word stood before it.
        alone = _ALONE.search(text)
        most = cents(*_amount(alone)) if alone else None
    return PriceRange(least, most, cheap)


def _in_digits(text: str) -> str:
    """Write spoken amounts of money in digits: "ten bucks", "a fiver"."""
    for note, amount in NOTES.items():
        text = re.sub(rf"\b{note}\b", amount, text)
    text = _SPOKEN_BOUND.sub(lambda found: f"{found[1]}{in_digits(found[2])}", text)
    text = _SPOKEN_BEFORE.sub(lambda found: in_digits(found[1]), text)
    return _SPOKEN.sub(lambda found: in_digits(found[1]), text)


def _amount(match: re.Match[str]) -> tuple[str, str | None]:
    """Give the whole and the part of the only number that matched."""
    whole = next(at for at in range(1, len(match.groups()) + 1, 2) if match[at])
    return match[whole], match[whole + 1]


def cents(whole: str, part: str | None) -> int:
    """Give an amount in cents: "1,000" and "5" are 100050."""
    return int(whole.replace(",", "")) * 100 + int((part or "0").ljust(2, "0"))


def _above(text: str) -> int | None:
    """Give the floor: "over 20", but not "nothing over 20"; "nothing under 20" as well."""
    for match in _ABOVE.finditer(text):
        if not _is_turned(text, match) and not _is_age(text, match):
            return cents(match[1], match[2])
    turned = (match for match in _BELOW.finditer(text) if match[0].startswith(_BOUNDS_FROM_ABOVE))
    return next((cents(m[1], m[2]) for m in turned if _is_turned(text, m)), None)


def _below(text: str) -> int | None:
    for match in _BELOW.finditer(text):
        is_vague = match[0].startswith(_NEEDS_CURRENCY)
        if _is_turned(text, match) and match[0].startswith(_BOUNDS_FROM_ABOVE):
            continue
        if not is_vague or match[3] or re.search(r"[$€£]", match[0]):
            return cents(match[1], match[2])
    for match in _ABOVE.finditer(text):
        if _is_turned(text, match):
            return cents(match[1], match[2])
    after = _AFTER.search(text)
    return cents(after[1], after[2]) if after else None


def _is_turned(text: str, match: re.Match[str]) -> bool:
    """Tell whether a denial before it turns a bound round: one a few words before "more than", or right before "less"."""
    turning = _TURNED_AT_ONCE if match[0].startswith(_BOUNDS_FROM_ABOVE) else _TURNED
    return turning.search(text[: match.start()]) is not None


def _is_age(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number is an hour or an age rather than money: "from 8", "over 18"."""
    return match[0].startswith(("from", "over", "above", "min")) and not (
        re.search(r"[$€£]", match[0]) or re.match(_CURRENCY, text[match.end() :])
    )
