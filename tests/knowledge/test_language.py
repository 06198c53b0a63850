"""Sentences in the language of whoever reads them."""

import pytest
from babel import Locale

from knowledge.language import LANGUAGES, Sentence, told

ENGLISH, SPANISH = Locale("en"), Locale("es", "MX")
NEW = Sentence("Nobody ever said this to {name}.")
TIMES = Sentence("{count} time that nobody counted", "{count} times that nobody counted")


def test_english_is_said_as_it_is_written() -> None:
    assert told(NEW, ENGLISH, name="Mia") == "Nobody ever said this to Mia."


@pytest.mark.parametrize("name", ["{price}", "{0}", "{name.text}", "{", "}}", "100 %s"])
def test_braces_in_what_a_placeholder_stands_for_stay(name: str) -> None:
    assert told(NEW, ENGLISH, name=name) == f"Nobody ever said this to {name}."


@pytest.mark.parametrize(("count", "said"), [(0, "0 times"), (1, "1 time"), (2, "2 times")])
def test_number_decides_between_one_and_many(count: int, said: str) -> None:
    assert told(TIMES, ENGLISH, count=count) == f"{said} that nobody counted"


def test_what_has_no_translation_is_said_in_english() -> None:
    assert told(NEW, SPANISH, name="Mia") == "Nobody ever said this to Mia."


def test_language_that_is_not_spoken_falls_back_to_english() -> None:
    assert "fi" not in LANGUAGES
    assert told(NEW, Locale("fi"), name="Mia") == "Nobody ever said this to Mia."


def test_sentence_cannot_be_sent_as_it_is() -> None:
    assert not isinstance(NEW, str)
