"""Our own phrasings of every intent and need, and which of them a message is closest to (pure, given the vectors)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files

import numpy as np

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
                tuple(raw["openings"]),
                frozenset(raw.get("never", ())),
            )
            for name, raw in raw_needs.items()
        }
        pairs = [(text, name) for name, texts in intents.items() for text in texts]
        pairs += [(text, f"need:{need.name}") for need in needs.values() for text in need.says]
        return cls(tuple(text for text, _ in pairs), tuple(label for _, label in pairs), needs)


class NearestExamples:
    """Scores the labels of the examples by their closeness to a message."""

    def __init__(self, examples: Examples, vectors: Vectors) -> None:
        """Take the examples and their unit vectors, shape (len(examples.texts), dim) float32."""
        self._vectors = vectors
        self._labels = sorted(set(examples.labels))
        rows = [np.flatnonzero(np.array(examples.labels) == label) for label in self._labels]
        # One row a label, padded with an index behind the last example, where no similarity is.
        width = max(map(len, rows))
        padding = len(examples.labels)
        self._rows = np.array(
            [np.pad(r, (0, width - len(r)), constant_values=padding) for r in rows]
        )

    def closest(self, vector: Vectors) -> tuple[str, float]:
        """Give the closest label for a unit vector, shape (dim,), and the cosine of its best example.

        A label is scored by its best example, helped by its second and third best.
        """
        similarities = self._vectors @ vector
        by_label = np.append(similarities, np.float32(-1.0))[self._rows]
        top = np.sort(by_label, axis=1)[:, :-4:-1]
        best = int(np.argmax(0.75 * top[:, 0] + 0.25 * top.mean(axis=1)))
        return self._labels[best], float(top[best, 0])
