"""The trained tagger on the search model's table, as the product runs it. Sentences are written for these tests."""

from pathlib import Path

import pytest

from knowledge.errors import ModelFolderMissingError
from knowledge.privacy.tagging.base import Label
from knowledge.privacy.tagging.tagger import Tagger

pytestmark = pytest.mark.slow
MODEL = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2"


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger(MODEL)


def found(tagger: Tagger, text: str) -> dict[str, Label]:
    return {text[tagged.start : tagged.end]: tagged.label for tagged in tagger.tag(text)}


@pytest.mark.parametrize(
    ("text", "piece", "label"),
    [
        ("could you ask Robert whether it came", "Robert", Label.NAME),
        ("my neighbour priya sharma will collect it", "priya sharma", Label.NAME),
        ("the parcel goes to 12 rose lane please", "12 rose lane", Label.ADDRESS),
        ("Anna Berg\nKaevu 94\n93318 Riisa", "Kaevu 94\n93318 Riisa", Label.ADDRESS),
        ("you reach me on 0471 22 33 44 after six", "0471 22 33 44", Label.PHONE),
        ("my driving licence is LH329609T", "LH329609T", Label.ID),
    ],
)
def test_finds_what_is_personal(tagger: Tagger, text: str, piece: str, label: Label) -> None:
    assert found(tagger, text).get(piece) is label


@pytest.mark.parametrize(
    "text",
    [
        "I'm cold",
        "where is my order?",
        "may I have the brown jacket in 44?",
        "is the olive oil from Tuscany back in stock",
        "two hot chocolates and a Danish please",
        "does WARM15 still work until 31 December 2026?",
        "do you have the 55 inch one for $399.99",
        "surprise me",
    ],
)
def test_lets_shop_talk_pass(tagger: Tagger, text: str) -> None:
    assert found(tagger, text) == {}


def test_a_long_text_is_read_as_its_parts(tagger: Tagger) -> None:
    filler = "The kettle boils and the bread is warm. " * 40
    text = f"{filler}Please ask Robert about it. {filler}"
    assert found(tagger, text) == {"Robert": Label.NAME}


def test_empty_text_is_nothing(tagger: Tagger) -> None:
    assert tagger.tag("") == []


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelFolderMissingError, match="scripts/install"):
        Tagger(tmp_path)
