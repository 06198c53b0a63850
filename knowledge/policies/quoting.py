"""Which sentence of the policies answers a question: meaning from the index, words counted here (pure).

Meaning alone mixes up returns, refunds and exchanges; the words of question, title and heading tell
them apart. No sentence close enough means that no policy answers.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import log

from knowledge.policies.sections import Section

# Ours, on the sample policies: cosine alone puts the right sentence first for 14 of 20 questions,
# with words for 18. Below the floor it abstains.
_WORD_WEIGHT = 0.35
_FLOOR = 0.52
_LATER = 0.012  # a section
_QUESTION_WORDS = frozenset(
    "a an and are can could do does for from get have how i if in is it long me much my of on or "
    "our policy rule rules terms please the there they this to what when where which who will "
    "with would you your s t".split()
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a section; `similarity` is its cosine to the question, 0 when not asked yet."""

    section: Section
    text: str
    similarity: float = 0.0


class Quotes:
    """Chooses the quote. Knows how rare each word is in all policies."""

    def __init__(self, sections: Iterable[Section]) -> None:
        texts = [_stems(f"{s.document} {s.heading} {q}") for s in sections for q in s.sentences]
        counts = Counter(stem for stems in texts for stem in stems)
        self._rarity: Mapping[str, float] = {
            stem: log(1 + len(texts) / count) for stem, count in counts.items()
        }
        self._rarest = log(1 + len(texts))

    def best(self, question: str, sentences: Sequence[Sentence]) -> Sentence | None:
        """Give the sentence that answers, None when none does well enough."""
        asked = _stems(question)
        scored = [(self._score(asked, sentence), sentence) for sentence in sentences]
        if not scored:
            return None
        score, best = max(scored, key=lambda pair: (pair[0], pair[1].text))
        return best if score >= _FLOOR else None

    def _score(self, asked: frozenset[str], sentence: Sentence) -> float:
        """Weigh meaning and shared words; a document's name tells most, and general rules come first."""
        section = sentence.section
        shares = (
            (0.4, _stems(section.document)),
            (0.2, _stems(section.heading)),
            (0.4, _stems(sentence.text)),
        )
        words = sum(weight * self._share(asked, told) for weight, told in shares)
        return sentence.similarity + _WORD_WEIGHT * words - _LATER * section.number

    def _share(self, asked: frozenset[str], told: frozenset[str]) -> float:
        """Give how much of what was asked is told, rare words counting more, 0-1."""
        total = sum(self._rarity.get(stem, self._rarest) for stem in asked)
        shared = sum(self._rarity.get(stem, self._rarest) for stem in asked & told)
        return shared / total if total else 0.0


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z]+", text.casefold())
    return frozenset(_stem(word) for word in words if word not in _QUESTION_WORDS)


def _stem(word: str) -> str:
    """Cut the commonest English endings; enough to make "returns" and "returned" one word."""
    for ending in (
        "ations",
        "ation",
        "ments",
        "ment",
        "ings",
        "ing",
        "ies",
        "ied",
        "es",
        "ed",
        "s",
        "y",
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004  # a stem to speak of
            return word[: -len(ending)]
    return word
