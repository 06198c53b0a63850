"""What a model may say, character by character and word by word."""

import unicodedata

import pytest

from knowledge.llm.base import Terms
from knowledge.llm.errors import LockBroken
from knowledge.llm.lexicon import Lexicon
from knowledge.llm.lock import Lock, is_plain, trimmed

NAMES = ("store", "price", "distance")
NEVER = frozenset({"free", "hour", "today", "three"})
FACTS = "{store}, {distance}: {price}."
WORDS = Lexicon("brr it's warm mug mugs don't a cold at is away i café".split())


def passes(text: str, *, names: tuple[str, ...] = NAMES, lexicon: Lexicon | None = None) -> bool:
    try:
        Lock(Terms(names, NEVER), lexicon).check(text)
    except LockBroken:
        return False
    return True


@pytest.mark.parametrize(
    "text",
    [
        "Brr. {store} is {distance} away: {price}.",
        "Café “Über”: {store}, {distance}, {price}.",
        "{price}, {store}; {distance}!",
        "{store} (it's {distance} away) – {price}…",
        "{store}'s on the way, {distance}, {price}.",
        "Sí, ¿lo quieres? {store} {price} {distance}",
        "  Warm\n up. {store}\t{price} {distance} ",
    ],
)
def test_words_around_all_the_facts_pass_and_white_space_is_evened_out(text: str) -> None:
    assert Lock(Terms(NAMES, NEVER)).check(text) == " ".join(text.split())


@pytest.mark.parametrize(
    "broken",
    [
        "Only 3 left.",
        "Only ٣ left.",
        "Only ½ of it.",
        "Only 三 left.",
        "Ⅷ left.",
        "It costs $.",
        "It costs € or £.",
        "Fully 50%.",
        "**Bold**",
        "_under_",
        "`code`",
        "~~gone~~",
        "<b>bold</b>",
        "[a](b)",
        "See shop.com for it.",
        "See www dot shop.",
        "https://shop",
        "Look at the HTTPS for it.",
        "shop/deals",
        "me@shop",
        "#deal",
        "Warm up 🔥.",
        # words that look like forbidden ones
        "It's frее.",  # noqa: RUF001 - two letters are Cyrillic
        "It's ｆｒｅｅ.",  # noqa: RUF001 - wide letters
        "It's 𝐟𝐫𝐞𝐞.",  # noqa: RUF001 - bold letters
        "It's ᶠʳᵉᵉ.",
        "It's fr\u034fee.",
        "It's fr\u200bee.",
        "It's fr\u00adee.",
        "It's fre\u0301e.",
        "It's frée.",
        "It's FREE.",
        "It's free-range.",
        "An hour's walk.",
        "Today’s treat.",
    ],
)
def test_a_draft_that_says_more_breaks_the_lock(broken: str) -> None:
    assert passes(f"Brr. {FACTS}")
    assert not passes(f"{broken} {FACTS}")
    assert not passes(f"{FACTS} {broken}")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "Brr.",
        "{store} is {distance} away.",  # the price is missing
        FACTS + " {store}",
        FACTS + " {coupon}",
        FACTS + " {",
        FACTS + " }",
        FACTS + " {}",
        "{sto}, {distance}: {price}.",
        "{store, {distance}: {price}.",
        "store}, {distance}: {price}.",
        "{{store}}, {distance}: {price}.",
        "{ store }, {distance}: {price}.",
        "{store!r}, {distance}: {price}.",
        "{store:>99}, {distance}: {price}.",
        "{store.x}, {distance}: {price}.",
        "{0}, {store}, {distance}: {price}.",
        "{STORE}, {distance}: {price}.",
        "www.{store}, {distance}: {price}.",
        "pre{store}, {distance}: {price}.",
        "{store}less, {distance}: {price}.",
        "{store}, {distance}: {price}k.",
    ],
)
def test_each_fact_stands_once_whole_and_apart(text: str) -> None:
    assert not passes(text)


def test_without_facts_words_alone_pass() -> None:
    assert passes("What is it for?", names=())
    assert not passes("What is it for? {store}", names=())
    assert not passes(" ", names=())


