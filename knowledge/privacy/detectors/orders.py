"""Finds order codes, ours (K7-2291) and numbers that are called one; knows no orders."""

import re
from collections.abc import Iterator

from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span

# i7-7700 is a processor, unless it is called an order.
_CODE = re.compile(r"(?<![\w-])(?![Ii][3579])[A-Za-z][0-9]-[0-9]{4}(?![\w-])")
_ORDER_WORD = r"\b(?:order|orders|purchase|parcel|package|booking|reservation|bestellung|commande|pedido|ordine)"
_TOLD = re.compile(
    _ORDER_WORD
    + r"\W{0,2}\s?(?:(?:code|number|no|nr|id|num|nummer)\b\.?|#)?\s?(?:is|was|:|=|#)?\s?"
    r"(?P<code>[a-z][0-9][\s_.-]{0,2}[0-9]{4})(?!\w)"
)
_TOLD_NUMBER = re.compile(
    _ORDER_WORD
    + r"\W{0,2}\s?(?:(?:code|number|no|nr|id|num|nummer)\b\.?|#)\s?(?:is|was|:|=|#)?\s?#?"
    r"(?P<code>(?=[a-z]{0,4}-?[0-9])[a-z0-9]{1,12}(?:-[a-z0-9]{1,12}){0,3})(?![\w-])"
)


def find_orders(reading: Reading) -> Iterator[Span]:
    """Find order codes; without its dash a code must be called an order, or A4 2000 were one."""
    if not reading.has_digits:
        return
    for match in _CODE.finditer(reading.plain.text):
        yield Span(match.start(), match.end(), Kind.ORDER)
    for told in (_TOLD, _TOLD_NUMBER):
        for match in told.finditer(reading.plain.folded):
            if len(match["code"]) > 3:  # noqa: PLR2004 - "order no 2" counts, it names nothing
                yield Span(match.start("code"), match.end("code"), Kind.ORDER)
