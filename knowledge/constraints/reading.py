"""The limits in a message: price ceiling, sustainability, diet, size, and what it must not be (pure)."""

import re
from dataclasses import dataclass

from knowledge.constraints.limits import Constraints
from storage.records import Sustainability

# Amounts of these are not money: "less than 500 m", "up to 4 people", "in 10 minutes".
_UNIT = (
    r"\s*(?:%|k?m|km|met(?:er|re)s?|kilomet(?:er|re)s?|mi|miles?|feet|ft|blocks?|min(?:ute)?s?|h|hours?|hrs?"
    r"|days?|weeks?|months?|years?|yrs?|people|persons?|players?|kids|children|guests|friends|degrees"
    r"|°|pieces|items)(?!\w)"
)
_PRICE = re.compile(
    r"\b(?:under|below|less than|max(?:imum)?|up to|at most|cheaper than|no more than)\s*[$€£]?\s*"
    # Atomic: a number whose unit says no must not come back as its first digits.
    rf"(?>(\d{{1,3}}(?:,\d{{3}})+|\d{{1,5}})(?:[.,](\d{{1,2}})(?!\d))?)(?!\d)(?!{_UNIT})",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:no|not|without|except|anything but|don'?t want|nothing with|hates?|allergic to)\s+"
    r"(?:any\s+|an?\s+|too\s+|much\s+|the\s+)*([a-z]{3,})(?:\s+(?:or|nor|and no)\s+([a-z]{3,}))?",
    re.IGNORECASE,
)
# "in 44" is a shoe, "in 15" a quarter of an hour: without the word, only European shoe sizes.
_SIZE = re.compile(
    rf"\b(?:size\s+(\d{{2}}|xxs|xs|s|m|l|xl|xxl)\b|in\s+(3[4-9]|4\d|50|xxs|xs|s|m|l|xl|xxl)\b(?!{_UNIT}))",
    re.IGNORECASE,
)
_SUSTAINABILITY = {
    Sustainability.VEGAN: ("vegan", "plant-based", "plant based"),
    Sustainability.ORGANIC: ("organic",),
    Sustainability.FAIR_TRADE: ("fair trade", "fair-trade", "fairtrade"),
    Sustainability.LOCAL: ("locally made", "local product", "locally sourced", "made here"),
    Sustainability.PLASTIC_FREE: ("plastic free", "plastic-free", "without plastic", "no plastic"),
    Sustainability.CRUELTY_FREE: ("cruelty free", "cruelty-free", "not tested on animals"),
    Sustainability.CARBON_NEUTRAL: ("carbon neutral", "carbon-neutral", "climate neutral"),
}
# After "no" or "not" these say something about the talk, not about a product.
_NOT_A_THING = frozenset(
    "sure idea problem more longer less matter worries way one time money thanks too very really "
    "so good expensive going know yet now here that this the plastic".split()
)


@dataclass(frozen=True, slots=True)
class ShopNames:
    """The names a message may say that only this shop knows, as they are written."""

    brands: frozenset[str] = frozenset()
    stores: frozenset[str] = frozenset()


NO_NAMES = ShopNames()


def constraints_in(text: str, names: ShopNames = NO_NAMES) -> Constraints:
    """Find the limits that a message names."""
    lowered = text.casefold().replace("’", "'")
    price = _PRICE.search(lowered)
    size = _SIZE.search(lowered)
    return Constraints(
        max_price_cents=_cents(price[1], price[2]) if price else None,
        sustainability=frozenset(
            kind
            for kind, words in _SUSTAINABILITY.items()
            if any(word in lowered for word in words)
        ),
        excluded=frozenset(_excluded_stems(lowered)),
        size=size[1] or size[2] if size else None,
        is_allergy="allerg" in lowered,
    )


def _cents(whole: str, part: str | None) -> int:
    return int(whole.replace(",", "")) * 100 + int((part or "0").ljust(2, "0"))


def _excluded_stems(lowered: str) -> set[str]:
    found = {word for match in _NEGATION.finditer(lowered) for word in match.groups() if word}
    return {word.rstrip("s") for word in found - _NOT_A_THING}
