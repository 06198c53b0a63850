"""Finds where someone is without a street: a corner, a field post box, a point on the map; knows no street."""

import re
from collections.abc import Iterator

from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span

_NAME = r"(?:[0-9]{1,4}(?:st|nd|rd|th)|[0-9]{1,5}|[^\W\d_a-zß-ÿ][\w'.-]{0,24})"
_ROAD = rf"{_NAME}(?:[ ](?:de|da|do|del|la|of|{_NAME})){{0,4}}"
_CORNER = re.compile(
    rf"\b(?:[Cc]orner|[Ii]ntersection|[Ee]cke|[Cc]rossing|[Jj]unction)(?:\sof|\svon)?\s(?P<roads>{_ROAD}\s(?:and|und|&|/|with|y|et)\s{_ROAD})"
)
# Source: USPS Publication 28, section 238, military addresses.
_FIELD_POST = re.compile(
    r"\b(?:(?:psc|cmr|unit|ops)\s[0-9]{1,5}[,\s]{1,3}box\s[0-9]{1,5}|(?:uss|usns|usnv|usav|uscgc)\s[^\W\d_][\w' -]{1,30}?)"
    r"[,\s]{1,4}(?:apo|fpo|dpo)[,\s]{1,3}a[aep][,\s]{1,3}[0-9]{5}(?:-[0-9]{4})?(?!\w)"
    r"|\b(?:apo|fpo|dpo)[,\s]{1,3}a[aep][,\s]{1,3}[0-9]{5}(?:-[0-9]{4})?(?!\w)"
)
# Four decimals are eleven metres: a house. Degrees, minutes and seconds likewise.
_POINT = re.compile(
    r"(?<![\w.,-])-?[0-9]{1,2}\.[0-9]{4,12}°?\s?[nsNS]?\s?[,;/ ]\s?-?[01]?[0-9]{1,2}\.[0-9]{4,12}(?:°?\s?[eworEWO]\b)?(?![\w.])"
    r"|(?<!\w)[0-9]{1,2}°\s?[0-9]{1,2}'\s?(?:[0-9]{1,2}(?:\.[0-9]+)?(?:\"|''|″)?)?\s?[NS][,\s]{1,2}[0-9]{1,3}°\s?[0-9]{1,2}'\s?"
    r"(?:[0-9]{1,2}(?:\.[0-9]+)?(?:\"|''|″)?)?\s?[EWO](?!\w)"
    r"|(?<!\w)[23456789CFGHJMPQRVWX]{4,8}\+[23456789CFGHJMPQRVWX]{2,3}(?!\w)"  # Open Location Code
)


def find_places(reading: Reading) -> Iterator[Span]:
    """Find corners of two named roads, field post boxes, coordinates and plus codes."""
    text = reading.plain.text
    for match in _CORNER.finditer(text):
        yield Span(match.start("roads"), match.end("roads"), Kind.ADDRESS)
    if not reading.has_digits:
        return
    for match in _FIELD_POST.finditer(reading.plain.folded):
        yield Span(match.start(), match.end(), Kind.ADDRESS)
    for match in _POINT.finditer(text):
        yield Span(match.start(), match.end(), Kind.ADDRESS)
