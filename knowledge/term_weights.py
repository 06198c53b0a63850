"""How alike two texts are by the words that are rare in the shop: TF-IDF and its cosine (the one door to scikit-learn).

"Candles" tells more of a product than "gift". Source: Salton and Buckley, Term-weighting approaches in automatic text
retrieval, 1988 (https://doi.org/10.1016/0306-4573(88)90021-0); scikit-learn smooths the rarity by one document.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer

from knowledge.search.texts import weighted_words
from knowledge.search.words import indexed_words
from storage.records import Product

Cosines = NDArray[np.float64]


class TermWeights:
    """The rarity of the words of one catalogue. Learning takes some ten microseconds a product: off the event loop."""

    def __init__(self, products: Sequence[Product]) -> None:
        self._vectorizer = TfidfVectorizer(analyzer=_words, sublinear_tf=True)
        # A shop without products knows no words; one that no text has does no harm.
        self._vectorizer.fit([weighted_words(product) for product in products] or [["-"]])

    def cosines(self, said: Sequence[str], products: Sequence[Product]) -> Cosines:
        """Give how alike each text and each product are, shape (texts, products) float64, 0-1."""
        if not said or not products:
            return np.zeros((len(said), len(products)))
        asked = self._vectorizer.transform([indexed_words(text) for text in said])
        told = self._vectorizer.transform([weighted_words(product) for product in products])
        return np.asarray((asked @ told.T).toarray(), np.float64)


def _words(words: Sequence[str]) -> Sequence[str]:
    """Give the words as they are: the search has split and folded them already."""
    return words
