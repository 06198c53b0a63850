"""What a code in a photo stands for, by its form alone (pure). Whether there is such a thing, others look up."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from knowledge.gtin import gtin_in

_ORDER = re.compile(r"[A-Z]\d-\d{4}")
# A link to a bot that says what it is opened with. Source: https://core.telegram.org/bots/features#deep-linking
_LINK = re.compile(r"https?://(?:t\.me|telegram\.me)/\w+\?start=([\w-]{1,64})")
_ORDER_LINK = "o_"
_COUPON = re.compile(r"[A-Z0-9]{3,32}")


class Thing(StrEnum):
    """What can be in a photo."""

    ORDER = "order"
    PRODUCT = "product"
    COUPON = "coupon"


@dataclass(frozen=True, slots=True)
class Scanned:
    """A code with what it may be: an order's code, a product's number in 13 digits, a coupon's code."""

    thing: Thing
    value: str


def scanned(codes: Sequence[str]) -> list[Scanned]:
    """Give what the codes of one photo may be, orders first: whoever shows one wants nothing else."""
    found = [each for code in codes for each in _readings(code)]
    return sorted(found, key=lambda each: list(Thing).index(each.thing))


def _readings(code: str) -> list[Scanned]:
    link = _LINK.fullmatch(code.strip())
    text = link[1].removeprefix(_ORDER_LINK) if link else code.strip()
    if _ORDER.fullmatch(text.upper()):
        return [Scanned(Thing.ORDER, text.upper())]
    number = gtin_in(text)
    if number is not None:
        return [Scanned(Thing.PRODUCT, number)]
    return [Scanned(Thing.COUPON, text.upper())] if _COUPON.fullmatch(text.upper()) else []
