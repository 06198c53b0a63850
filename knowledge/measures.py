"""How much a thing holds, as a message and a title say it: 1,000 pieces, 20000 mAh, 1.5 litres (pure).

It tells one thing from its like, and is no limit: a shop seldom keeps it as a size.
"""

import re

_MEASURE = re.compile(
    r"(?<![\w.,])(\d{1,3}(?:,\d{3})+|\d+(?:[.,]\d+)?)(?:[\s-]*)"
    r"(pieces?|pcs?|mah|ml|l|lit(?:er|re)s?|oz|ounces?|g|grams?|kg|lbs?|w|watts?|gb|tb|lumens|sheets|ft|feet|packs?|tablets?)\b",
    re.IGNORECASE,
)
_SUN_FACTOR = re.compile(r"\b(?:spf|factor)\s*(\d+)", re.IGNORECASE)
_THOUSANDS = re.compile(r",(?=\d{3}\b)")
_UNITS = {
    "pc": "piece", "liter": "l", "litre": "l", "ounce": "oz", "gram": "g", "watt": "w", "feet": "ft",
    "lumens": "lumen",
}  # fmt: skip

Measure = tuple[float, str]


def measures_in(text: str) -> frozenset[Measure]:
    """Give every amount with its unit that a text says, in one spelling."""
    found = {(_number(each[1]), _unit(each[2])) for each in _MEASURE.finditer(text)}
    return frozenset(found | {(_number(each[1]), "spf") for each in _SUN_FACTOR.finditer(text)})


def _number(written: str) -> float:
    return float(_THOUSANDS.sub("", written).replace(",", "."))


def _unit(written: str) -> str:
    unit = written.casefold()
    unit = unit.removesuffix("s") if len(unit) > 1 and unit != "lumens" else unit
    return _UNITS.get(unit, unit)
