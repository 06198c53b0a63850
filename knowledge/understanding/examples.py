"""Our own phrasings of every intent and need, and which of them a message is closest to (pure, given the vectors)."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

from knowledge.language import Sentence
from knowledge.search.base import Vectors
from knowledge.understanding.reading import Need


@dataclass(frozen=True, slots=True)
class Examples:
    """Every example phrasing with its label: an intent's name, or "need:" and the need's name."""

    texts: tuple[str, ...]
    labels: tuple[str, ...]
    needs: Mapping[str, Need]

    @classmethod
    def shipped(cls) -> "Examples":
        """Read the examples that come with the program."""
        data = files("knowledge") / "data"
        intents = tomllib.loads((data / "intents.toml").read_text(encoding="utf-8"))
        raw_needs = tomllib.loads((data / "needs.toml").read_text(encoding="utf-8"))
        needs = {
            name: Need(
                name,
                tuple(raw["says"]),
                tuple(raw["wants"]),
                tuple(map(Sentence, raw["openings"])),
                frozenset(raw.get("never", ())),
                raw.get("instead", {}),
                is_sensitive=raw.get("sensitive", False),
            )
            for name, raw in raw_needs.items()
        }
        pairs = [(text, name) for name, texts in intents.items() for text in texts]
        pairs += [(text, f"need:{need.name}") for need in needs.values() for text in need.says]
        return cls(tuple(text for text, _ in pairs), tuple(label for _, label in pairs), needs)

    def of_needs(self, vectors: Vectors) -> tuple[Sequence[str], Vectors]:
        """Give the labels of the needs' examples and their vectors, out of those of all."""
        rows = [n for n, label in enumerate(self.labels) if label.startswith("need:")]
        return [self.labels[row] for row in rows], vectors[rows]


class NearestExamples:
    """Scores labels by the closeness of their examples to a message."""

    def __init__(self, example_labels: Sequence[str], vectors: Vectors) -> None:
        """Take the label of each example and its unit vector, shape (len(example_labels), dim) float32."""
        self._vectors = vectors
        self._labels = sorted(set(example_labels))
        rows = [np.flatnonzero(np.array(example_labels) == label) for label in self._labels]
        # One row a label, padded with an index behind the last example, where no similarity is.
        width = max(map(len, rows))
        padding = len(example_labels)
        self._rows = np.array(
            [np.pad(r, (0, width - len(r)), constant_values=padding) for r in rows]
        )

    def closest(self, vector: Vectors) -> tuple[str, float]:
        """Give the closest label for a unit vector, shape (dim,), and the cosine of its best example."""
        return self.closest_two(vector)[0]

    def closest_two(self, vector: Vectors) -> tuple[tuple[str, float], tuple[str, float]]:
        """Give the two closest labels of at least two, each with the cosine of its best example.

        A label is scored by its best example, helped by its second and third best.
        """
        similarities = self._vectors @ vector
        by_label = np.append(similarities, np.float32(-1.0))[self._rows]
        top = np.sort(by_label, axis=1)[:, :-4:-1]
        first, second = np.argsort(-(0.75 * top[:, 0] + 0.25 * top.mean(axis=1)))[:2]
        return (
            (self._labels[first], float(top[first, 0])),
            (self._labels[second], float(top[second, 0])),
        )
