"""The scrubber as the rest of the shop uses it."""

# ruff: noqa: RUF001 - lookalike characters are what is tested

import subprocess
import sys
import threading

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from knowledge.privacy.errors import ForeignPlaceholder
from knowledge.privacy.scrubber import Scrubber
from knowledge.privacy.spans import Kind

SCRUBBER = Scrubber(keep=["Jack Daniel's", "Corner Bakery", "Rose Garden", "Heinz"])

PIECES = [
    "Ana", "ANA", "Ana Lopez", "I'm ", "my name is ", "Mrs ", "this is ", "<NAME_1>", "<NAME_", "NAME_1", "1B>", "<", ">",
    "_", "12 Main Street", ", Springfield, IL 62704", "415 555 0132", "+1 ", "ana@example.com", "@", "4111 1111 1111 1111",
    "DE89370400440532013000", "123-45-6789", "K7-2291", "192.168.0.1", "https://a:b@c.de", "\u200b", "ﬁ", "\u0301", " ",
    "\n", ".", "<EMAIL 2>", "<TYPED_1>", "小明", "Hauptstraße 12", "'s",
    "password: ", "hunter2", "PIN 4711", "passport no. ", "C01X00T47", "39053344705", "my number is ", "9320 7126", " x12",
    "a n a @ m a i l . c o m", " at ", " dot ", "com", "A\u0336n\u0336a", "Аnа", "❹①", "٤", "４", "\u202e", "🅰", "00:1B:44:11:3A:B7",
    "<ID_1>", "<SECRET_2>", "İ", "ŉ", "ǆ",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=9).map("".join)))
@example("<NAME_1> I'm Ana, ana said <NAME_1>")
@example("<NAME_4111 1111 1111 1111>")
@example("NAME_Ana")
@example("")
def test_restoring_the_masked_message_gives_the_typed_one(text):
    scrubbed = SCRUBBER.scrub(text, known_names=("Ana Lopez", "小明"))
    assert scrubbed.restore(scrubbed.text) == text


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=9).map("".join))
def test_masking_twice_finds_the_same(text):
    assert SCRUBBER.scrub(text).text == SCRUBBER.scrub(text).text


def test_message_with_everything_is_masked_and_restored():
    text = (
        "Hi, I'm Ana Lopez (ana@example.com, +1 415 555 0132). Order K7-2291 goes to 12 Main Street, "
        "Springfield, IL 62704. Card 4111 1111 1111 1111, says ana."
    )
    scrubbed = SCRUBBER.scrub(text, known_names=["Ana"])
    assert scrubbed.text == (
        "Hi, I'm <NAME_1> (<EMAIL_1>, <PHONE_1>). Order <ORDER_1> goes to <ADDRESS_1>. "
        "Card <CARD_1>, says <NAME_2>."
    )
    assert scrubbed.values["<ORDER_1>"] == "K7-2291"
    assert scrubbed.values["<NAME_1>"] == "Ana Lopez"
    assert scrubbed.restore(scrubbed.text) == text
    assert (
        scrubbed.restore("Thanks <NAME_1>, <ORDER_1> is ready.")
        == "Thanks Ana Lopez, K7-2291 is ready."
    )


def test_typed_placeholder_is_never_filled_in():
    scrubbed = SCRUBBER.scrub("I'm Ana and <NAME_1> is a tag")
    assert scrubbed.text == "I'm <NAME_1> and <TYPED_1> is a tag"
    assert scrubbed.restore("<TYPED_1>") == "<NAME_1>"


def test_placeholder_of_another_message_is_refused():
    SCRUBBER.scrub("I'm Ana")
    with pytest.raises(ForeignPlaceholder):
        SCRUBBER.scrub("I'm cold").restore("Hi <NAME_1>")


def test_hidden_characters_do_not_hide_a_card():
    text = "card ４１１１\u200b 1111‑1111\u2060-1111"
    scrubbed = SCRUBBER.scrub(text)
    assert scrubbed.text == "card <CARD_1>"
    assert scrubbed.restore(scrubbed.text) == text


def test_social_security_number_is_no_code_of_a_door():
    scrubbed = SCRUBBER.scrub("my social security number is 536-22-8145, my security code 4471")
    assert scrubbed.text == "my social security number is <SSN_1>, my security code <SECRET_1>"


def test_spans_are_positions_in_the_typed_text():
    text = "\u200bI’m Ana"
    (span,) = SCRUBBER.find(text)
    assert (text[span.start : span.end], span.kind) == ("Ana", Kind.NAME)


def test_region_decides_how_a_national_number_is_read():
    assert SCRUBBER.scrub("612 345 678 it is", regions=["ES"]).text == "<PHONE_1> it is"
    assert SCRUBBER.scrub("612 345 678 it is").text == "612 345 678 it is"


def test_threads_do_not_see_one_anothers_names():
    names = [f"Name{'abcdefgh'[number]}" for number in range(8)]
    leaks: list[str] = []

    def talk(own: str) -> None:
        for _ in range(50):
            scrubbed = SCRUBBER.scrub(" and ".join(names), known_names=[own])
            if dict(scrubbed.values) != {"<NAME_1>": own}:
                leaks.append(own)

    threads = [threading.Thread(target=talk, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert leaks == []


def test_importing_the_scrubber_leaves_the_engine_for_later():
    program = "import sys, knowledge.privacy.scrubber; sys.exit('scrubadub' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0  # noqa: S603


def test_known_name_in_a_store_name_is_kept():
    text = "is Corner Bakery next to Heinz? Rose wants Jack Daniels from the Rose Garden"
    scrubbed = SCRUBBER.scrub(text, known_names=["Jack", "Heinz Corner"])
    assert scrubbed.text == text


@pytest.mark.parametrize(
    "text",
    [
        "a" * 4096,
        "1 " * 2048,
        "@" * 4096,
        "Ana " * 1024,
        "<" * 4096,
        "1-" * 2048,
        "a.a@" * 1000,
        "12 A " * 800,
        "é" * 4096,
    ],
)
def test_longest_message_is_masked_and_restored(text):
    scrubbed = SCRUBBER.scrub(text, known_names=["Ana"])
    assert scrubbed.restore(scrubbed.text) == text
