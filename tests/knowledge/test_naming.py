"""What a message calls by name, and which products are called so."""

import pytest

from knowledge.constraints import constraints_in
from knowledge.naming import Named, listed_in, named_in, wanted_by_name
from tests.builders import product


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("do you have trail shoes in 44?", ("trail", "sho")),
        ("jam, locally made", ("jam",)),
        ("a vegetarian pizza please", ("pizza",)),
        ("milk for tomorrow morning", ("milk",)),
        ("a scarf for my mum", ("scarf",)),
        ("a loaf of rye", ("rye",)),
        ("something warm", ()),
        ("a snack", ()),
    ],
)
def test_name_is_told_from_talk_and_limits(text: str, name: tuple[str, ...]) -> None:
    assert named_in(text, constraints_in(text)) == name


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("the baby cries, we're out of diapers", ["diapers"]),
        ("caught a cold, soup?", ["soup"]),
        ("I forgot my gloves", ["gloves"]),
        ("I spilled coffee on my shirt", []),
        ("new shoes gave me blisters", []),
    ],
)
def test_thing_is_wanted_where_the_words_before_it_say_so(text: str, things: list[str]) -> None:
    assert wanted_by_name(text) == things


@pytest.mark.parametrize(
    ("name", "title", "is_called"),
    [
        (("water", "bottle"), "Steel Water Bottle, 20 oz", True),
        (("water", "bottle"), "Hot Water Bottle", False),
        (("butter",), "Peanut Butter", False),
        (("leather", "wallet"), "Leather Card Wallet", True),
        (("cookbook",), "Roots (cookbook)", True),
    ],
)
def test_thing_of_two_words_is_none_of_the_last(
    name: tuple[str, ...], title: str, *, is_called: bool
) -> None:
    assert Named(name).holds(product(title=title)) is is_called


def test_less_else_in_a_title_fits_better() -> None:
    milk = Named(("milk",))
    oat, vanilla = product(title="Oat Milk"), product(title="Warm Vanilla Milk")
    assert milk.fit(0.5, oat) > milk.fit(0.5, vanilla) > milk.fit(0.5, product(title="Milkshake"))


@pytest.mark.parametrize(
    ("text", "things"),
    [
        ("2 notebooks and a pen", ["2 notebooks", "pen"]),
        ("milk, eggs & bread", ["milk", "eggs", "bread"]),
        ("a notebook", []),
        ("I ran all the way, the bus was gone and now I'm wet", []),
    ],
)
def test_several_things_are_told_apart_in_a_short_message(text: str, things: list[str]) -> None:
    assert listed_in(text) == things


def test_how_many_are_wanted_is_no_part_of_the_name() -> None:
    assert named_in("2 notebooks", constraints_in("2 notebooks")) == named_in(
        "notebook", constraints_in("notebook")
    )
