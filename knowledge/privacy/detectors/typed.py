"""Finds what the shopper typed that looks like one of our placeholders; knows nothing else.

Masked like personal data, a typed <NAME_1> comes back as typed and is never filled in.
"""

from collections.abc import Iterator

from knowledge.privacy.placeholders import LOOKS_ISSUED
from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span


def find_typed(reading: Reading) -> Iterator[Span]:
    """Find placeholders in the typed text, well formed or nearly so."""
    for match in LOOKS_ISSUED.finditer(reading.plain.text):
        yield Span(match.start(), match.end(), Kind.TYPED)
