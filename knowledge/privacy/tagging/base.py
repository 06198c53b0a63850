"""What a tagger says (pure): the seam between detectors and the learned network."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Protocol


class Label(IntEnum):
    """What a word can be part of; the order is that of the network's scores."""

    OTHER = 0
    NAME = 1
    ADDRESS = 2
    PHONE = 3
    ID = 4


@dataclass(frozen=True, slots=True)
class Tagged:
    """Characters start to end (end excluded) of a text, and what they are."""

    start: int
    end: int
    label: Label


class TextTagger(Protocol):
    """Whatever can tag a text."""

    def tag(self, text: str) -> list[Tagged]:
        """Give what was found in a plain text, in order, without overlaps."""
        ...


class NoTagger:
    """Finds nothing: what is left are the rules."""

    def tag(self, text: str) -> list[Tagged]:
        """Give nothing."""
        return []
