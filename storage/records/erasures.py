"""Who was forgotten, told without saying who."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Erasure:
    """A shopper who was forgotten, by keyed hash: it matches their id again, and nobody can read the id from it."""

    shopper_hash: str
    forgotten_at: datetime
