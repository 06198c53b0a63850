"""The colours in a message, and which a shop's colours are shades of (pure)."""

import re
from collections.abc import Mapping

SHADES: Mapping[str, str] = {
    "blue": "blue navy teal turquoise indigo",
    "red": "red burgundy crimson scarlet wine",
    "green": "green olive mint sage",
    "grey": "grey gray charcoal slate silver steel",
    "black": "black",
    "white": "white cream ivory",
    "brown": "brown tan camel chestnut",
    "beige": "beige sand oatmeal natural cream",
    "pink": "pink rose coral",
    "yellow": "yellow mustard",
    "orange": "orange rust",
    "purple": "purple plum violet lilac lavender",
    "navy": "navy",
    "teal": "teal",
    "turquoise": "turquoise",
    "burgundy": "burgundy",
    "charcoal": "charcoal",
    "cream": "cream",
    "gold": "gold",
    "silver": "silver",
    "coral": "coral",
    "plum": "plum",
    "mustard": "mustard",
}
_SPELLED = {
    "gray": "grey",
    "golden": "gold",
    "dark blue": "navy",
    "violet": "purple",
    "lilac": "purple",
}
_COLOUR = "|".join([*SHADES, *_SPELLED])
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
    "noise fish roast t board garlic pudding forest".split()
)


def colours_in(text: str) -> frozenset[str]:
    """Find the colours that it may have. `text` is in small letters."""
    found = [colour for match in _IN.finditer(text) for colour in match.groups() if colour]
    for match in _ANY.finditer(text):
        if match[3] not in _NAMED_AFTER:
            found += [c for c in match.groups()[:2] if c and c not in _AMBIGUOUS]
    return frozenset(_SPELLED.get(colour, colour) for colour in found)


def is_shade(colour: str, said: frozenset[str]) -> bool:
    """Tell whether a shop's colour, such as "forest green", is a shade of one of those said."""
    words = set(re.findall(r"[a-z]+", colour.casefold()))
    return any(words & set(SHADES.get(each, each).split()) for each in said)
