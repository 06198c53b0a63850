"""How a reply came about, for those who look behind it; masked texts only (pure)."""

from dataclasses import dataclass

from knowledge.evidence import Evidence
from knowledge.ranking import Ranked
from knowledge.understanding import Reading


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that was asked, what was found for it, and how it was ranked, best first."""

    reading: Reading
    evidence: Evidence
    ranked: tuple[Ranked, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """All that was asked in one message, in the order told.

    `step` says how it went on with the talk before it, and `meant` is the whole wish then; both may be empty.
    """

    told: tuple[Told, ...]
    step: str = ""
    meant: str = ""
