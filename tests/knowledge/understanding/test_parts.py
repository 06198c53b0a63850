"""Where one request ends and the next begins."""

import pytest

from knowledge.understanding.parts import MOST_PARTS, texts_of


@pytest.mark.parametrize(
    ("message", "parts"),
    [
        ("I'm starving and where's my order?", ["I'm starving", "where's my order?"]),
        ("thanks! do you deliver?", ["thanks!", "do you deliver?"]),
        ("I'm freezing, do you have umbrellas", ["I'm freezing", "do you have umbrellas"]),
        ("cancel my order and refund me", ["cancel my order", "refund me"]),
        ("track my order; my feet are wet", ["track my order", "my feet are wet"]),
        ("one coffee\nwhat time do you close", ["one coffee", "what time do you close"]),
        ("my phone is dying but also where can I eat", ["my phone is dying", "where can I eat"]),
    ],
)
def test_requests_are_taken_apart(message: str, parts: list[str]) -> None:
    assert list(texts_of(message))[1:] == parts


@pytest.mark.parametrize(
    "message",
    [
        "salt and pepper",
        "mac and cheese",
        "bread and butter, please",
        "a coffee and a muffin",
        "fish and chips for two",
        "something warm but not spicy",
        "black or white socks, size 42",
        "rock 'n' roll t-shirt",
        "3.5 mm jack",
        "I'm cold",
        "",
    ],
)
def test_one_request_stays_whole(message: str) -> None:
    assert len(texts_of(message)) == 1


def test_endless_message_has_few_parts_and_loses_nothing() -> None:
    whole, *parts = texts_of(". ".join(f"question number {n}" for n in range(9)))
    assert len(parts) == MOST_PARTS
    assert parts[-1].endswith("question number 8")
    assert whole.startswith("question number 0")
