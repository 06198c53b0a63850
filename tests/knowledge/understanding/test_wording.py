"""Short forms, emoji and letters held down, put into plain words."""

import pytest

from knowledge.understanding.wording import plainer


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("pls gimme smth 4 my gf", "please give me something for my girlfriend"),
        ("wheres my ordr", "where is my ordr"),
        ("U there?", "you there?"),
        ("sooooo tireddddd", "so tired"),
        ("brrrr", "brr"),
        ("AAA batteries, XXXL", "AAA batteries, XXXL"),
        ("🥶", "I'm cold"),
        ("🍕", "slice of pizza"),
        ("a gift 🎁 please", "a gift wrapped present please"),
        ("thx 👍🏽", "thanks"),
        ("great ❤️", "great"),
        ("👍", "great"),
        ("😂😂", "haha haha"),
        ("I’m cold", "I'm cold"),
        ("20 °C, Acme® socks", "20 °C, Acme® socks"),
        ("a gift for <NAME_1>", "a gift for <NAME_1>"),
        ("", ""),
    ],
)
def test_plainer(typed: str, plain: str) -> None:
    assert plainer(typed) == plain


def test_what_has_no_words_stays_as_it_is() -> None:
    assert plainer("🫨") == "🫨"
