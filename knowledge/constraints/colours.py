"""The colours in a message, and which a shop's is among them (pure)."""

import re

_COLOURS = (
    "blue red green grey black white brown beige pink yellow orange purple navy teal turquoise burgundy charcoal cream "
    "gold silver coral plum mustard"
).split()
_SPELLED = {
    "gray": "grey",
    "golden": "gold",
    "dark blue": "navy",
    "violet": "purple",
    "lilac": "purple",
}
COLOUR_WORDS = (*_COLOURS, *_SPELLED)
_COLOUR = "|".join(COLOUR_WORDS)
_ANY = re.compile(rf"(?<!-)\b({_COLOUR})\b(?:\s*(?:or|,|and|/)\s*({_COLOUR})\b)?(?:\s+([a-z]+))?")
_IN = re.compile(
    rf"\bin\s+(?:(?:the|a|dark|light|bright|pale)\s+)*({_COLOUR})\b(?:\s*(?:or|,|/)\s*({_COLOUR})\b)?"
)
# These are called after things to eat and smell, or after metals: they count behind "in" alone.
_AMBIGUOUS = frozenset(
    "orange cream plum mustard gold silver coral rose lavender lilac charcoal violet golden".split()
)
# Behind a colour they make it part of a name.
_NAMED_AFTER = frozenset(
    "tea coffee pepper peppers bean beans wine bread rice chocolate cheese juice onion onions cabbage lentil lentils "
    "sugar curry salad smoothie smoothies apple apples grape grapes meat meats velvet friday card light day hair eyes "
    "thai pesto house salmon sauce vegetables vegetable leaf leafy cherries cherry currant currants olive olives drink "
    "noise fish roast board garlic pudding forest".split()
)


def colours_in(text: str) -> frozenset[str]:
    """Find the colours that it may have. `text` is in small letters."""
    found = [colour for match in _IN.finditer(text) for colour in match.groups() if colour]
    for match in _ANY.finditer(text):
        if match[3] not in _NAMED_AFTER:
            found += [c for c in match.groups()[:2] if c and c not in _AMBIGUOUS]
    return frozenset(_SPELLED.get(colour, colour) for colour in found)


def is_shade(colour: str, said: frozenset[str]) -> bool:
    """Tell whether a shop's colour, such as "forest green", is one of those said."""
    words = re.findall(r"[a-z]+", colour.casefold())
    return any(_SPELLED.get(word, word) in said for word in words)
