"""Plain characters and the way back to the typed ones."""

# ruff: noqa: RUF001 - lookalike characters are what is tested

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.privacy.plain import fold, plain


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        ("I'm Ana", "I'm Ana"),
        ("I’m Ana", "I'm Ana"),
        ("４１１１", "4111"),
        ("٤١١١", "4111"),
        ("4\u200b1\u00ad1\u202e1", "4111"),
        ("1\ufe0f\u20e32\ufe0f\u20e3", "12"),
        ("K7–2291", "K7-2291"),
        ("Zoe\u0308", "Zoë"),
        ("ﬁne", "fine"),
        ("a\u00a0b", "a b"),
        ("mаriа@mаil.соm", "maria@mail.com"),
        ("my name is Мах", "my name is Max"),
        ("Αna", "Ana"),
        ("я из Москвы, call Ана", "я из Москвы, call Ана"),
        ("Ελλάδα", "Ελλάδα"),
        ("A\u0336n\u0336a\u0336 4\u03361\u0336", "Ana 41"),
        ("❹①⑴", "41(1)"),
        ("🅰🅽🅰", "ANA"),
        ("४१५", "415"),
        ("مُحَمَّد", "مُحَمَّد"),
    ],
)
def test_text_is_read_in_plain_characters(typed, text):
    assert plain(typed).text == text


def test_position_leads_back_to_the_typed_characters():
    form = plain("x 4\u200b1\u200b1 ﬁ")
    start = form.text.index("411")
    assert form.typed(start, start + 3) == (2, 7)
    assert form.typed(form.text.index("i"), form.text.index("i") + 1) == (8, 9)


def test_folding_drops_case_and_accents():
    assert fold("ÉCOLE Straße İstanbul йод") == "ecole straße istanbul иод"
    assert fold("Łukasz Sørensen") == "lukasz sorensen"


@given(st.text())
def test_folded_text_has_the_positions_of_the_plain_text(typed):
    form = plain(typed)
    assert len(form.folded) == len(form.text)


@given(st.text(min_size=1))
def test_every_plain_character_comes_from_a_typed_one(typed):
    form = plain(typed)
    for position in range(len(form.text)):
        start, end = form.typed(position, position + 1)
        assert 0 <= start < end <= len(typed)
