"""An opening that the model guesses at is left out; what stands around facts is not."""

import numpy as np
import pytest

from knowledge.llm.sureness import Opening

TEXT = "Let's get you a satin. {store} has {item}."
FLAT = np.zeros(1_000, dtype=np.float32)  # a thousand tokens, each as likely: log-probability -6.9
SURE = np.where(np.arange(1_000) == 7, 20.0, 0.0).astype(np.float32)


def heard(scores: np.ndarray, least_sure: float | None = -0.7) -> Opening:
    opening = Opening(least_sure)
    for text in ("", "Let's", "Let's get"):
        opening.note(text, scores, 7)
    return opening


def test_opening_that_is_guessed_at_is_left_out() -> None:
    assert heard(FLAT).kept(TEXT) == "{store} has {item}."


def test_opening_that_is_sure_is_kept() -> None:
    assert heard(SURE).kept(TEXT) == TEXT


def test_model_that_nothing_was_trained_for_keeps_its_openings() -> None:
    assert heard(FLAT, None).kept(TEXT) == TEXT


def test_what_follows_a_fact_does_not_count() -> None:
    opening = heard(SURE)
    opening.note("Let's go. {store}", FLAT, 7)
    assert len(opening) == 3
    assert opening.kept(TEXT) == TEXT


def test_tokens_that_are_taken_back_do_not_count() -> None:
    opening = heard(SURE)
    opening.note("Let's get you", FLAT, 7)
    opening.back_to(3)
    assert opening.kept(TEXT) == TEXT


@pytest.mark.parametrize("text", ["{store} has {item}.", "Sure, it is", "What is it for?"])
def test_text_without_an_opening_stays_as_it_is(text: str) -> None:
    assert heard(FLAT).kept(text) == text
