"""Where a denial begins and ends, and what is none."""

import pytest

from knowledge.constraints.denial import denials_in

FIRM = [
    ("something warm, but no coffee", ["coffee"]),
    ("no coffee or tea", ["coffee tea"]),
    ("I'm cold, don't want any drinks", ["drinks"]),
    ("anything but chocolate please", ["chocolate"]),
    ("without nuts, soy or milk please", ["nuts soy milk"]),
    ("she hates candles", ["candles"]),
    ("I don’t want wool", ["wool"]),
    ("a gluten-free bun", ["gluten"]),
    ("sugar free gum", ["sugar"]),
    ("I'm allergic to nuts and soy", ["nuts soy"]),
    ("tea instead of coffee", ["coffee"]),
    ("anything but pizza, something light", ["pizza"]),
    ("no meat and cheap", ["meat"]),
    ("no wool, size M", ["wool"]),
    ("a gift, not candles or books, for my mum", ["candles books"]),
    ("he cant stand cilantro", ["cilantro"]),
    ("rolls without onions and something sweet", ["onions"]),
    ("not a fan of mushrooms", ["mushrooms"]),
    ("we ran out of eggs, what now", ["eggs"]),
    ("soup with no cream, no bacon", ["cream", "bacon"]),
    ("shellfish is off limits, what else is there", ["shellfish"]),
    ("a snack, but peanuts make me sick", ["peanuts"]),
    ("shellfish is not allowed, what else", ["shellfish"]),
    ("my niece is not allowed any shellfish", ["shellfish"]),
    ("she is not fond of leather", ["leather"]),
    ("an alternative to wool", ["wool"]),
    ("a bag without zips and has pockets", ["zips"]),
]
MILD = [
    ("a curry, not too spicy", "spicy"),
    ("low-fat yogurt", "fat"),
    ("something low in sugar", "sugar"),
    ("cake without too much cream", "cream"),
]
NONE = [
    "no idea, surprise me",
    "no more than 5 dollars",
    "no thanks, not now",
    "no problem",
    "why not pizza",
    "not only coffee but also cake",
    "nothing but chocolate",
    "not too expensive",
    "I'm running low on energy",
    "something warm",
    "",
]


@pytest.mark.parametrize(("text", "denied"), FIRM)
def test_what_is_denied_ends_where_the_denial_ends(text: str, denied: list[str]) -> None:
    found = denials_in(text)
    assert [" ".join(each.words) for each in found] == denied
    assert not any(each.is_mild for each in found)


@pytest.mark.parametrize(("text", "denied"), MILD)
def test_too_much_of_something_is_denied_mildly(text: str, denied: str) -> None:
    (found,) = denials_in(text)
    assert (found.words, found.is_mild) == ((denied,), True)


@pytest.mark.parametrize("text", NONE)
def test_saying_denies_nothing(text: str) -> None:
    assert denials_in(text) == []


def test_place_of_a_denial_is_told() -> None:
    text = "soup, no cream"
    (found,) = denials_in(text)
    assert text[found.start : found.end] == "cream"
