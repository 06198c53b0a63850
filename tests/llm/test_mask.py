"""What a model may say, token by token, and how the next one is drawn."""

import numpy as np
import pytest

from knowledge.llm.base import Terms
from knowledge.llm.lexicon import Lexicon
from knowledge.llm.lock import Lock
from knowledge.llm.mask import TokenMask, Vocabulary
from knowledge.llm.sampler import Sampler

PIECES = (
    *(b"<end>", b"\n", b" \n\n", b"Brr", b".", b" {", b"{", b"store", b"st", b"ore", b"}", b"},"),
    *(b"} ", b"price", b"pri", b"7", b" $", b"com", b" com", b"\xf0\x9f", b"*", b"{store}", b"{x"),
    *(b"}{", b"a.b", b"ce", b" http", b" free", b"fr", b"ee", b" ", b"'s", b"x{store}", b"om"),
)
VOCABULARY = Vocabulary([b"", *PIECES[1:]], [0])
TERMS = Terms(("store", "price"), frozenset({"free"}))
WORDS = Lexicon(["brr", "free", "from"])  # a token can end either
NO_WORDS = {b"\xf0\x9f", b"*", b"7", b" $", b"a.b", b" http", b"{x"}


def reached(mask: TokenMask, text: str) -> set[bytes]:
    """Give the tokens that may come after a text: those allowed that the lock then lets through, and the ends."""
    lock = Lock(TERMS)
    state = lock.after(lock.start(), text)
    assert state is not None, text
    tokens = np.flatnonzero(mask.allowed(state)).tolist()
    return {PIECES[t] for t in tokens if mask.ends(t) or mask.after(state, t) is not None}


def after(text: str, lexicon: Lexicon | None = None) -> set[bytes]:
    return reached(TokenMask(VOCABULARY, Lock(TERMS, lexicon)), text)


def test_a_text_begins_with_words_or_a_placeholder_and_cannot_end_at_once() -> None:
    words = {b"Brr", b".", b"store", b"st", b"ore", b"price", b"pri", b"com", b" com", b"ce"}
    words |= {b"fr", b"ee", b" ", b"'s", b"om"}
    assert after("") == words | {b" {", b"{", b"{store}"}


@pytest.mark.parametrize("text", ["Brr", "Brr. {store}", "{store} {price} {"[:-2], "{price}"])
def test_a_text_ends_only_when_every_fact_is_told(text: str) -> None:
    ends = {b"<end>", b"\n", b" \n\n"}
    assert after(text) & ends == (ends if "{store} {price}" in text else set())


def test_after_a_dot_neither_word_nor_placeholder_is_glued_on() -> None:
    found = after("Brr.")
    assert b" com" in found
    assert not found & {b"com", b"Brr", b"{", b"{store}"}


def test_after_a_placeholder_no_word_is_glued_on() -> None:
    found = after("{store}")
    assert {b" com", b".", b"'s", b" {"} <= found
    assert not found & {b"com", b"Brr", b"store"}


def test_inside_a_placeholder_only_its_name_goes_on() -> None:
    assert after("At {") == {b"store", b"st", b"price", b"pri"}
    assert after("At {st") == {b"ore"}
    assert after("At {store") == {b"}", b"},", b"} ", b"}{"}


def test_a_used_placeholder_does_not_come_again() -> None:
    assert b"{store}" not in after("At {store} ")
    assert after("At {store} {") == {b"price", b"pri"}
    assert not after("{store} {price}") & {b"{", b" {", b"{store}"}


def test_a_forbidden_word_is_stopped_where_it_would_end() -> None:
    assert b"ee" not in after("fr")
    assert b" free" not in after("")
    assert not after("free") & {b" ", b".", b" {", b"\n", b"<end>"}


def test_words_of_a_list_go_on_as_the_list_does() -> None:
    assert after("", WORDS) == {b"Brr", b".", b" ", b"fr", b" {", b"{", b"{store}"}
    assert after("fr", WORDS) == {b"om"}


def test_nothing_but_ends_is_allowed_that_the_vocabulary_sorted_out() -> None:
    for text in ("", "Brr", "Brr.", "{store} {price}", "At {"):
        assert not after(text) & NO_WORDS


def test_what_may_come_is_among_the_allowed() -> None:
    """The mask may allow more than the lock does, never less."""
    lock = Lock(TERMS)
    mask = TokenMask(VOCABULARY, lock)
    for text in ("", "Brr", "Brr.", "Brr. {", "Brr {st", "{store}", "{store} {price}", "fr"):
        state = lock.after(lock.start(), text)
        assert state is not None
        allowed = mask.allowed(state)
        for token, piece in enumerate(PIECES):
            if piece in NO_WORDS or piece == b"<end>" or b"\n" in piece:
                continue
            if lock.after(state, piece.decode()) is not None:
                assert allowed[token], (text, piece)


@pytest.mark.parametrize("lexicon", [None, WORDS], ids=["any words", "words of a list"])
def test_random_scores_never_break_the_lock(lexicon: Lexicon | None) -> None:
    random = np.random.default_rng(7)
    lock = Lock(TERMS, lexicon)
    mask = TokenMask(VOCABULARY, lock)
    finished = 0
    for seed in range(600):
        draw, state = Sampler(temperature=2.0, top_p=1.0, seed=seed).fresh(), mask.start()
        for _ in range(40):
            scores = random.normal(size=len(PIECES)).astype(np.float32)
            scores = np.where(mask.allowed(state), scores, np.float32(-np.inf))
            # Every word that can be begun here can be ended: something is always left to draw.
            while not mask.ends(token := draw(scores)) and mask.after(state, token) is None:
                scores[token] = -np.inf
            if mask.ends(token):
                finished += 1
                assert "free" not in lock.check(state.text).casefold().split()
                break
            going = mask.after(state, token)
            assert going is not None
            state = going
    assert finished > 50


def test_the_same_seed_draws_the_same_and_zero_temperature_the_likeliest() -> None:
    scores = np.asarray([0.1, 2.0, 1.9, -np.inf], dtype=np.float32)
    first, second = (Sampler(seed=3).fresh() for _ in range(2))
    assert [first(scores) for _ in range(20)] == [second(scores) for _ in range(20)]
    assert Sampler(temperature=0).fresh()(scores) == 1


def test_of_many_tokens_only_likely_ones_are_drawn() -> None:
    scores = np.zeros(5000, dtype=np.float32)
    scores[[17, 4711]] = 20.0
    draw = Sampler(seed=1).fresh()
    assert {draw(scores) for _ in range(50)} == {17, 4711}


def test_what_is_ruled_out_is_not_drawn_however_few_are_left() -> None:
    scores = np.full(5000, -np.inf, dtype=np.float32)
    scores[9] = -50.0
    assert {Sampler(temperature=2.0, top_p=1.0, seed=n).fresh()(scores) for n in range(20)} == {9}
