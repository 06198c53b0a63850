"""Numbers of placeholders and the way back."""

import pytest

from knowledge.privacy.errors import ForeignPlaceholder, PrivacyError
from knowledge.privacy.placeholders import PLACEHOLDER, Numbering, Scrubbed
from knowledge.privacy.spans import Kind


def test_same_value_keeps_its_number_and_each_spelling_its_letter():
    numbering = Numbering()
    issued = [
        numbering.issue(Kind.NAME, name) for name in ("Ana", "Tom", "Ana", "ANA", "ana", "tom")
    ]
    assert issued == ["<NAME_1>", "<NAME_2>", "<NAME_1>", "<NAME_1B>", "<NAME_1C>", "<NAME_2B>"]


def test_kinds_are_numbered_apart():
    numbering = Numbering()
    assert numbering.issue(Kind.NAME, "Ana") == "<NAME_1>"
    assert numbering.issue(Kind.ORDER, "K7-2291") == "<ORDER_1>"


def test_separators_make_no_other_card():
    numbering = Numbering()
    assert numbering.issue(Kind.CARD, "4111 1111") == "<CARD_1>"
    assert numbering.issue(Kind.CARD, "4111-1111") == "<CARD_1B>"


def test_value_given_by_the_detector_decides():
    numbering = Numbering()
    assert numbering.issue(Kind.PHONE, "(415) 555-0132", "+14155550132") == "<PHONE_1>"
    assert numbering.issue(Kind.PHONE, "+1 415 555 0132", "+14155550132") == "<PHONE_1B>"


def test_spellings_beyond_z_go_on_like_columns():
    numbering = Numbering()
    spellings = ["a" * 6]
    spellings += [
        "".join(c.upper() if n >> i & 1 else c for i, c in enumerate("aaaaaa"))
        for n in range(1, 30)
    ]
    issued = [numbering.issue(Kind.NAME, spelling) for spelling in spellings]
    assert issued[25:28] == ["<NAME_1Z>", "<NAME_1AA>", "<NAME_1AB>"]
    assert all(PLACEHOLDER.fullmatch(placeholder) for placeholder in issued)


def test_reply_gets_the_values_back():
    scrubbed = Scrubbed("Hi <NAME_1>", {"<NAME_1>": "Ana", "<ORDER_1>": "K7-2291"})
    assert scrubbed.restore("<NAME_1>, <ORDER_1> is ready") == "Ana, K7-2291 is ready"


def test_value_that_looks_like_a_placeholder_is_not_filled_in_again():
    scrubbed = Scrubbed("<TYPED_1> <NAME_1>", {"<TYPED_1>": "<NAME_1>", "<NAME_1>": "Ana"})
    assert scrubbed.restore("<TYPED_1>") == "<NAME_1>"


@pytest.mark.parametrize(
    "reply",
    [
        "Hi <NAME_2>",
        "Hi <EMAIL_1>",
        "Hi <name_1>",
        "Hi <NAME 1>",
        "Hi < NAME_1 >",
        "Hi NAME_1",
        "Hi [NAME_1]",
        "Hi <NAME>",
        "Hi <NAME_1",
        "Hi <NAME_11>",
        "Hi <NAME_1B>",
        "Hi <SHOPPER_1>",
    ],
)
def test_invented_altered_or_foreign_placeholder_is_refused(reply):
    with pytest.raises(ForeignPlaceholder) as raised:
        Scrubbed("", {"<NAME_1>": "Ana"}).restore(reply)
    assert "Ana" not in str(raised.value)
    assert isinstance(raised.value, PrivacyError)


@pytest.mark.parametrize(
    "reply", ["It's < 3 km and > 2", "I <3 it", "Your name is safe", "$3.50 <b>"]
)
def test_ordinary_reply_passes(reply):
    assert Scrubbed("", {}).restore(reply) == reply
