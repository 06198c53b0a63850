import numpy as np
import pytest

from knowledge.search.lexical import LexicalIndex
from knowledge.search.terms import Synonyms, Term, terms_of

TEXTS = [
    "hot chocolate hot chocolate cup", "chocolate bar", "coffee cup", "hot soup bowl", "phone case", "lamp lamp lamp",
]  # fmt: skip
INDEX = LexicalIndex([text.split() for text in TEXTS])
SYNONYMS = Synonyms([["cocoa", "hot chocolate"]])


def best(text: str) -> str | None:
    scores = INDEX.scores(terms_of(text, SYNONYMS, INDEX.knows))
    return TEXTS[int(np.argmax(scores))] if scores.any() else None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("soup", "hot soup bowl"),
        ("bar of chocolate", "chocolate bar"),
        ("cocoa", "hot chocolate hot chocolate cup"),
        ("unicorn", None),
        ("", None),
    ],
)
def test_who_says_most_of_it_is_first(text: str, found: str | None) -> None:
    assert best(text) == found


def test_a_share_is_between_none_and_all_and_falls_with_every_word_missing() -> None:
    one = INDEX.scores([Term((("lamp",),))])
    two = INDEX.scores([Term((("lamp",),)), Term((("unicorn",),))])
    assert one.shape == (len(TEXTS),)
    assert 0.5 < one[5] < 1.0
    assert 0.0 < two[5] < one[5]
    assert not one[:5].any()


def test_all_words_of_a_phrase_must_be_there() -> None:
    scores = INDEX.scores([Term((("hot", "chocolate"),))])
    assert np.flatnonzero(scores).tolist() == [0]


@pytest.mark.parametrize("texts", [[], [[]], [[], []]])
def test_an_empty_catalogue_knows_nothing(texts: list[list[str]]) -> None:
    empty = LexicalIndex(texts)
    assert not empty.knows("coffee")
    assert empty.scores([Term((("coffee",),))]).tolist() == [0.0] * len(texts)
