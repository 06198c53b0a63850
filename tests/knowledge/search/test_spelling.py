import pytest

from knowledge.search.spelling import Spelling

CATALOGUE = Spelling(
    [
        "Hot Chocolate. Dark chocolate in steamed milk", "Trail Shoes, EU 44, by Headwind", "Cappuccino and croissant",
        "AA Batteries", "Wool Mittens", "Umbrella, blue", "Broccoli",
        "Power Bank, 10,000 mAh", "Cinnamon Roll",
    ]
)  # fmt: skip
LANGUAGE = frozenset({"looking", "cooking", "something", "warm", "shores", "capital", "million"})


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("hot choclate", "hot chocolate"),
        ("capuccino", "cappuccino"),
        ("broccolli", "broccoli"),
        ("umbrela", "umbrella"),
        ("trailshoes, 44", "trail shoes, 44"),
        ("baterries", "batteries"),
        ("umbrelas", "umbrella"),
        # Two words written as one, or a short one, with a slip: only where the catalogue has them side by side.
        ("a powerbnk", "a power bank"),
        ("powrbank", "power bank"),
        ("cinammon rol", "cinnamon roll"),
        ("warm rol", "warm rol"),
        # Known to the language, so meant as written.
        ("looking for shores", "looking for shores"),
        # Never a size, a number or a model.
        ("AAA 45 TN-2110", "AAA 45 TN-2110"),
        # Too far from everything, or too short to be sure of.
        ("zucchini", "zucchini"),
        ("wol", "wol"),
        # A brand of the catalogue, and one that only looks a little like it.
        ("Headwind", "Headwind"),
        ("Hardwoods", "Hardwoods"),
        ("", ""),
    ],
)
def test_only_unknown_words_are_mended(written: str, mended: str) -> None:
    assert CATALOGUE.mended(written, LANGUAGE.__contains__) == mended


def test_a_text_of_known_words_is_not_strange() -> None:
    assert not CATALOGUE.is_strange("Hot chocolate, looking 44 AA", LANGUAGE.__contains__)
    assert CATALOGUE.is_strange("hot choclate", LANGUAGE.__contains__)


def test_among_equals_the_same_sound_goes_before_the_frequent_word() -> None:
    both = Spelling(["bakery bakery battery batteries"])
    assert both.mended("baterys", frozenset[str]().__contains__) == "battery"


def test_among_equals_the_frequent_word_wins() -> None:
    both = Spelling(["boots boots boats"])
    assert both.mended("boyts", frozenset[str]().__contains__) == "boots"
