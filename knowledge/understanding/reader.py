"""Reads a message: each of its parts on its own, then what they say together (pure, given the vectors).

The shopper's place, purchases and name are none of its business.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from knowledge.constraints import constraints_in
from knowledge.search.base import Vectors
from knowledge.understanding.examples import Examples, NearestExamples
from knowledge.understanding.reading import PLACE_INTENTS, UNSURE_BELOW, Intent, Reading

# A need is answered with things the message does not name, so it takes more to believe in one (ours).
_NEED_FROM = 0.5
_LATER = (Intent.SMALLTALK, Intent.OUT_OF_SCOPE)


class Understanding:
    """Reads messages by the examples."""

    def __init__(self, examples: Examples, vectors: Vectors) -> None:
        """Take the examples and their unit vectors, shape (len(examples.texts), dim) float32."""
        self._needs = examples.needs
        self._nearest = NearestExamples(examples, vectors)

    def read(self, texts: Sequence[str], vectors: Vectors) -> Reading:
        """Read one scrubbed message.

        Args:
            texts: The whole message, then its parts, as `texts_of` gives them.
            vectors: Their unit vectors, shape (len(texts), dim) float32.
        """
        each = [self._read_one(text, vectors[row], row) for row, text in enumerate(texts)]
        whole, parts = each[0], each[1:]
        telling = [part for part in parts if part.is_sure and part.intent not in _LATER]
        main = _together(whole, sorted(telling, key=_urgency))
        wants_person = any(reading.intent is Intent.HUMAN for reading in each)
        return replace(main, wants_person=wants_person)

    def _read_one(self, text: str, vector: Vectors, row: int) -> Reading:
        constraints = constraints_in(text)
        label, confidence = self._nearest.closest(vector)
        is_need = label.startswith("need:")
        unnamed = Reading(
            Intent.PRODUCT_SEARCH, confidence, None, constraints, text=text, rows=(row,)
        )
        if confidence < (_NEED_FROM if is_need else UNSURE_BELOW):
            return unnamed
        if is_need:
            need = self._needs[label.removeprefix("need:")]
            limits = replace(constraints, excluded=constraints.excluded | need.never)
            return replace(unnamed, intent=Intent.NEED, need=need, constraints=limits)
        intent, _, tone = label.partition(".")
        return replace(unnamed, intent=Intent(intent), tone=tone)


def vector_of(reading: Reading, vectors: Vectors) -> Vectors:
    """Give the unit vector of what a reading reads, shape (dim,), out of those of its message."""
    total = vectors[list(reading.rows)].sum(axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)


def _together(whole: Reading, parts: Sequence[Reading]) -> Reading:
    """Give the whole's reading, unless its parts ask for things of different kinds."""
    if Intent.CARE in (whole.intent, *(part.intent for part in parts)):
        return next((part for part in parts if part.intent is Intent.CARE), whole)
    kinds = {_kind(part) for part in parts}
    if len(kinds) < 2:  # noqa: PLR2004  # one thing, said in several sentences
        return parts[0] if whole.intent in _LATER and parts else whole
    first, *others = parts
    return replace(first, others=tuple(others))


def _kind(reading: Reading) -> str:
    return "wish" if reading.intent in PLACE_INTENTS else reading.intent.value


def _urgency(reading: Reading) -> int:
    """Rank what is waited for before what is wished for."""
    return 1 if reading.intent in PLACE_INTENTS else 0
