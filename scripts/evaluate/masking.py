"""What a masker left in clear and what it hid for nothing, counted in letters and digits (pure).

Spaces and signs count nowhere: whether a comma between two names is hidden tells nobody anything.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple

from scripts.evaluate.reading import GoldSpan

# Gold labels that must be hidden, by the class under which they are told. Any other label counts neither way.
SENSITIVE: Mapping[str, str] = MappingProxyType(
    {
        "PERSON": "NAME",
        "ADDRESS": "ADDRESS",
        "STREET_ADDRESS": "ADDRESS",
        "ZIP_CODE": "ADDRESS",
        "PHONE_NUMBER": "PHONE",
        "EMAIL_ADDRESS": "EMAIL",
        "CREDIT_CARD": "CARD",
        "IBAN_CODE": "IBAN",
        "US_SSN": "SSN",
        "US_DRIVER_LICENSE": "LICENCE",
        "IP_ADDRESS": "IP",
    }
)


class Masked(NamedTuple):
    """Characters start to end (end excluded) that a masker hides, and what it takes them for."""

    start: int
    end: int
    type: str


@dataclass(slots=True)
class Tally:
    """Adds up one masker's texts. labels: the gold labels that must be hidden."""

    labels: Collection[str]
    sensitive: int = 0
    left: int = 0
    outside: int = 0
    hidden: int = 0
    spans: Counter[str] = field(default_factory=Counter)
    whole: Counter[str] = field(default_factory=Counter)

    def add(self, text: str, gold: Sequence[GoldSpan], masked: Iterable[Masked]) -> None:
        """Count one text."""
        telling = {place for place, character in enumerate(text) if character.isalnum()}
        hidden = _places(masked) & telling
        wanted = [span for span in gold if span.label in self.labels]
        sensitive = _places(wanted) & telling
        outside = telling - _places(gold)
        self.sensitive += len(sensitive)
        self.left += len(sensitive - hidden)
        self.outside += len(outside)
        self.hidden += len(outside & hidden)
        for span in wanted:
            kind, places = SENSITIVE[span.label], telling & {*range(span.start, span.end)}
            self.spans[kind] += bool(places)
            self.whole[kind] += bool(places) and places <= hidden

    @property
    def leak(self) -> float | None:
        """Give the share of what must be hidden that was not, in 0 … 1; None when there was nothing."""
        return self.left / self.sensitive if self.sensitive else None

    @property
    def overmask(self) -> float | None:
        """Give the share of what stands outside every gold span that was hidden, in 0 … 1."""
        return self.hidden / self.outside if self.outside else None

    @property
    def recall(self) -> dict[str, float]:
        """Give for each class the share of its spans, those with letters or digits, hidden whole."""
        return {kind: self.whole[kind] / count for kind, count in self.spans.items() if count}


def _places(spans: Iterable[GoldSpan | Masked]) -> set[int]:
    return {place for span in spans for place in range(span.start, span.end)}
