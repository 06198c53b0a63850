"""Reads a message: each of its parts on its own, then what they say together (pure, given the vectors).

The shopper's place, purchases and name are none of its business.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from knowledge.constraints import NO_NAMES, SpokenNames, constraints_in
from knowledge.search.base import Vectors
from knowledge.understanding.danger import danger_in
from knowledge.understanding.examples import Examples, NearestExamples
from knowledge.understanding.forms import describes, is_name, leaves_open, requests
from knowledge.understanding.joining import joined
from knowledge.understanding.learned import LearnedIntents
from knowledge.understanding.reading import PLACE_INTENTS, UNSURE_BELOW, Intent, Need, Reading

# A need is answered with things the message does not name, so it takes more to believe in one (ours).
_NEED_FROM = 0.5
# The learned judge has already found that it is a need: which one may be told from farther away (ours).
_NEED_NAMED_FROM = 0.42
# A few words that ask for nothing may name a thing unless they are close to a need, or clearly one (ours).
_NEED_HINTED_FROM, _NEED_CLEAR_FROM = 0.55, 0.8
# So close to what people say of a need, nothing else is meant (ours).
_NEED_CERTAIN_FROM = 0.86
# What a thing is to do is a need, whatever its words name besides: "something that keeps tea hot" (ours).
_NEED_DESCRIBED_FROM = 0.6
# A chore is told like something that is none of ours; not in the words of a need (ours). What is certainly none of
# ours takes those very words: "turn off the lights" is no power cut.
_NEED_KNOWN_FROM, _CERTAINLY_NOT_OURS = 0.62, 0.95
# Less than this is no judgement: the message is looked for among the goods (ours).
_GUESSED_BELOW = 0.33
# Kind words to somebody who asked for a cake are better than a cake offered in despair, but not by much (ours).
_CARE_FROM = 0.5
# So close to a need, what sounds low is that need; danger in words was looked for before (ours).
_LOW_TONES, _TROUBLE_FROM = frozenset({"", "sad"}), 0.6
# In these, what is asked counts: "ibuprofen, 24 tablets" asks nothing.
_ASKED_TONES = frozenset({"health", "legal"})
# Without a question or a request in it, a text is declined only when there is little doubt: of 1,103 searches that
# people typed elsewhere 0.8 % are declined then, instead of 2.7 %, and 2 % fewer questions that are not ours.
_NOT_OURS_FROM = 0.65
# A second reading is worth telling from this share on, when the first has no more than this lead (ours).
_RIVAL_FROM, _RIVAL_WITHIN = 0.2, 0.35
# From this closeness a need is thought of before nothing is found; from a name, a question or a request later, since they
# may name what is not sold (ours).
_HUNCH_FROM, _HUNCH_FOR_THINGS_FROM = 0.45, 0.65
# So begins a question about goods, when they may be meant at all: "how much is the soup at the deli".
_PRICE = re.compile(
    r"\W*(?:how much (?:is|are|for)|what(?:'s| is) the price of|what do(?:es)?\b.*\bcost)\b",
    re.IGNORECASE,
)
# Needs as close to a message as that may both be meant (ours).
_NEED_RIVAL_WITHIN = 0.05


@dataclass(frozen=True, slots=True)
class _Finding:
    """What one text is about, before its limits are read."""

    intent: Intent
    confidence: float
    need: Need | None = None
    tone: str = ""


class Understanding:
    """Reads messages: by what was learned where it fits the vectors, else by the nearest examples."""

    def __init__(
        self,
        examples: Examples,
        vectors: Vectors,
        learned: LearnedIntents | None = None,
        names: SpokenNames = NO_NAMES,
    ) -> None:
        """Take the examples, their unit vectors, shape (len(examples.texts), dim) float32, and what was learned.

        `names` are those a message may say that only this shop knows.
        """
        self._names = names
        self._needs = examples.needs
        self._nearest = NearestExamples(examples.labels, vectors)
        self._nearest_need = NearestExamples(*examples.of_needs(vectors))
        self._learned = learned

    def read(self, texts: Sequence[str], vectors: Vectors) -> Reading:
        """Read one scrubbed message.

        Args:
            texts: The whole message, then its parts, as `texts_of` gives them.
            vectors: Their unit vectors, shape (len(texts), dim) float32.
        """
        whole, *parts = (self._read_one(text, vectors[row], row) for row, text in enumerate(texts))
        return joined(whole, parts)

    def _read_one(self, text: str, vector: Vectors, row: int) -> Reading:
        best, *rivals = self._findings(text, vector)
        rival = self._reading(rivals[0], text, row) if rivals else None
        reading = replace(self._reading(best, text, row), rival=rival)
        return (
            replace(reading, hunch=self._hunch(text, vector)) if reading.need is None else reading
        )

    def _hunch(self, text: str, vector: Vectors) -> Need | None:
        """Give the need that a text may have come from, though it does not tell of one; None = none."""
        label, closeness = self._nearest_need.closest(vector)
        is_thing = (is_name(text) and not leaves_open(text)) or requests(text)
        enough = _HUNCH_FOR_THINGS_FROM if is_thing else _HUNCH_FROM
        return self._needs[label.removeprefix("need:")] if closeness >= enough else None

    def _reading(self, finding: _Finding, text: str, row: int) -> Reading:
        limits = constraints_in(text, self._names)
        if finding.need:
            limits = replace(limits, excluded=limits.excluded | finding.need.never)
        return Reading(
            finding.intent,
            finding.confidence,
            finding.need,
            limits,
            finding.tone,
            text=text,
            rows=(row,),
        )

    def _findings(self, text: str, vector: Vectors) -> list[_Finding]:
        """Give what a text is about, and what else it may well be about."""
        tone = danger_in(text)
        if tone is not None:
            return [_Finding(Intent.CARE, 1.0, tone=tone)]
        if self._learned is None:
            return [self._by_example(vector)]
        return self._by_learning(self._learned, text, vector)

    def _by_learning(self, learned: LearnedIntents, text: str, vector: Vectors) -> list[_Finding]:
        (label, closeness), other = self._nearest_need.closest_two(vector)
        need = self._needs[label.removeprefix("need:")]
        guess = learned.judge(text, vector)
        found = list[_Finding]()
        for intent, share in guess.by_intent()[:2]:
            is_hint = is_name(text) and share < _NEED_CLEAR_FROM
            is_need = intent is Intent.NEED and closeness >= (
                _NEED_HINTED_FROM if is_hint else _NEED_NAMED_FROM
            )
            is_need |= intent in PLACE_INTENTS and closeness >= (
                _NEED_DESCRIBED_FROM if describes(text) else _NEED_CERTAIN_FROM
            )
            # Low spirits borrow words from small troubles: "it's pouring and I have nothing with me".
            is_low = intent is Intent.CARE and guess.tone_of(intent) in _LOW_TONES
            is_need |= is_low and closeness >= _TROUBLE_FROM
            if is_need:
                found.append(_Finding(Intent.NEED, share, need))
            elif intent is Intent.NEED:
                found.append(_Finding(Intent.PRODUCT_SEARCH, share))
            else:
                found.append(_Finding(intent, share, tone=guess.tone_of(intent)))
        first, second = found
        if first.intent is Intent.OUT_OF_SCOPE:
            is_certain = first.confidence >= _CERTAINLY_NOT_OURS
            if closeness >= (_NEED_CERTAIN_FROM if is_certain else _NEED_KNOWN_FROM):
                return [_Finding(Intent.NEED, closeness, need)]
        if _is_doubtful(first, text) or (
            _PRICE.match(text)
            and guess.share_of(Intent.PRODUCT_SEARCH) + guess.share_of(Intent.STORE_LOOKUP)
            >= _RIVAL_FROM
        ):
            share = guess.share_of(Intent.PRODUCT_SEARCH)
            return [_Finding(Intent.PRODUCT_SEARCH, min(share, _GUESSED_BELOW))]
        if first.need and (rival := self._rival_need(first, closeness, other)):
            return [first, rival]
        is_close = first.confidence - second.confidence <= _RIVAL_WITHIN
        is_told = is_close and second.confidence >= _RIVAL_FROM and second.intent != first.intent
        return found if is_told else [first]

    def _rival_need(
        self, first: _Finding, closeness: float, other: tuple[str, float]
    ) -> _Finding | None:
        """Give the need that may be meant as well, by its label and closeness; None for one farther away."""
        label, other_closeness = other
        behind = max(closeness - other_closeness, 0.0)
        if other_closeness < _NEED_FROM or behind > _NEED_RIVAL_WITHIN:
            return None
        need = self._needs[label.removeprefix("need:")]
        return _Finding(Intent.NEED, first.confidence - behind, need)

    def _by_example(self, vector: Vectors) -> _Finding:
        label, closeness = self._nearest.closest(vector)
        is_need = label.startswith("need:")
        if closeness < (_NEED_FROM if is_need else UNSURE_BELOW):
            return _Finding(Intent.PRODUCT_SEARCH, closeness)
        if is_need:
            return _Finding(Intent.NEED, closeness, self._needs[label.removeprefix("need:")])
        intent, _, tone = label.partition(".")
        return _Finding(Intent(intent), closeness, tone=tone)


def _is_doubtful(finding: _Finding, text: str) -> bool:
    """Tell what may as well be goods nobody taught us: names of things look like nothing else."""
    is_thing = is_name(text) and (
        finding.intent is Intent.OUT_OF_SCOPE or finding.tone in _ASKED_TONES
    )
    if is_thing:
        return finding.confidence < _NOT_OURS_FROM
    if finding.intent is Intent.CARE:
        return finding.confidence < _CARE_FROM
    return finding.confidence < _GUESSED_BELOW


def vector_of(reading: Reading, vectors: Vectors) -> Vectors:
    """Give the unit vector of what a reading reads, shape (dim,), out of those of its message."""
    total = vectors[list(reading.rows)].sum(axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-9), dtype=np.float32)
