"""The words of a catalogue: reads a message's words and tells how much of them each product says.

A snapshot, as the catalogue is; a changed catalogue gets a new one.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from knowledge.search.calling import KIND, NOTHING, THING, Calling
from knowledge.search.fusion import Hit
from knowledge.search.holdings import Allowed
from knowledge.search.lexical import LexicalIndex, Scores
from knowledge.search.spelling import Knows, Spelling
from knowledge.search.terms import Phrase, Synonyms, terms_of
from knowledge.search.texts import heads_of, kind_names, meaning_text, weighted_words
from knowledge.search.words import FILLER, parts_of, words_in
from storage.records import Product

Kind = frozenset[str]


@dataclass(frozen=True, slots=True)
class Wording:
    """How to find the products of one catalogue, in its order, by words."""

    ids: Sequence[str]
    rows: Mapping[str, int]
    index: LexicalIndex
    spelling: Spelling
    synonyms: Synonyms
    kinds: Mapping[Kind, NDArray[np.bool_]]
    names: frozenset[tuple[str, ...]]
    calling: Calling
    known: frozenset[str] = frozenset()

    @classmethod
    def of(
        cls,
        products: Sequence[Product],
        synonyms: Synonyms,
        said: Sequence[str] = (),
        known: frozenset[str] = frozenset(),
    ) -> "Wording":
        """Read the products' words: some milliseconds for each hundred, so off the event loop.

        `said` are texts whose words are spelled rightly as well: names of stores, and what people say of their needs.
        The words `known` are right as they are, and nothing is mended into them.
        """
        kinds = _kinds(products)
        names = frozenset(name for product in products for name in _names(product))

        def rank(phrase: Phrase) -> int:
            """Tell whether a kind, some thing or nothing is called so."""
            if frozenset(phrase) in kinds:
                return KIND
            return THING if phrase in names else NOTHING

        return cls(
            ids=[product.id for product in products],
            rows={product.id: row for row, product in enumerate(products)},
            index=LexicalIndex([weighted_words(product) for product in products]),
            spelling=Spelling(
                [
                    *(f"{meaning_text(each)} {each.brand or ''}" for each in products),
                    *said,
                    *(name for group in synonyms.groups for name in group),
                ]
            ),
            synonyms=synonyms,
            kinds=kinds,
            names=names,
            calling=Calling(synonyms, rank),
            known=known,
        )

    def is_strange(self, text: str) -> bool:
        """Tell whether a text has a word that neither the catalogue nor the talk of a shop knows."""
        return self.spelling.is_strange(text, self._knows)

    def mended(self, text: str, knows: Knows) -> str:
        """Give a text with those words put right that `knows`, too, does not know."""
        return self.spelling.mended(text, lambda word: self._knows(word) or knows(word))

    def called(self, text: str) -> str:
        """Give a text in which things are called as in this shop: of a jumper it makes a sweater."""
        return self.calling.called(text)

    def scores(self, text: str) -> Scores:
        """Give for each product the share of the words asked for that it says, 0–1, shape (products,).

        Whoever asks for a kind of thing by its very name, such as "coffee", gets that kind: a cup says all of it
        then, and beans say nothing of it.
        """
        terms = terms_of(text, self.synonyms, self.index.knows)
        kind = self.kinds.get(frozenset(word for term in terms for word in term.phrases[0]))
        return self.index.scores(terms) if kind is None else kind.astype(np.float32)

    def of_kind(self, name: Sequence[str]) -> frozenset[str]:
        """Give the ids of the products whose kind is called so, in folded words; none when no kind is."""
        mask = self.kinds.get(frozenset(name))
        if mask is None:
            return frozenset()
        return frozenset(self.ids[int(row)] for row in np.flatnonzero(mask))

    def names_thing(self, name: Sequence[str]) -> bool:
        """Tell whether some kind, or some product, is called just so, in folded words."""
        return bool(name) and (frozenset(name) in self.kinds or tuple(name) in self.names)

    def head_of(self, name: Sequence[str]) -> tuple[str, ...]:
        """Give the last thing in a name, when something is called so: of "red silk scarf" the scarf.

        A name that is known as a whole has none: toilet paper is no paper.
        """
        terms = terms_of(" ".join(name), self.synonyms, self.index.knows)
        head = terms[-1].phrases[0] if len(terms) > 1 else ()
        return head if self.names_thing(head) else ()

    def sells(self, name: Sequence[str]) -> bool:
        """Tell whether some product says the last of these folded words, or what else it goes by."""
        terms = terms_of(" ".join(name), self.synonyms, self.index.knows)
        return not terms or bool(self.index.scores(terms[-1:]).any())

    def best(self, scores: Scores, count: int, allowed: Allowed | None) -> list[str]:
        """Give the ids of the allowed products that say most of it, best first; none that says nothing."""
        said = np.flatnonzero(scores)
        ordered = said[np.argsort(-scores[said], kind="stable")].tolist()
        if allowed is None:
            return [self.ids[row] for row in ordered[:count]]
        if isinstance(allowed, np.ndarray):
            permitted = (self.ids[row] for row in ordered if allowed[row])
        else:
            permitted = (self.ids[row] for row in ordered if self.ids[row] in allowed)
        return list(islice(permitted, count))

    def judged(self, hit: Hit, scores: Scores) -> Hit:
        """Give a hit with what the words say of it; a product that came later says nothing yet."""
        row = self.rows.get(hit.id)
        words = 0.0 if row is None else float(scores[row])
        return Hit(hit.id, hit.similarity, words) if words else hit

    def _knows(self, word: str) -> bool:
        return word.casefold() in self.known or all(
            each in FILLER or self.index.knows(each) or self.synonyms.knows(each)
            for each in words_in(word)
        )


def _names(product: Product) -> Iterator[tuple[str, ...]]:
    """Give what a product is called, the longest first: dark roast coffee bean, roast coffee bean, coffee bean, bean."""
    for head in heads_of(product.title):
        words = words_in(head)
        yield from (tuple(words[start:]) for start in range(len(words)))


def _kinds(products: Sequence[Product]) -> dict[Kind, NDArray[np.bool_]]:
    """Give for each kind, by the folded words of its name, a mask of the products of that kind."""
    kinds: dict[Kind, NDArray[np.bool_]] = {}
    for row, product in enumerate(products):
        for name in kind_names(product):
            words = (part for word in words_in(name) for part in parts_of(word))
            kind = frozenset(words) - FILLER
            if kind:
                kinds.setdefault(kind, np.zeros(len(products), dtype=np.bool_))[row] = True
    return kinds
