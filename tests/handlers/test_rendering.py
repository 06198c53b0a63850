import pytest

from handlers.rendering import (
    MAX_CAPTION_UTF16,
    MAX_TEXT_UTF16,
    bold_entities,
    edit,
    fitted,
    photo,
    photo_instead,
    send,
    venue,
    without_buttons,
)
from tests.builders import store


def utf16(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def cut_out(text: str, parts: list[str]) -> list[str]:
    """What Telegram would show in bold."""
    encoded = text.encode("utf-16-le")
    return [
        encoded[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le")
        for e in bold_entities(text, parts)
    ]


@pytest.mark.parametrize(
    ("text", "parts", "bold"),
    [
        ("Downtown Café is near", ["Downtown Café"], ["Downtown Café"]),
        ("🥐 Corner Bakery", ["Corner Bakery"], ["Corner Bakery"]),
        ("👨‍👩‍👧 Home & Co 🏠 K7-2291", ["Home & Co", "K7-2291"], ["Home & Co", "K7-2291"]),
        ("Café 🙂", ["🙂"], ["🙂"]),
        ("Tea, Tea Room", ["Tea Room", "Tea"], ["Tea", "Tea Room"]),
        ("Tea Room", ["Tea Room", "Tea"], ["Tea Room"]),
        ("Tea Room", ["Tea", "Tea Room"], ["Tea"]),
        ("Tea Tea", ["Tea", "Tea"], ["Tea"]),
        ("Tea Room", ["Roomy"], []),
        ("Tea Room", [""], []),
        ("", ["Tea"], []),
        ("tea", ["Tea"], []),
    ],
)
def test_bold_counts_as_telegram_does(text: str, parts: list[str], bold: list[str]) -> None:
    assert cut_out(text, parts) == bold


def test_entities_are_in_order_whatever_the_parts_order() -> None:
    offsets = [e["offset"] for e in bold_entities("a b c", ["c", "a", "b"])]
    assert offsets == sorted(offsets)


@pytest.mark.parametrize(
    "text",
    [
        "a" * MAX_TEXT_UTF16,
        "🙂" * (MAX_TEXT_UTF16 // 2),
        "",
    ],
    ids=["letters", "emoji", "empty"],
)
def test_text_that_fits_stays_as_it_is(text: str) -> None:
    assert fitted(text) == text


@pytest.mark.parametrize(
    "text",
    ["a" * 4097, "🙂" * 2049, "a" + "🙂" * 2048, "line\n" * 1000, "a\n" + "b" * 5000],
    ids=["letters", "emoji", "half an emoji", "lines", "long line"],
)
def test_text_that_is_too_long_is_cut(text: str) -> None:
    cut = fitted(text)
    assert utf16(cut) <= MAX_TEXT_UTF16
    assert cut.endswith("…")
    assert text.startswith(cut[:-1])
    cut.encode()  # no half of an emoji is left


def test_long_list_is_cut_at_a_lines_end() -> None:
    assert fitted("\n".join(["Hot Chocolate"] * 400)).removesuffix("…").endswith("\nHot Chocolate")


def test_bold_behind_the_cut_is_left_out() -> None:
    message = send(7, "a" * 5000 + "Tea", bold=("Tea",))
    assert "entities" not in message.arguments


def test_message_without_extras_has_only_its_text() -> None:
    assert send(7, "hi").arguments == {"chat_id": 7, "text": "hi"}


def test_edit_without_keyboard_takes_the_buttons_away() -> None:
    message = edit(7, 5, "hi")
    assert (message.method, dict(message.arguments)) == (
        "editMessageText",
        {"chat_id": 7, "message_id": 5, "text": "hi"},
    )
    (call,) = without_buttons(7, 5)
    assert call.arguments == {"chat_id": 7, "message_id": 5}


def test_markup_in_names_is_only_text() -> None:
    arguments = send(7, "<b>*Tea*</b> [x](y)", bold=("*Tea*",)).arguments
    assert "parse_mode" not in arguments
    assert arguments["text"] == "<b>*Tea*</b> [x](y)"


def test_store_is_a_venue() -> None:
    place = store()
    assert venue(7, place).arguments == {
        "chat_id": 7,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "title": "Downtown Café",
        "address": "1 Main Street",
    }


def test_message_that_cannot_be_changed_is_answered_by_a_new_one() -> None:
    assert edit(7, None, "hello") == send(7, "hello")
    assert without_buttons(7, None) == []


def test_a_photo_carries_its_picture_words_and_buttons() -> None:
    keyboard = {"inline_keyboard": [[{"text": "More", "callback_data": "x"}]]}
    sent = photo(7, b"png", caption="x" * 2000, keyboard=keyboard)
    assert sent.method == "sendPhoto"
    assert sent.arguments["photo"] == {"filename": "picture.png", "base64": "cG5n"}
    assert utf16(sent.arguments["caption"]) == MAX_CAPTION_UTF16
    assert sent.arguments["reply_markup"] == keyboard
    assert "reply_markup" not in photo(7, b"png", caption="hi").arguments


def test_a_photo_that_can_no_longer_be_changed_is_sent_anew() -> None:
    assert photo_instead(7, None, b"png", caption="hi") == photo(7, b"png", caption="hi")
    changed = photo_instead(7, 3, b"png", caption="hi", keyboard={})
    assert (changed.method, changed.arguments["message_id"]) == ("editMessageMedia", 3)
    assert changed.arguments["media"]["caption"] == "hi"
