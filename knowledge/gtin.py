"""The number of an article, as it stands under its barcode (pure).

Source: GS1 General Specifications, release 26, section 7.9 (check digit) and 2.1 (GTIN-8, -12 and -13); numbers that begin
with 20 to 29 are for use within one company.
"""

import re

_LENGTHS = (8, 12, 13, 14)
_DIGITS = 13
# The link that a QR code on goods may hold. Source: GS1 Digital Link URI Syntax 1.6, section 4.
_LINKED = re.compile(r"^https?://[^\s?#]+/01/(\d{8,14})(?:[/?#]|$)")


def gtin_in(said: str) -> str | None:
    """Give the 13 digits of the article that a code names, shorter numbers with zeros before them; None when none.

    A number of 14 digits, of a whole case, is that of the piece only where it begins with 0.
    """
    linked = _LINKED.match(said)
    digits = linked[1] if linked else said.strip()
    if not (digits.isascii() and digits.isdigit()) or len(digits) not in _LENGTHS:
        return None
    whole = digits.zfill(_DIGITS + 1)
    if whole[0] != "0" or check_digit(whole[:-1]) != whole[-1]:
        return None
    return whole[1:]


def check_digit(digits: str) -> str:
    """Give the digit that belongs behind these, which count 3, 1, 3, 1 and so on from the right."""
    total = sum(int(each) * (1 if place % 2 else 3) for place, each in enumerate(reversed(digits)))
    return str(-total % 10)
