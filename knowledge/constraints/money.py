"""The price limits in a message: at most, at least, about, and "the cheapest" (pure)."""

import re
from dataclasses import dataclass

# Amounts of these are not money: "less than 500 m", "up to 4 people", "in 10 minutes".
UNIT = (
    r"\s*(?:%|k?m|km|met(?:er|re)s?|kilomet(?:er|re)s?|mi|miles?|feet|ft|blocks?|min(?:ute)?s?|h|hours?|hrs?"
    r"|days?|weeks?|months?|years?|yrs?|people|persons?|players?|kids|children|guests|friends|degrees"
    r"|°|pieces|items|g|grams?|kg|ml|l|lit(?:er|re)s?|oz|lbs?|calories|kcal|[ap]m|o'clock)(?!\w)"
)
# Atomic: a number whose unit says no must not come back as its first digits.
_NUMBER = rf"(?>(\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}})(?:[.,](\d{{1,2}})(?!\d))?)(?!\d)(?!{UNIT})"
_MONEY = rf"[$€£]?\s*{_NUMBER}"
_CURRENCY = r"\s*(?:[$€£]|dollars?|bucks?|euros?|eur|usd|pounds?|quid)"
_ABOVE = re.compile(
    rf"(?<!no )(?<!not )\b(?:over|above|more than|at least|min(?:imum)?|from|starting at|upwards of|no less than)\s*{_MONEY}",
    re.IGNORECASE,
)
_BELOW = re.compile(
    r"\b(?:under|below|less than|max(?:imum)?|up to|at most|cheaper than|no more than|not more than|not over"
    rf"|within|budget (?:of|is)|only have|i have|i've got|spend|for)(?:\s+about)?\s*{_MONEY}({_CURRENCY})?",
    re.IGNORECASE,
)
# These begin many sentences; what follows is money only when it says so.
_NEEDS_CURRENCY = ("within", "only have", "i have", "i've got", "for", "spend")
_AFTER = re.compile(
    rf"{_MONEY}{_CURRENCY}?\s+(?:or less|max(?:imum)?|tops|at (?:the )?most|or under|or cheaper)\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    rf"(?:\bbetween\s*)?{_MONEY}{_CURRENCY}?\s*(?:-|–|to|and)\s*{_MONEY}({_CURRENCY})?",
    re.IGNORECASE,
)
_ABOUT = re.compile(
    rf"\b(?:around|about|roughly|approximately|approx\.?|circa|ish)\s*([$€£]?)\s*{_NUMBER}({_CURRENCY})?",
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
    between = _BETWEEN.search(text)
    if between and (
        between[0].startswith("between") or between[5] or re.search(r"[$€£]", between[0])
    ):
        low, high = cents(between[1], between[2]), cents(between[3], between[4])
        return PriceRange(min(low, high), max(low, high), cheap)
    about = _ABOUT.search(text)
    if about and (about[1] or about[4]):
        amount = cents(about[2], about[3])
        return PriceRange(amount * _ABOUT_FROM // 100, amount * _ABOUT_TO // 100, cheap)
    above, below = _ABOVE.search(text), _below(text)
    least = cents(above[1], above[2]) if above and not _is_age(text, above) else None
    return PriceRange(least, below, cheap)


def cents(whole: str, part: str | None) -> int:
    """Give an amount in cents: "1,000" and "5" are 100050."""
    return int(whole.replace(",", "")) * 100 + int((part or "0").ljust(2, "0"))


def _below(text: str) -> int | None:
    for match in _BELOW.finditer(text):
        is_vague = match[0].startswith(_NEEDS_CURRENCY)
        if not is_vague or match[3] or re.search(r"[$€£]", match[0]):
            return cents(match[1], match[2])
    after = _AFTER.search(text)
    return cents(after[1], after[2]) if after else None


def _is_age(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number is an hour or an age rather than money: "from 8", "over 18"."""
    return match[0].startswith(("from", "over", "above", "min")) and not (
        re.search(r"[$€£]", match[0]) or re.match(_CURRENCY, text[match.end() :])
    )
