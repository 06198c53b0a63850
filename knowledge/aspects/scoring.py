"""Which of several texts fits a wish best: by each of its aspects, weighed and added up (pure, given the vectors).

A cosine alone takes "no meat" for a wish for meat and a soup for what to eat on a hot day. Here every aspect
has its say, and what the wish denies or is worse off with counts against a text.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.aspects.kinds import Sighting
from knowledge.aspects.reading import Reader, Wish
from knowledge.search.base import Vectors

# Weights of the aspects (ours): found by hand on questions whose other half they were then tried on.
WEIGHTS: Mapping[str, float] = {
    "likeness": 0.55,
    "core": 0.45,
    "plain": -0.25,
    "words": 0.25,
    "named": 0.5,
    "denied": -1.0,
    "better": 0.3,
    "worse": -0.3,
}
_WORD_SHARE = 0.5  # a word of which nothing is known counts half as much as a term of a kind
_AT_MOST = 2  # more kinds than these in one text say nothing more


@dataclass(frozen=True, slots=True)
class Likeness:
    """The cosines of a wish and n texts, each of shape (n,) float32; `words` None: nobody compared word by word.

    `whole` is to the whole wish, `core` to its core, and `plain` to wishes that say nothing: what is like
    those is like anything.
    """

    whole: Vectors
    core: Vectors
    plain: Vectors
    words: Vectors | None = None


def scores(wish: Wish, texts: Sequence[str], likeness: Likeness, reader: Reader) -> Vectors:
    """Give each text's score, higher is better, shape (len(texts),) float32; only their order means something."""
    told = [reader.read(text) for text in texts]
    aspects = {
        "likeness": likeness.whole,
        "core": likeness.core,
        "plain": likeness.plain,
        "words": 0.0 if likeness.words is None else likeness.words,
        "named": _each(_named, wish, told),
        "denied": _each(_denied, wish, told),
        "better": np.array([_touched(wish.better, kinds_of(text)) for text in told], np.float32),
        "worse": np.array([_touched(wish.worse, kinds_of(text)) for text in told], np.float32),
    }
    total = sum(WEIGHTS[name] * value for name, value in aspects.items())
    return np.asarray(total, np.float32)


def kinds_of(text: Wish) -> frozenset[str]:
    """Give every kind that a text names and does not deny."""
    return frozenset().union(*(sighting.kinds for sighting in text.wanted))


def word_likeness(wish: Vectors, text: Vectors) -> float:
    """Give how well a text's words cover a wish's words: the mean of each one's best cosine.

    Shapes (words of the wish, dim) and (words of the text, dim), unit vectors of words in their sentences.
    Source: late interaction, https://arxiv.org/abs/2004.12832 (2020-04-27)
    """
    if not len(wish) or not len(text):
        return 0.0
    return float((wish @ text.T).max(axis=1).mean())


def _each(share: Callable[[Wish, Wish], float], wish: Wish, told: Sequence[Wish]) -> Vectors:
    return np.array([share(wish, text) for text in told], np.float32)


def _named(wish: Wish, text: Wish) -> float:
    """Give the share of what the wish names that the text has."""
    words = _words(text)
    terms = {sighting.term for sighting in wish.wanted}
    total = len(terms) + _WORD_SHARE * len(wish.words)
    if not total:
        return 0.0
    wanted = {sighting.term: sighting for sighting in wish.wanted}.values()
    had = sum(_has(text, words, sighting) for sighting in wanted)
    return float((had + _WORD_SHARE * len(wish.words & words)) / total)


def _denied(wish: Wish, text: Wish) -> float:
    words = _words(text)
    had = sum(_has(text, words, sighting) for sighting in wish.denied)
    return float(min(had + len(wish.denied_words & words), _AT_MOST))


def _has(text: Wish, words: frozenset[str], sighting: Sighting) -> bool:
    return words.issuperset(sighting.term) or "_".join(sighting.term) in kinds_of(text)


def _words(text: Wish) -> frozenset[str]:
    return text.words.union(*(sighting.term for sighting in text.wanted))


def _touched(meanings: Sequence[frozenset[str]], kinds: frozenset[str]) -> float:
    hits = sum(min(len(each & kinds), _AT_MOST) / _AT_MOST for each in meanings)
    return float(hits / max(len(meanings), 1) ** 0.5)
