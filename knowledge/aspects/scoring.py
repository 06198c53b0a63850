"""Which of several texts fits a wish best: by each of its aspects, weighed and added up (pure, given the vectors).

A cosine alone takes "no meat" for a wish for meat and a soup for what to eat on a hot day. Here every aspect
has its say, and what the wish denies or is worse off with counts against a text.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from knowledge.aspects.kinds import Kinds, Term
from knowledge.aspects.reading import Reader, Wish
from knowledge.search.base import Vectors

# Weights of the aspects (ours), set by hand between those that logistic regression finds in each fold; near them
# the figures are flat.
WEIGHTS: Mapping[str, float] = {
    "whole": 0.5,
    "core": 0.5,
    "named": 0.6,
    "denied": -1.0,
    "like_denied": -0.3,
    "better": 0.4,
    "worse": -0.35,
}
# Where the kinds know no text for a food, vectors have to say what kinds would.
STRANGE_WEIGHTS: Mapping[str, float] = {"words": 0.8, "plain": -0.4}
_WORD_SHARE = 0.5  # a word of which nothing is known counts half as much as a term of a kind
_MANNER_SHARE = 0.5  # what is mostly so need not be: much pasta is Italian, not all
_FEW, _MANY = "few_things", "many_things"
_FEW_THINGS, _MANY_THINGS = 3, 7
_MILD_SHARE = 0.5  # "not too sweet" may be sweet
_AT_MOST = 2  # more kinds than these in one text say nothing more


@dataclass(frozen=True, slots=True)
class Likeness:
    """The cosines of a wish and n texts, each of shape (n,) float32.

    `whole` is to the whole wish, `core` to its core, `denied` to what it denies (zeros when it denies nothing), `plain`
    to wishes that say nothing: what is like those is like anything. `words` compares word by word.
    """

    whole: Vectors
    core: Vectors
    denied: Vectors
    plain: Vectors
    words: Vectors


def scores(wish: Wish, texts: Sequence[str], likeness: Likeness, reader: Reader) -> Vectors:
    """Give each text's score, higher is better, shape (len(texts),) float32; only their order means something."""
    told = [reader.read(text) for text in texts]
    kinds = reader.kinds
    known = (
        WEIGHTS["whole"] * likeness.whole
        + WEIGHTS["core"] * likeness.core
        + WEIGHTS["named"] * _each(_named, wish, told, kinds)
        + WEIGHTS["like_denied"] * likeness.denied
        + suits(wish, told, kinds)
    )
    strange = np.mean([kinds_of(text, kinds).isdisjoint(kinds.foods) for text in told])
    unknown = STRANGE_WEIGHTS["words"] * likeness.words + STRANGE_WEIGHTS["plain"] * likeness.plain
    return np.asarray(known + strange * unknown, np.float32)


def suits(wish: Wish, told: Sequence[Wish], kinds: Kinds) -> Vectors:
    """Give how n texts suit what a wish denies and means, whatever it names; shape (n,) float32, 0 = all the same."""
    owned = [kinds_of(text, kinds) for text in told]
    better = np.array([_touched(wish.better, own) for own in owned], np.float32)
    worse = np.array([_touched(wish.worse, own) for own in owned], np.float32)
    denied = _each(_denied, wish, told, kinds)
    total = WEIGHTS["denied"] * denied + WEIGHTS["better"] * better + WEIGHTS["worse"] * worse
    return np.asarray(total, np.float32)


def denied_in(wish: Wish) -> str:
    """Give the words of what a wish denies, joined by commas."""
    return ", ".join(" ".join(term) for thing in wish.denied for term in sorted(thing.terms))


def kinds_of(text: Wish, kinds: Kinds) -> frozenset[str]:
    """Give every kind that a text names and does not deny.

    How a thing is matters in food alone: a green coat is no greens. How many things are named tells whether it is simple.
    """
    known = frozenset().union(*(sighting.kinds for sighting in text.wanted))
    if known.isdisjoint(kinds.foods):
        return known - kinds.manners
    count = len({sighting.term for sighting in text.wanted})
    return known | (
        {_FEW} if count <= _FEW_THINGS else {_MANY} if count >= _MANY_THINGS else set()
    )


def word_likeness(wish: Vectors, text: Vectors) -> float:
    """Give how well a text's words cover a wish's words: the mean of each one's best cosine.

    Shapes (words of the wish, dim) and (words of the text, dim), unit vectors of words in their sentences.
    Source: late interaction, https://arxiv.org/abs/2004.12832 (2020-04-27)
    """
    if not len(wish) or not len(text):
        return 0.0
    return float((wish @ text.T).max(axis=1).mean())


def _each(
    share: Callable[[Wish, Wish, Kinds], float], wish: Wish, told: Sequence[Wish], kinds: Kinds
) -> Vectors:
    return np.array([share(wish, text, kinds) for text in told], np.float32)


def _named(wish: Wish, text: Wish, kinds: Kinds) -> float:
    """Give the share of what the wish names that the text has."""
    words = _words(text)
    terms = {sighting.term for sighting in wish.wanted}
    total = len(terms) + _WORD_SHARE * len(wish.words)
    if not total:
        return 0.0
    own = kinds_of(text, kinds)
    had = sum(words.issuperset(term) or kinds.kind_called(term) in own for term in terms)
    return float((had + _WORD_SHARE * len(wish.words & words)) / total)


def _denied(wish: Wish, text: Wish, kinds: Kinds) -> float:
    """Give how much a text has of what the wish denies; what the wish itself asks for denies nothing."""
    asked = {sighting.term for sighting in wish.wanted}
    seen = [sighting for sighting in text.wanted if sighting.term not in asked]
    words = text.words.union(*(sighting.term for sighting in seen))

    def had(term: Term) -> float:
        kind = kinds.kind_called(term)
        if kind in text.lifted:
            return 0.0
        if words.issuperset(term):
            return 1.0
        is_so = any(kind in sighting.kinds for sighting in seen)
        return is_so * (_MANNER_SHARE if kind in kinds.manners else 1.0)

    denied = sum(
        (_MILD_SHARE if thing.is_mild else 1.0) * float(np.mean([had(t) for t in thing.terms]))
        for thing in wish.denied
    )
    return min(denied + sum(had((kind,)) for kind in wish.never), _AT_MOST)


def _words(text: Wish) -> frozenset[str]:
    return text.words.union(*(sighting.term for sighting in text.wanted))


def _touched(meanings: Sequence[frozenset[str]], kinds: frozenset[str]) -> float:
    hits = sum(min(len(each & kinds), _AT_MOST) / _AT_MOST for each in meanings)
    return float(hits / max(len(meanings), 1) ** 0.5)
