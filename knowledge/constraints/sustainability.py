"""How a thing shall be made, as a message says it: vegan, organic, without plastic (pure)."""

import re
from collections.abc import Iterable

from knowledge.constraints.denial import Denial
from storage.records import Sustainability

_SUSTAINABILITY = {
    Sustainability.VEGAN: ("vegan", "plant-based", "plant based"),
    Sustainability.ORGANIC: ("organic",),
    Sustainability.FAIR_TRADE: ("fair trade", "fair-trade", "fairtrade"),
    Sustainability.LOCAL: (
        "locally made",
        "local product",
        "locally sourced",
        "made here",
        "made locally",
    ),
    Sustainability.PLASTIC_FREE: (
        "zero waste",
        "zero-waste",
        "plastic free",
        "plastic-free",
        "without plastic",
        "no plastic",
    ),
    Sustainability.CRUELTY_FREE: ("cruelty free", "cruelty-free", "not tested on"),
    Sustainability.CARBON_NEUTRAL: (
        "carbon neutral",
        "carbon-neutral",
        "climate neutral",
        "climate-neutral",
    ),
}
# Of a place it says nothing of goods.
_LOCAL = re.compile(
    r"\b(?:local(?:ly)?\b(?! (?:stores?|shops?|time|area|pickup|branch|hospital|place|bus|bank|news|number|currency|bakery|caf|"
    r"restaurant|pharmacy|deli|market|people|guide|library|pub|bar))|(?:from|made) (?:right )?around here)"
)
# Denied, they ask for how a thing is made.
_DENIED_MAKE = {
    "plastic": Sustainability.PLASTIC_FREE,
    "animal": Sustainability.VEGAN,
    "animals": Sustainability.VEGAN,
}


def sustainability_in(lowered: str, denials: Iterable[Denial]) -> frozenset[Sustainability]:
    """Find what is said of how it is made, or denied of it. The text is in small letters."""
    said = {
        kind for kind, words in _SUSTAINABILITY.items() if any(word in lowered for word in words)
    }
    said |= {Sustainability.LOCAL} if _LOCAL.search(lowered) else set()
    denied = {word for denial in denials for word in denial.words}
    said |= {kind for word, kind in _DENIED_MAKE.items() if word in denied}
    return frozenset(said)
