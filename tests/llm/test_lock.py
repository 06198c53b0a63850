"""What a model may say, character by character and token by token."""

import numpy as np
import pytest

from knowledge.llm.errors import LockBroken
from knowledge.llm.lock import State, check, is_plain, trimmed
from knowledge.llm.mask import TokenMask, Vocabulary
from knowledge.llm.sampler import Sampler

NAMES = ("store", "price", "distance")


@pytest.mark.parametrize(
    "text",
    [
        "Brr. {store} is {distance} away.",
        "Café «x»".replace("«x»", "“Über”"),
        "{price}, {store}; {distance}!",
        "Sí, ¿lo quieres?",
        "  Warm\n up.  ",
    ],
)
def test_words_and_given_placeholders_pass(text: str) -> None:
    assert check(text, NAMES) == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Only 3 left.",
        "Only ٣ left.",
        "Only ½ off.",
        "Only 三 left.",
        "Ⅷ left.",
        "It costs $.",
        "It costs € or £.",
        "Half: 50%.",
        "**Bold**",
        "_under_",
        "<b>bold</b>",
        "[a](b)",
        "See shop.com for it.",
        "See www.{store} for it.",
        "https://shop",
        "Look at the www for it.",
        "me@shop",
        "#deal",
        "{coupon} for you.",
        "{store} and {store}.",
        "{sto} is close.",
        "{store is close.",
        "store} is close.",
        "{{store}}",
        "{ store }",
        "Warm up 🔥.",
    ],
)
def test_anything_else_breaks_the_lock(text: str) -> None:
    with pytest.raises(LockBroken):
        check(text, NAMES)


def test_a_break_inside_a_placeholder_is_no_end() -> None:
    state = State.before(NAMES).after("At {sto")
    assert state is not None
    assert not state.may_end


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("One. Two. Thr", "One. Two."),
        ("Is it? “Yes.” And", "Is it? “Yes.”"),
        ("Nothing whole", ""),
        ("At {store}. It is {pri", "At {store}."),
        ("Wow!", "Wow!"),
    ],
)
def test_a_text_cut_off_keeps_its_whole_sentences(text: str, kept: str) -> None:
    assert trimmed(text) == kept


PIECES = (
    *(b"<end>", b"\n", b" \n\n", b"Brr", b".", b" {", b"{", b"store", b"st", b"ore", b"}", b"},"),
    *(b"} ", b"price", b"pri", b"7", b" $", b"com", b" com", b"\xf0\x9f", b"*", b"{store}", b"{x"),
    *(b"}{", b"a.b", b"ce"),
)
VOCABULARY = Vocabulary([b"", *PIECES[1:]], [0])


def allowed_after(text: str) -> set[bytes]:
    mask = TokenMask(VOCABULARY, ("store", "price"))
    state = mask.start().after(text)
    assert state is not None
    return {PIECES[token] for token in np.flatnonzero(mask.allowed(state))}


def test_a_text_begins_with_words_or_a_placeholder_and_cannot_end_at_once() -> None:
    words = {b"Brr", b".", b"store", b"st", b"ore", b"price", b"pri", b"com", b" com", b"ce"}
    assert allowed_after("") == words | {b" {", b"{", b"{store}"}


def test_after_words_a_text_may_end_or_break_the_line() -> None:
    assert {b"<end>", b"\n", b" \n\n"} <= allowed_after("Brr")


def test_after_a_dot_neither_word_nor_placeholder_is_glued_on() -> None:
    allowed = allowed_after("Brr.")
    assert b" com" in allowed
    assert not allowed & {b"com", b"Brr", b"{", b"{store}"}


def test_inside_a_placeholder_only_its_name_goes_on() -> None:
    assert allowed_after("At {") == {b"store", b"st", b"price", b"pri"}
    assert allowed_after("At {st") == {b"ore"}
    assert allowed_after("At {store") == {b"}", b"},", b"} ", b"}{"}


def test_a_used_placeholder_does_not_come_again() -> None:
    assert b"{store}" not in allowed_after("At {store} ")
    assert allowed_after("At {store} {") == {b"price", b"pri"}
    assert not allowed_after("{store}{price}") & {b"{", b" {", b"{store}"}


def test_an_unallowed_token_is_refused_loudly() -> None:
    mask = TokenMask(VOCABULARY, ())
    with pytest.raises(ValueError, match="not allowed"):
        mask.advance(mask.start(), PIECES.index(b"7"))


def test_random_scores_never_break_the_lock() -> None:
    random = np.random.default_rng(7)
    mask = TokenMask(VOCABULARY, ("store", "price"))
    for _ in range(300):
        draw, state = (
            Sampler(temperature=2.0, top_p=1.0, seed=int(random.integers(99))).fresh(),
            mask.start(),
        )
        for _ in range(30):
            scores = random.normal(size=len(PIECES)).astype(np.float32)
            token = draw(np.where(mask.allowed(state), scores, np.float32(-np.inf)))
            if mask.ends(token):
                check(state.text, ("store", "price"))
                break
            state = mask.advance(state, token)


def test_every_plain_character_is_free_of_number_and_markup() -> None:
    plain = {char for code in range(0x3000) if is_plain(char := chr(code))}
    assert not plain & set("0123456789$€£%@#/\\<>[]{}*_`~|=+^\n\t")
    assert set("abcXYZéñß .,!?") <= plain


def test_the_same_seed_draws_the_same_and_zero_temperature_the_likeliest() -> None:
    scores = np.asarray([0.1, 2.0, 1.9, -np.inf], dtype=np.float32)
    first, second = (Sampler(seed=3).fresh() for _ in range(2))
    assert [first(scores) for _ in range(20)] == [second(scores) for _ in range(20)]
    assert Sampler(temperature=0).fresh()(scores) == 1
