"""What a message wishes for, apart from what it denies, tells of a need, or calls by name."""

import pytest

from knowledge.constraints import SpokenNames, constraints_in, wished_in
from knowledge.naming import called
from knowledge.search.words import words_in
from knowledge.sought import looked_up
from knowledge.understanding import Need


@pytest.mark.parametrize(
    ("text", "wished"),
    [
        ("ramen, no pork and no egg", "ramen"),
        ("I'm freezing but I don't want a drink", "I'm freezing"),
        ("a mystery, no cookbooks", "a mystery"),
        ("not tired, only bored", "only bored"),
        ("sesame allergy, a bagel please", "a bagel please"),
        ("my son has a milk allergy, a cake for him", "a cake for him"),
        ("no tea", "no tea"),
        ("a warm soup", "a warm soup"),
        ("something to drink without caffeine", "something to drink"),
        ("something to eat without nuts", "something to eat"),
        ("a curry that is not hot", "a curry"),
        ("something sweet, nuts set off my throat", "something sweet"),
    ],
)
def test_what_is_denied_is_not_wished_for(text: str, wished: str) -> None:
    assert wished_in(text) == wished


@pytest.mark.parametrize(
    ("text", "title", "is_called"),
    [
        ("jam", "Plum Jam, 8 oz", True),
        ("egg", "Eggs, free-range", True),
        ("jam", "Jam Doughnut", False),
        ("blanket", "Blanket with Sleeves", True),
        ("", "Plum Jam", False),
    ],
)
def test_thing_is_called_by_the_end_of_its_name(text: str, title: str, *, is_called: bool) -> None:
    assert called(tuple(words_in(text)), title) is is_called


def test_need_leaves_the_words_that_name_something_else() -> None:
    need = Need("cold", ("I'm freezing", "so cold"), ("soup",), ("Brr.",))
    assert need.beyond("I'm so cold, I need mittens") == "mittens"
    assert need.beyond("it's freezing") == ""


@pytest.mark.parametrize("text", ["coffee at cafe lumiere", "coffee at Café Lumière"])
def test_store_is_known_without_its_accents(text: str) -> None:
    names = SpokenNames(stores=frozenset({"Café Lumière"}))
    limits = constraints_in(text, names)
    assert limits.store == "Café Lumière"
    assert looked_up(text, limits).split() == ["coffee", "at"]


@pytest.mark.parametrize(
    ("text", "size"), [("rubber boots 42", "42"), ("my aunt's jacket", None), ("XL jacket", "xl")]
)
def test_size_may_stand_beside_the_thing(text: str, size: str | None) -> None:
    assert constraints_in(text).size == size
