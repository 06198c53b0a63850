"""What passes the last gate before a model, and what does not."""

# ruff: noqa: RUF001 - lookalike characters are what is tested

import pytest

from knowledge.privacy.gate import SHUT, Gate
from knowledge.privacy.scrubber import Scrubber
from knowledge.privacy.spans import Kind, Span
from storage.records import VaultEntry

VALUES = [
    VaultEntry(Kind.NAME, 1, "Quillfeather"),
    VaultEntry(Kind.NAME, 2, "Ana Lopez"),
    VaultEntry(Kind.NAME, 3, "May"),
    VaultEntry(Kind.NAME, 4, "Mrs Summer Zander"),
    VaultEntry(Kind.EMAIL, 1, "bart@mail.example"),
    VaultEntry(Kind.PHONE, 1, "+12025550143"),
    VaultEntry(Kind.ADDRESS, 1, "12 Elm Crescent"),
    VaultEntry(Kind.ORDER, 1, "K7-2291"),
    VaultEntry(Kind.CARD, 1, "•••• 1111", "4111111111111111"),
    VaultEntry(Kind.TYPED, 1, "<NAME_1>"),
]


def nothing(_text: str) -> list[Span]:
    return []


def asked(message: str) -> str:
    return f"Shopper: {message}\nAssistant:"


@pytest.mark.parametrize(
    "message",
    [
        "quillfeather is cold",
        "QUILLFEATHER",
        "Quillfeather's feet are wet",
        "it is Quíllfeather",
        "quill\u200bfeather",
        "for ana  lopez, please",
        "for Ana-Lopez",
        "with lopez",
        "what zander likes",
        "bart@mail.example",
        "bart at mail example: bart.mail.example",
        "call 202 555 0143",
        "call +1 (202) 555-0143",
        "5550143 is mine",
        "to 12 elm crescent",
        "where is k72291",
        "K7 2291",
        "4111-1111-1111-1111",
        "４１１１ 1111 1111 1111",
    ],
)
def test_value_of_the_shopper_is_stopped_however_it_is_written(message: str) -> None:
    assert Gate.over(VALUES, (), nothing).stops(asked(message))


@pytest.mark.parametrize(
    "message",
    [
        "I'm cold",
        "quill feathers for my hat",
        "quillfeathers",
        "ana is cold, madam",
        "summer shoes for mrs",
        "a gift in may, maybe",
        "12 elm trees",
        "0143",
        "card ending 1111",
        "order 2291",
        "my name is one",
        "",
    ],
)
def test_part_of_a_value_or_a_short_one_is_no_reason_to_stop(message: str) -> None:
    assert not Gate.over(VALUES, (), nothing).stops(asked(message))


def test_detector_stops_what_the_shopper_never_told() -> None:
    gate = Gate.over((), (), Scrubber().find)
    assert gate.stops(asked("mail me at kim@mail.example"))
    assert not gate.stops(asked("need a present for my mum"))


def test_short_name_is_stopped_where_a_detector_sees_one() -> None:
    gate = Gate.over(VALUES, (), Scrubber().find)
    assert gate.stops(asked("my name is May"))
    assert not gate.stops(asked("a present in may"))


def test_placeholder_of_this_message_passes_and_any_other_does_not() -> None:
    find = Scrubber().find
    gate = Gate.over(VALUES, ["<NAME_1>", "<CARD_1>"], find)
    assert not gate.stops(asked("I'm <NAME_1>, my card is <CARD_1>"))
    for other in ("<NAME_2>", "<name_1>", "NAME_1", "<NAME_1B>"):
        assert gate.stops(asked(f"I'm {other}"))


def test_shut_gate_stops_everything() -> None:
    assert SHUT.stops("")
