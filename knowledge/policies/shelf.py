"""The shelf of policies: which snippets answer a question, which sentence is quoted, and whether any is.

Meaning (vectors of snippets and of their sentences) and words together; neither alone tells returns from
refunds. Better silent than wrong: a sentence is quoted only where one section stands out from the rest.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, chain

import numpy as np

from knowledge.policies.question_kinds import answers_its_kind
from knowledge.policies.sections import Section, Snippet, snippets_of
from knowledge.policies.sentences import Sentence
from knowledge.policies.standing_out import alikeness, confidence, stands_out
from knowledge.policies.vocabulary import Vocabulary, stems
from knowledge.policies.wording import Numbers, Wording

SNIPPETS_TOLD = 3  # no more of the policies goes anywhere for one question
# Found by trial: neither cosine alone nor words alone rank as well, and a fifth either way changes little.
_OF_SNIPPET, _OF_SENTENCE, _OF_WORDS = 0.4, 0.6, 0.3
_ENOUGH_WORDS = (
    1.5  # a share beyond that adds hardly anything: a question of two words is soon told in full
)
# What tells the sentence to quote from its neighbours.
_WORDS_OF_SENTENCE, _KIND = 0.2, 0.08
# "What is your return policy?" names a document and asks for nothing in it: its first rules are meant.
_NAMES_AT_MOST = 2
_NAMED, _LATER = 0.4, 0.03


@dataclass(frozen=True, slots=True)
class Found:
    """A snippet and how well it fits, about 0 to 1.5; `number` is its place on the shelf."""

    snippet: Snippet
    score: float
    number: int


@dataclass(frozen=True, slots=True)
class Quote:
    """The sentence that answers, and the section it stands in."""

    section: Section
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Finding:
    """What the policies say: at most three snippets, best first, and the sentence that may be quoted.

    `quote` is None when nothing stands out; `confidence` is what was held against the bar.
    """

    snippets: tuple[Found, ...] = ()
    quote: Quote | None = None
    confidence: float = 0.0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its unit vector, shape (dim,) float32, and the day and the policies it is about.

    `policy_ids` None means all of them.
    """

    question: str
    vector: Numbers
    day: date
    policy_ids: Collection[str] | None = None


class Shelf:
    """All versions of all policies, ready to be asked. Build it off the event loop; asking takes 1 ms."""

    def __init__(self, sections: Sequence[Section], vectors: Numbers, words: Vocabulary) -> None:
        """Take unit vectors of `texts_of(sections)`, in that order, shape (n, dim) float32."""
        self._snippets = snippets_of(sections)
        self._sentences = [
            Quote(section, each) for section in sections for each in section.sentences
        ]
        self._words = words
        self._names_of = {name: frozenset(stems(name)) for name in {s.document for s in sections}}
        count = len(self._snippets)
        self._snippet_vectors, self._sentence_vectors = vectors[:count], vectors[count:]
        self._snippet_words = Wording([_stems(each.section, each.text) for each in self._snippets])
        self._sentence_words = Wording(
            [_stems(q.section, q.sentence.text) for q in self._sentences]
        )
        self._ranges = _ranges(sections, self._snippets)
        self._flat = np.fromiter(chain.from_iterable(self._ranges), dtype=np.int64)
        self._offsets = np.array(_starts(map(len, self._ranges)), dtype=np.int64)

    def rank(self, asked: Asked) -> list[Found]:
        """Give every snippet that holds on the day, best first."""
        return self._ranked(asked, self._sentence_vectors @ asked.vector)

    def ask(self, asked: Asked) -> Finding:
        """Give the best snippets, and the sentence to quote when one section stands out."""
        similar = self._sentence_vectors @ asked.vector
        ranked = self._ranked(asked, similar)
        if not ranked:
            return Finding()
        best_of = {id(each.snippet.section): each.score for each in reversed(ranked)}
        scores = sorted(best_of.values(), reverse=True)
        open_vectors = self._snippet_vectors[[each.number for each in ranked]]
        sure = confidence(scores, alikeness(open_vectors))
        best = tuple(ranked[:SNIPPETS_TOLD])
        is_named = self._names(frozenset(stems(asked.question)), best[0].snippet.section)
        quotable = stands_out(scores[0], sure, is_named=is_named)
        quote = self._quoted(asked, best, similar) if quotable else None
        return Finding(best, quote, sure)

    def _ranked(self, asked: Asked, similar: Numbers) -> list[Found]:
        numbers = [n for n, each in enumerate(self._snippets) if _is_open(each.section, asked)]
        if not numbers:
            return []
        words = self._snippet_words.shares(self._words.asked(asked.question))
        scores = (
            _OF_SNIPPET * (self._snippet_vectors @ asked.vector)
            + _OF_SENTENCE * np.maximum.reduceat(similar[self._flat], self._offsets)
            + _OF_WORDS * _ENOUGH_WORDS * np.tanh(words / _ENOUGH_WORDS)
        )
        said = frozenset(stems(asked.question))
        found = [
            Found(each, float(scores[n]) + self._if_named(said, each.section), n)
            for n, each in ((n, self._snippets[n]) for n in numbers)
        ]
        return sorted(found, key=lambda each: (-each.score, each.number))

    def _names(self, said: frozenset[str], section: Section) -> bool:
        """Tell whether a question holds nothing but a document's name, or a word of it."""
        return 0 < len(said) <= _NAMES_AT_MOST and said <= self._names_of[section.document]

    def _if_named(self, said: frozenset[str], section: Section) -> float:
        return _NAMED - _LATER * section.number if self._names(said, section) else 0.0

    def _quoted(self, asked: Asked, best: Sequence[Found], similar: Numbers) -> Quote:
        """Give the sentence of the best snippets that fits best, with what its snippet is worth."""
        words = self._sentence_words.shares(self._words.asked(asked.question))

        def worth(found: Found, number: int) -> float:
            is_its_kind = answers_its_kind(asked.question, self._sentences[number].sentence.text)
            told = float(similar[number]) + _WORDS_OF_SENTENCE * float(words[number])
            return found.score + told + _KIND * is_its_kind

        pairs = [(each, number) for each in best for number in self._ranges[each.number]]
        return self._sentences[max(pairs, key=lambda pair: (worth(*pair), -pair[1]))[1]]


def texts_of(sections: Sequence[Section]) -> list[str]:
    """Give the texts to embed: all snippets, then all sentences, each with what it stands under."""
    snippets = [_titled(each.section, each.text) for each in snippets_of(sections)]
    return snippets + [_titled(each, said.text) for each in sections for said in each.sentences]


def _titled(section: Section, text: str) -> str:
    return f"{section.title}: {text}" if section.title else text


def _stems(section: Section, text: str) -> list[str]:
    return stems(f"{section.title} {text}")


def _is_open(section: Section, asked: Asked) -> bool:
    if asked.policy_ids is not None and section.policy_id not in asked.policy_ids:
        return False
    return section.valid_from <= asked.day and (
        section.valid_to is None or asked.day <= section.valid_to
    )


def _ranges(sections: Sequence[Section], snippets: Iterable[Snippet]) -> list[range]:
    """Give for each snippet the places of its sentences among those of all sections."""
    starts = _starts(len(section.sentences) for section in sections)
    start_of = dict(zip(map(id, sections), starts, strict=True))
    return [
        range(start_of[id(each.section)] + each.first, start_of[id(each.section)] + each.last)
        for each in snippets
    ]


def _starts(counts: Iterable[int]) -> list[int]:
    """Give where each of some stretches begins when they are laid end to end."""
    return list(accumulate(counts, initial=0))[:-1]
