import pytest

from knowledge.search.words import FILLER, indexed_words, parts_of, words_in


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("cookie", "cookies"), ("battery", "batteries"), ("headache", "headaches"), ("case", "cases"),
        ("lens", "lenses"), ("shoe", "shoes"), ("glass", "glasses"), ("box", "boxes"), ("watch", "watches"),
        ("pie", "pies"), ("scarf", "scarves"), ("glove", "gloves"), ("bus", "buses"), ("tomato", "tomatoes"),
        ("toy", "toys"), ("child", "children"), ("mouse", "mice"), ("T-shirt", "t-shirts"), ("Crème", "cremes"),
        ("man", "men's"), ("kid", "kids’"),
    ],
)  # fmt: skip
def test_one_and_several_are_the_same_word(one: str, several: str) -> None:
    assert words_in(one) == words_in(several)


@pytest.mark.parametrize(
    ("word", "other"),
    [
        ("car", "care"),
        ("wine", "win"),
        ("tape", "tap"),
        ("AA", "AAA"),
        ("44", "45"),
        ("tea", "teak"),
    ],
)
def test_other_words_stay_other_words(word: str, other: str) -> None:
    assert words_in(word) != words_in(other)


def test_a_hyphenated_word_is_filed_in_parts_and_joined() -> None:
    assert indexed_words("T-Shirt, 15.6 inch, TN-2110") == [
        *("t", "shirt", "tshirt", "15.6", "inch", "tn", "2110", "tn2110")
    ]
    assert parts_of("t-shirt") == ("t", "shirt")


def test_talk_is_filler_and_things_are_not() -> None:
    assert set(words_in("where's the nearest store, do you have any")) <= FILLER
    assert not set(words_in("coffee shoes size 44 blue")) & FILLER
