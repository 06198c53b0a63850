"""Which words are on a list, while they are written and after."""

import pytest

from knowledge.llm.lexicon import Lexicon, bare, is_of_word, plain, words_in

LEXICON = Lexicon(["Mug", "mugs", "don’t", "Café", "jalapeño"])


@pytest.mark.parametrize(
    ("word", "is_held"),
    [
        ("mug", True),
        ("mugs'", True),
        ("don't", True),
        ("café", True),
        ("cafe", False),
        ("mùg", False),
        ("mu", False),
        ("mug's", False),
        ("don", False),
        ("'", False),
        ("", False),
        ("tea", False),
    ],
)
def test_only_whole_words_are_held(word: str, *, is_held: bool) -> None:
    assert LEXICON.holds(word) is is_held


@pytest.mark.parametrize(
    ("beginning", "is_begun"),
    [
        ("m", True),
        ("mug", True),
        ("mug'", True),
        ("don", True),
        ("don'", True),
        ("don't", True),
        ("mugx", False),
        ("mug'x", False),
        ("do'", False),
        ("x", False),
    ],
)
def test_a_beginning_is_one_of_a_word_or_of_a_word_with_a_mark_behind(
    beginning: str, *, is_begun: bool
) -> None:
    assert LEXICON.begins(beginning) is is_begun


def test_a_word_told_twice_counts_once() -> None:
    assert len(Lexicon(["Mug", "mug", "MUG", "don't", "don’t"])) == 2


def test_an_empty_list_holds_nothing() -> None:
    nothing = Lexicon([])
    assert len(nothing) == 0
    assert not nothing.holds("a")
    assert not nothing.begins("a")


def test_words_are_looked_up_in_small_plain_letters() -> None:
    assert [plain(word) for word in ("Brr", "It’s", "CAFÉ", "Straße")] == [
        *("brr", "it's", "café", "strasse")
    ]


def test_a_bare_word_has_neither_accents_nor_what_stands_behind_its_apostrophe() -> None:
    assert [bare(word) for word in ("hour's", "hours'", "don't", "frée", "")] == [
        *("hour", "hours", "don", "free", "")
    ]


def test_words_of_a_text_leave_out_numbers_marks_and_line_ends() -> None:
    text = "“Don’t” buy 2 mugs_at 'once',\nCafé-lovers!"
    assert list(words_in(text)) == ["don't", "buy", "mugs", "at", "once", "café", "lovers"]


@pytest.mark.parametrize(
    ("char", "begun", "is_part"),
    [
        *(("a", "", True), ("É", "x", True), ("'", "it", True), ("’", "it", True)),
        *(("'", "", False), ("-", "x", False), (" ", "x", False), ("3", "x", False)),
    ],
)
def test_an_apostrophe_is_of_a_word_inside_it_alone(
    char: str, begun: str, *, is_part: bool
) -> None:
    assert is_of_word(char, begun) is is_part
