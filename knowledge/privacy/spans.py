"""Where personal data stands in a text, and which finding wins; knows no detector and no placeholder."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Kind(StrEnum):
    """Families of personal data, the surest first: the order decides who names an overlap.

    TYPED is a text that only looks like one of our placeholders; it is masked like the rest so
    that what the shopper typed can never be taken for something we issued.
    """

    TYPED = "TYPED"
    URL = "URL"
    SECRET = "SECRET"  # noqa: S105 - the name of a family, no password
    EMAIL = "EMAIL"
    CARD = "CARD"
    IBAN = "IBAN"
    SSN = "SSN"
    ID = "ID"
    IP = "IP"
    ORDER = "ORDER"
    PHONE = "PHONE"
    ADDRESS = "ADDRESS"
    NAME = "NAME"


_RANK = {kind: rank for rank, kind in enumerate(Kind)}


@dataclass(frozen=True, slots=True)
class Span:
    """One finding, as half-open character positions.

    value is what the surface stands for when a detector knows better than a plain comparison of
    letters (a phone number in E.164); empty means: compare the surfaces.
    """

    start: int
    end: int
    kind: Kind
    value: str = ""


def resolve(spans: Iterable[Span]) -> list[Span]:
    """Merge overlapping findings, so that nothing a detector flagged is left in clear.

    An overlap becomes one span over all of it, named by the surest kind in it; a value only holds
    for the very characters it was read from. Spans that merely touch stay apart. In order of text.
    """
    merged: list[Span] = []
    for span in sorted(spans, key=_reading_order):
        if merged and span.start < merged[-1].end:
            merged[-1] = _union(merged[-1], span)
        else:
            merged.append(span)
    return merged


def _reading_order(span: Span) -> tuple[int, int, int, bool]:
    return span.start, -span.end, _RANK[span.kind], not span.value


def _union(first: Span, second: Span) -> Span:
    surer = min(first, second, key=lambda span: _RANK[span.kind])
    start, end = min(first.start, second.start), max(first.end, second.end)
    is_whole = (surer.start, surer.end) == (start, end)
    return replace(surer, start=start, end=end, value=surer.value if is_whole else "")
