"""The shelf of policies: which snippets answer a question, which sentence is quoted, and whether any is.

Meaning (vectors of snippets and of their sentences) and words together; neither alone tells returns from
refunds. Better silent than wrong: a sentence is quoted only where one section stands out from the rest.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate, chain

import numpy as np

from knowledge.policies.question_kinds import answers_its_kind, leans_on_another, narrowed_to
from knowledge.policies.sections import Section, Snippet, snippets_of
from knowledge.policies.sentences import Sentence
from knowledge.policies.standing_out import confidence, stands_out
from knowledge.policies.vocabulary import Vocabulary, stems
from knowledge.policies.wording import Numbers, Places, Wording

SNIPPETS_TOLD = 3  # no more of the policies goes anywhere for one question
# Found by trial: neither cosine alone nor words alone rank as well, and a fifth either way changes little.
_OF_SNIPPET, _OF_SENTENCE, _OF_WORDS = 0.4, 0.6, 0.3
_ENOUGH_WORDS = (
    1.5  # a share beyond that adds hardly anything: a question of two words is soon told in full
)
# What tells the sentence to quote from its neighbours.
_WORDS_OF_SENTENCE, _KIND = 0.2, 0.08
_FARTHER_DOWN = 0.03  # a sentence: exceptions come after the rule
_LEANING = 0.2  # a sentence that goes on from the one before it
_NARROWED = 0.2  # a sentence on some goods only, none of which is asked about
# "What is your return policy?" names a document and asks for nothing in it: its first rules are meant.
_NAMES_AT_MOST = 2
_NAMED, _LATER = 0.6, 0.12


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
        self._sections = sections
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
        order = {id(section): place for place, section in enumerate(sections)}
        places = [order[id(each.section)] for each in self._snippets]
        self._section_of = np.array(places, dtype=np.int64)
        self._ranges = _ranges(sections, self._snippets)
        self._flat = np.fromiter(chain.from_iterable(self._ranges), dtype=np.int64)
        self._offsets = np.array(_starts(map(len, self._ranges)), dtype=np.int64)

    def rank(self, asked: Asked) -> list[Found]:
        """Give every snippet that holds on the day, best first."""
        numbers, scores = self._ranked(asked, _similar(self._sentence_vectors, asked.vector))
        return self._found(numbers, scores)

    def ask(self, asked: Asked) -> Finding:
        """Give the best snippets, and the sentence to quote when one section stands out."""
        similar = _similar(self._sentence_vectors, asked.vector)
        numbers, scores = self._ranked(asked, similar)
        if not len(numbers):
            return Finding()
        _, first = np.unique(self._section_of[numbers], return_index=True)
        sure = confidence(scores[np.sort(first)])
        best = self._found(numbers[:SNIPPETS_TOLD], scores)
        said = frozenset(stems(asked.question))
        is_named = self._names(said, best[0].snippet.section.document)
        quotable = stands_out(best[0].score, sure, is_named=is_named)
        quote = self._quoted(asked, best, similar) if quotable else None
        return Finding(tuple(best), quote, sure)

    def _ranked(self, asked: Asked, similar: Numbers) -> tuple[Places, Numbers]:
        """Give the numbers and the scores of the snippets that are open, best first."""
        is_open = np.array([_is_open(each, asked) for each in self._sections], dtype=bool)
        if not is_open.any():
            return np.array([], dtype=np.int64), np.array([], dtype=np.float32)
        words = self._snippet_words.shares(self._words.asked(asked.question))
        scores = (
            _OF_SNIPPET * _similar(self._snippet_vectors, asked.vector)
            + _OF_SENTENCE * np.maximum.reduceat(similar[self._flat], self._offsets)
            + _OF_WORDS * _ENOUGH_WORDS * np.tanh(words / _ENOUGH_WORDS)
            + self._named_scores(asked)[self._section_of]
        )
        numbers = np.flatnonzero(is_open[self._section_of])
        best_first = np.argsort(-scores[numbers], kind="stable")
        return numbers[best_first], scores[numbers][best_first]

    def _found(self, numbers: Places, scores: Numbers) -> list[Found]:
        return [
            Found(self._snippets[number], float(score), int(number))
            for number, score in zip(numbers, scores, strict=False)
        ]

    def _names(self, said: frozenset[str], document: str) -> bool:
        """Tell whether a question holds nothing but a document's name, or a word of it."""
        return 0 < len(said) <= _NAMES_AT_MOST and said <= self._names_of[document]

    def _named_scores(self, asked: Asked) -> Numbers:
        """Give each section what it gains when its document is named, the first ones most."""
        said = frozenset(stems(asked.question))
        named = {document for document in self._names_of if self._names(said, document)}
        gains = [
            max(0.0, _NAMED - _LATER * s.number) if s.document in named else 0.0
            for s in self._sections
        ]
        return np.array(gains, dtype=np.float32)

    def _quoted(self, asked: Asked, best: Sequence[Found], similar: Numbers) -> Quote:
        """Give the sentence of the best snippets that fits best, with what its snippet is worth."""
        asked_for = self._words.asked(asked.question)
        words = self._sentence_words.shares(asked_for)

        def worth(found: Found, number: int) -> float:
            text = self._sentences[number].sentence.text
            is_its_kind = answers_its_kind(asked.question, text)
            told = float(similar[number]) + _WORDS_OF_SENTENCE * float(words[number])
            place = number - self._ranges[found.number].start
            against = _FARTHER_DOWN * place + _LEANING * leans_on_another(text)
            narrowed = frozenset(stems(narrowed_to(text)))
            against += _NARROWED * (bool(narrowed) and not narrowed & asked_for.keys())
            return found.score + told + _KIND * is_its_kind - against

        pairs = [(each, number) for each in best for number in self._ranges[each.number]]
        return self._sentences[max(pairs, key=lambda pair: (worth(*pair), -pair[1]))[1]]


def texts_of(sections: Sequence[Section]) -> list[str]:
    """Give the texts to embed: all snippets, then all sentences, each with what it stands under."""
    snippets = [_titled(each.section, each.text) for each in snippets_of(sections)]
    return snippets + [_titled(each, said.text) for each in sections for said in each.sentences]


def _similar(vectors: Numbers, vector: Numbers) -> Numbers:
    """Give the cosines to each of some unit vectors, shape (n,).

    Not by matrix product: that calls up threads for so little, which wait for busy cores forty times as long.
    """
    return np.asarray(np.einsum("ij,j->i", vectors, vector), dtype=np.float32)


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
