"""What was found, and how meaning and words count together (pure).

Meaning knows what a thing is and mistakes one model for its neighbour; words know the model and take a bag for
what it is a bag for. So the order is meaning's, and who has the words asked for is moved up.
"""

from collections.abc import Iterable
from dataclasses import dataclass

# The part of what similarity leaves open that a text closes which says nothing but the words asked for. Measured with
# scripts/evaluate search: less leaves the words unheard, more puts accessories before the thing.
WORDS_WEIGHT = 0.4


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entry. `similarity` is the cosine, 1.0 is the same; `words` the share of the words asked for, 0–1."""

    id: str
    similarity: float
    words: float = 0.0

    @property
    def score(self) -> float:
        """Give how well it fits by meaning and words together: at least the similarity, at most 1."""
        return 1.0 - (1.0 - self.similarity) * (1.0 - WORDS_WEIGHT * self.words)


def best_of(rows: Iterable[Iterable[Hit]]) -> dict[str, Hit]:
    """Give each entry once, as the row saw it that it is most similar to."""
    best: dict[str, Hit] = {}
    for row in rows:
        for hit in row:
            known = best.get(hit.id)
            if known is None or hit.similarity > known.similarity:
                best[hit.id] = hit
    return best


def in_order(hits: Iterable[Hit], count: int) -> list[Hit]:
    """Give the best `count`, best first; equals by id, so that the order is always the same."""
    return sorted(hits, key=lambda hit: (-hit.score, hit.id))[:count]
