"""What a person sees while something is measured, and afterwards."""

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

Figures = dict[str, object]
_Case = TypeVar("_Case")
EVERY_S = 5.0


def watched(cases: Sequence[_Case], what: str) -> Iterator[_Case]:
    """Give each case, and tell every few seconds on stderr how far it got."""
    told_s = time.monotonic()
    for number, case in enumerate(cases):
        if time.monotonic() - told_s >= EVERY_S:
            told_s = time.monotonic()
            print(f"{what}: {number:,} of {len(cases):,}", file=sys.stderr, flush=True)
        yield case


def percentile(values: Sequence[float], share: float) -> float:
    """Give the value that `share` of all do not exceed (nearest rank). There is at least one value."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, int(share * len(ranked)))]


def rounded(value: float | None) -> float | None:
    """Give a figure with four digits behind the point; None stays None: it could not be measured."""
    return None if value is None else round(value, 4)


def print_table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows under a head, in columns as wide as they need; numbers stand right."""
    lines = [list(map(_cell, line)) for line in (head, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        first, *others = zip(line, widths, strict=True)
        cells = [first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]
        print("  ".join(cells).rstrip())


def _cell(value: object) -> str:
    if value is None:
        return "–"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
