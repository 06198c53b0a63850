import pytest

from knowledge.measures import measures_in


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("1000 piece puzzle", "Puzzle, 1,000 pieces"),
        ("a power bank with 20000mAh", "Power Bank, 20,000 mAh"),
        ("the 1,5 litre one", "Spring Water, 1.5 l"),
        ("sun cream factor 50", "Kids' Sunscreen, SPF 50"),
        ("a 64GB stick", "USB Flash Drive, 64 GB"),
        ("65 watt charger", "USB-C Laptop Charger, 65 W"),
    ],
)
def test_a_message_and_a_title_say_the_same_measure(said: str, title: str) -> None:
    assert measures_in(said) == measures_in(title) != frozenset()


@pytest.mark.parametrize(
    "text", ["under 20 dollars", "shoes in 44", "for 2 people", "1 large coffee", ""]
)
def test_what_has_no_unit_is_no_measure(text: str) -> None:
    assert measures_in(text) == frozenset()
