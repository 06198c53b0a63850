"""How the aspects of a wish choose among texts. Vectors say nothing here, so that words alone decide."""

import numpy as np
import pytest

from knowledge.aspects.choosing import Chooser
from knowledge.aspects.reading import Reader
from knowledge.aspects.scoring import Likeness, denied_in, kinds_of, scores, word_likeness
from knowledge.search.base import Vectors, Worded

READER = Reader.shipped()


def likeness(whole: Vectors, denied: Vectors | None = None) -> Likeness:
    none: Vectors = np.zeros(len(whole), np.float32)
    return Likeness(whole, whole, none if denied is None else denied, none, none)


def best(wish: str, *texts: str) -> str:
    same: Vectors = np.zeros(len(texts), np.float32)
    got = scores(READER.read(wish), texts, likeness(same), READER)
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
        ("dinner without meat", "Meatless burger", "Beef burger"),
        ("a pie, no dairy", "Vegan cheesecake pie", "Custard pie"),
        ("vegetarian lasagna", "Spinach lasagna", "Spinach lasagna with minced beef"),
        ("I have a peanut allergy, a bar please", "Oat bar", "Peanut bar"),
        ("a bake without smoked fish", "Bake with trout", "Bake with smoked trout and smoked eel"),
        ("a cake without too much effort", "Simple cake", "Elaborate layered cake from scratch"),
        ("chips that don't leave greasy fingers or crumbs", "Baked kale", "Fried chips"),
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
        ("an apron that is not too long", "an apron"),
        ("lactose-free pudding with pears", "pudding with pears"),
        ("no", "no"),
    ],
)
def test_core_is_what_is_wished_for(wish: str, core: str) -> None:
    assert READER.read(wish).core == core


def test_likeness_counts_where_words_are_equal() -> None:
    far = np.array([0.1, 0.9], np.float32)
    got = scores(READER.read("thing"), ["one", "two"], likeness(far), READER)
    assert got[1] > got[0]


def test_likeness_to_what_is_denied_counts_against_a_text() -> None:
    same, denied = np.zeros(2, np.float32), np.array([0.1, 0.9], np.float32)
    got = scores(READER.read("no frills"), ["one", "two"], likeness(same, denied), READER)
    assert got[0] > got[1]


def test_what_is_denied_may_be_in_what_is_asked_for() -> None:
    got = READER.read("a pizza without cheese")
    assert denied_in(got) == "cheese"
    same: Vectors = np.zeros(2, np.float32)
    plain, cheesy = scores(got, ["Pizza with olives", "Pizza with feta"], likeness(same), READER)
    assert plain > cheesy


def test_manner_of_what_is_no_food_says_nothing() -> None:
    kinds = READER.kinds
    assert "green_thing" in kinds_of(READER.read("Green salad with peas"), kinds)
    assert "green_thing" not in kinds_of(READER.read("Green coat"), kinds)


def test_words_of_a_wish_are_covered_by_the_nearest_words() -> None:
    wish = np.array([[1.0, 0.0], [0.0, 1.0]], np.float32)
    assert word_likeness(wish, np.array([[1.0, 0.0]], np.float32)) == pytest.approx(0.5)
    assert word_likeness(wish, np.zeros((0, 2), np.float32)) == 0.0


def test_every_meaning_and_claim_names_kinds_that_exist() -> None:
    kinds = READER.kinds
    known = set().union(*kinds.by_term.values())
    named: set[str] = set().union(*kinds.claims.values())
    for meaning in READER.meanings.known:
        named |= meaning.better | meaning.worse | meaning.never
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