@pytest.mark.parametrize(
    "text",
    [
        "Brr, it's cold.",
        "BRR… It’s warm!",
        "Don't.",
        "A mugs' mug.",
        "“It's warm.”",
        "'Mug'?",
        "I - brr - mug.",
        "CAFÉ café.",
    ],
)
def test_words_of_the_list_pass_in_any_case_and_with_either_apostrophe(text: str) -> None:
    assert passes(f"{text} {FACTS}", lexicon=WORDS)


@pytest.mark.parametrize(
    "text",
    [
        "Hot.",  # no word of the list
        "Warmer.",  # one begins like it
        "War.",  # it begins one
        "It'",
        "It'll.",
        "Warm-ish.",
        "Mug's.",
        "W a r m.",
        "Tea Room.",
        "{store}'s.",
    ],
)
def test_other_words_break_the_lock_of_a_list(text: str) -> None:
    names = ("store",) if "{store}" in text else ()
    assert not passes(text, names=names, lexicon=WORDS)


def test_a_forbidden_word_of_the_list_breaks_the_lock_all_the_same() -> None:
    lexicon = Lexicon(["free", "freely", "it's"])
    assert passes("It's freely.", names=(), lexicon=lexicon)
    assert not passes("It's free.", names=(), lexicon=lexicon)
    assert not passes("It's free", names=(), lexicon=lexicon)


@pytest.mark.parametrize("beginning", ["At {sto", "At {store} is {", "Brr", "At {store}"])
def test_a_text_does_not_end_before_all_is_said(beginning: str) -> None:
    lock = Lock(Terms(("store", "price")))
    state = lock.after(lock.start(), beginning)
    assert state is not None
    assert not lock.may_end(state)


def test_a_text_does_not_end_within_a_word_of_the_list() -> None:
    lock = Lock(Terms(()), WORDS)
    half, whole = lock.after(lock.start(), "It is war"), lock.after(lock.start(), "It's warm")
    assert half is None  # "it" is no word of the list
    assert whole is not None
    assert lock.may_end(whole)
    begun = lock.after(lock.start(), "It's war")
    assert begun is not None
    assert not lock.may_end(begun)
    assert lock.after(begun, " ") is None


def test_pieces_come_to_the_same_as_the_whole() -> None:
    lock = Lock(Terms(NAMES), WORDS)
    text = "Brr, it's cold. {store} is {distance} away: {price}."
    for end in range(len(text) + 1):
        state = lock.after(lock.start(), text[:end])
        assert state is not None, text[:end]
        assert lock.after(state, text[end:]) == lock.after(lock.start(), text)


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


def test_every_plain_character_is_free_of_number_and_markup() -> None:
    plain = {char for code in range(0x20000) if is_plain(char := chr(code))}
    assert not plain & set("0123456789$€£%@#/\\<>[]{}*_`~|=+^\n\t\u00a0\u200b\u202e")
    assert set("abcXYZéñßÜç .,!?'’") <= plain
    assert all(unicodedata.numeric(char, None) is None for char in plain)
    assert all(unicodedata.normalize("NFKC", char) == char or char == "…" for char in plain)


@pytest.mark.parametrize("text", ["Brr.", "Brr! {store} is {distance} away.", FACTS, ""])
def test_the_beginning_of_a_text_may_lack_facts(text: str) -> None:
    assert Lock(Terms(NAMES, NEVER)).begun(f" {text}\n") == text


@pytest.mark.parametrize(
    "text",
    ["It's free.", "It's free", "Only $3.", "{coupon}.", "{store} {store}.", "At {sto", "HTTPS."],
)
def test_the_beginning_of_a_text_says_no_more_than_the_whole(text: str) -> None:
    with pytest.raises(LockBroken):
        Lock(Terms(NAMES, NEVER)).begun(text)


def test_the_beginning_of_a_text_keeps_to_the_list() -> None:
    assert Lock(Terms(()), WORDS).begun("It's warm.") == "It's warm."
    with pytest.raises(LockBroken):
        Lock(Terms(()), WORDS).begun("It's war")
