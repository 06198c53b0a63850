"""How the aspects of a wish choose among texts. Vectors say nothing here, so that words alone decide."""

import tomllib
from importlib.resources import files

import numpy as np
import pytest

from knowledge.aspects.choosing import Chooser
from knowledge.aspects.kinds import Kinds
from knowledge.aspects.reading import Reader
from knowledge.aspects.scoring import Likeness, scores, word_likeness
from knowledge.search.base import Vectors, Worded

READER = Reader.shipped()


def best(wish: str, *texts: str) -> str:
    same: Vectors = np.zeros(len(texts), np.float32)
    got = scores(READER.read(wish), texts, Likeness(same, same, same), READER)
    assert np.sum(got == got.max()) == 1
    return texts[int(np.argmax(got))]


@pytest.mark.parametrize(
    ("wish", "right", "wrong"),
    [
        ("a stew but no beef", "Stew with beans and carrots", "Stew with beef and carrots"),
        ("a bake without seafood", "Bake with leek", "Bake with prawns"),
        ("something with noodles", "Udon in broth", "Baguette"),
        ("I'm vegetarian, feed me", "Lentil curry", "Chicken curry"),
        ("I'm in a hurry", "Instant soup", "Slow-cooked brisket"),
        ("nibbles for a two year old", "Mashed pear", "Spicy peanut mix"),
        ("freezing, I need lunch", "Hot lentil soup", "Iced melon"),
        ("a curry that is not spicy", "Curry with coconut", "Curry with extra jalapeno"),
        ("I'm pregnant, a cold drink please", "Iced orange juice", "Iced rum punch"),
    ],
)
def test_text_that_respects_the_wish_comes_first(wish: str, right: str, wrong: str) -> None:
    assert best(wish, wrong, right) == right


@pytest.mark.parametrize(
    ("wish", "core"),
    [
        ("Can I have a bowl of soup?", "bowl of soup"),
        ("I want to make pancakes without milk", "pancakes"),
        ("a gift but not candles for my mum", "a gift for my mum"),
        ("because they both are used for sailing.", "sailing"),
        ("no", "no"),
    ],
)
def test_core_is_what_is_wished_for(wish: str, core: str) -> None:
    assert READER.read(wish).core == core


def test_likeness_counts_where_words_are_equal() -> None:
    far = np.array([0.1, 0.9], np.float32)
    none: Vectors = np.zeros(2, np.float32)
    got = scores(READER.read("thing"), ["one", "two"], Likeness(far, far, none), READER)
    assert got[1] > got[0]


def test_words_of_a_wish_are_covered_by_the_nearest_words() -> None:
    wish = np.array([[1.0, 0.0], [0.0, 1.0]], np.float32)
    assert word_likeness(wish, np.array([[1.0, 0.0]], np.float32)) == pytest.approx(0.5)
    assert word_likeness(wish, np.zeros((0, 2), np.float32)) == 0.0


def test_every_meaning_names_kinds_that_exist() -> None:
    text = (files("knowledge") / "data" / "wishes.toml").read_text(encoding="utf-8")
    known = set().union(*Kinds.shipped().by_term.values())
    named = {
        kind.strip()
        for table in tomllib.loads(text).values()
        for kind in f"{table['good']},{table['bad']}".split(",")
        if kind.strip()
    }
    assert named - known == set()


class OneWordEmbedder:
    """Knows one direction: texts that say "sea" point there."""

    def encode_words(self, texts: list[str]) -> list[Worded]:
        return [self._worded(text) for text in texts]

    def _worded(self, text: str) -> Worded:
        pieces = tuple(text.casefold().split())
        vector = np.array([1.0, 0.0] if "sea" in pieces else [0.0, 1.0], np.float32)
        return Worded(vector, pieces, np.tile(vector, (len(pieces), 1)))


def test_chooser_compares_the_wish_with_each_text() -> None:
    got = Chooser(OneWordEmbedder(), READER).scores("the sea", ["a hill", "by the sea"])
    assert got.shape == (2,)
    assert got[1] > got[0]
