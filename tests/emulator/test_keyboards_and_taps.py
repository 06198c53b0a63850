from typing import Any

import pytest

from tests.emulator.caller import Caller

TOO_OLD = "400 Bad Request: query is too old and response timeout expired or query ID is invalid"


def _inline(**button: object) -> dict[str, Any]:
    return {"inline_keyboard": [[{"text": "Go", **button}]]}


@pytest.mark.parametrize(
    ("markup", "refusal"),
    [
        (_inline(callback_data="x" * 65), "BUTTON_DATA_INVALID"),
        (_inline(callback_data="é" * 33), "BUTTON_DATA_INVALID"),
        (
            _inline(),
            "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard",
        ),
        (
            _inline(url="nowhere"),
            "inline keyboard button URL 'nowhere' is invalid: Wrong HTTP URL",
        ),
        (
            _inline(url="ftp://a.b"),
            "inline keyboard button URL 'ftp://a.b' is invalid: Unsupported URL protocol",
        ),
        (_inline(copy_text={"text": "x" * 257}), "BUTTON_COPY_TEXT_INVALID"),
        (_inline(pay=True), "BUTTON_TYPE_INVALID"),
        (
            _inline(web_app={"url": "http://a.b"}),
            (
                "inline keyboard button Web App URL 'http://a.b' is invalid: "
                "Only HTTPS links are allowed"
            ),
        ),
        ({"inline_keyboard": "x"}, 'field "inline_keyboard" must be of type Array'),
        (
            {"inline_keyboard": [[{"callback_data": "x"}]]},
            "can't parse inline keyboard button: Can't find field \"text\"",
        ),
        ({"keyboard": "x"}, 'field "keyboard" must be of type Array'),
        (
            {"keyboard": [["A"]], "one_time_keyboard": "yes"},
            'field "one_time_keyboard" must be of type Boolean',
        ),
        ({"inline_keyboard": ["x"]}, 'field "inline_keyboard" must be an Array of Arrays'),
        (
            {"inline_keyboard": [["x"]]},
            "can't parse inline keyboard button: InlineKeyboardButton must be an Object",
        ),
        (
            {"inline_keyboard": [[{"text": 5, "callback_data": "x"}]]},
            'can\'t parse inline keyboard button: Field "text" must be of type String',
        ),
        (
            {"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]},
            "inline keyboard button text must be non-empty",
        ),
        (
            {"inline_keyboard": [[{"text": "x", "callback_data": "x"}]] * 301},
            "REPLY_MARKUP_TOO_LONG",
        ),
        (_inline(callback_game={"x": 1}), "BUTTON_TYPE_INVALID"),
        ({"keyboard": [[5]]}, "can't parse keyboard button: KeyboardButton must be an Object"),
        (
            {"keyboard": [[{"text": "A", "web_app": {"url": "http://a.b"}}]]},
            ("keyboard button Web App URL 'http://a.b' is invalid: Only HTTPS links are allowed"),
        ),
        ("[", "can't parse reply keyboard markup JSON object"),
        ([1], "object expected as reply markup"),
    ],
)
async def test_a_keyboard_telegram_refuses(telegram: Caller, markup: object, refusal: str) -> None:
    await telegram.say("hi")
    told = await telegram.refusal("sendMessage", chat_id=7, text="x", reply_markup=markup)
    assert told == f"400 Bad Request: {refusal}"


async def test_a_tap_becomes_a_callback_and_its_answer_a_toast(telegram: Caller) -> None:
    await telegram.say("hi")
    markup = _inline(callback_data="é" * 32)
    sent = await telegram.result("sendMessage", chat_id=7, text="x", reply_markup=markup)
    after = (await telegram.get("phone/7/events"))["seq"]
    tapped = await telegram.phone("7/tap", message_id=sent["message_id"], label="Go")
    query = (await telegram.last_update())["callback_query"]
    assert query["id"] == tapped["callback_query_id"]
    assert query["data"] == "é" * 32
    assert query["message"] == sent
    assert query["from"]["id"] == 7
    await telegram.result("answerCallbackQuery", callback_query_id=query["id"], text="Done")
    (event,) = (await telegram.get(f"phone/7/events?after={after}&wait=5"))["events"]
    assert (event["kind"], event["text"], event["show_alert"]) == (
        "callback_answer",
        "Done",
        False,
    )


async def test_a_button_may_be_tapped_by_its_data(telegram: Caller) -> None:
    await telegram.say("hi")
    sent = await telegram.result(
        "sendMessage", chat_id=7, text="x", reply_markup=_inline(callback_data="d1")
    )
    assert "callback_query_id" in await telegram.phone(
        "7/tap", message_id=sent["message_id"], data="d1"
    )
    told = await telegram.mistake("7/tap", message_id=sent["message_id"], data="d2")
    assert told == f"Message {sent['message_id']} has no such button."


async def test_a_callback_answer_may_be_late_unknown_or_too_long(telegram: Caller) -> None:
    await telegram.say("hi")
    sent = await telegram.result(
        "sendMessage", chat_id=7, text="x", reply_markup=_inline(callback_data="d")
    )
    tapped = await telegram.phone("7/tap", message_id=sent["message_id"], label="Go")
    known = {"callback_query_id": tapped["callback_query_id"]}
    assert await telegram.refusal("answerCallbackQuery", callback_query_id="5") == TOO_OLD
    too_long = await telegram.refusal("answerCallbackQuery", **known, text="x" * 201)
    assert too_long == "400 Bad Request: MESSAGE_TOO_LONG"
    telegram.time.seconds += 61
    assert await telegram.refusal("answerCallbackQuery", **known) == TOO_OLD


async def test_url_and_copy_buttons_are_followed_by_the_app(telegram: Caller) -> None:
    await telegram.say("hi")
    rows = [[{"text": "A", "url": "https://a.b/"}, {"text": "B", "copy_text": {"text": "WARM15"}}]]
    sent = await telegram.result(
        "sendMessage", chat_id=7, text="x", reply_markup={"inline_keyboard": rows}
    )
    message_id = sent["message_id"]
    assert await telegram.phone("7/tap", message_id=message_id, label="A") == {
        "url": "https://a.b/"
    }
    assert await telegram.phone("7/tap", message_id=message_id, label="B") == {"copied": "WARM15"}


async def test_a_keyboard_button_may_be_tapped_below_its_message(telegram: Caller) -> None:
    await telegram.say("hi")
    keyboard = {"keyboard": [["Eat"]]}
    sent = await telegram.result("sendMessage", chat_id=7, text="x", reply_markup=keyboard)
    await telegram.phone("7/tap", message_id=sent["message_id"], label="Eat")
    assert (await telegram.last_update())["message"]["text"] == "Eat"


async def test_a_tap_that_cannot_be(telegram: Caller) -> None:
    await telegram.say("hi")
    sent = await telegram.result(
        "sendMessage", chat_id=7, text="x", reply_markup=_inline(callback_data="d")
    )
    assert await telegram.mistake("7/tap", message_id=99, label="Go") == (
        "There is no message 99 in this chat."
    )
    await telegram.phone("7/block")
    assert await telegram.mistake("7/tap", message_id=sent["message_id"], label="Go") == (
        "The bot is blocked: unblock it first."
    )


async def test_a_one_time_keyboard_goes_after_its_button_was_used(telegram: Caller) -> None:
    await telegram.say("hi")
    keyboard = {
        "keyboard": [[{"text": "Here", "request_location": True}, "Eat"]],
        "one_time_keyboard": True,
    }
    await telegram.result("sendMessage", chat_id=7, text="x", reply_markup=keyboard)
    assert (await telegram.get("phone/7"))["reply_keyboard"]["one_time_keyboard"] is True
    assert await telegram.phone("7/tap", label="Here") == {"requests": "location"}
    sent = await telegram.phone("7/tap", label="Eat")
    update = await telegram.last_update()
    assert update["message"]["message_id"] == sent["message_id"]
    assert update["message"]["text"] == "Eat"
    assert (await telegram.get("phone/7"))["reply_keyboard"] is None
    assert await telegram.mistake("7/tap", label="Eat") == "The keyboard has no button 'Eat'."


async def test_a_lasting_keyboard_stays_until_it_is_removed(telegram: Caller) -> None:
    await telegram.say("hi")
    await telegram.result(
        "sendMessage", chat_id=7, text="x", reply_markup={"keyboard": [[{"text": "A"}]]}
    )
    await telegram.phone("7/tap", label="A")
    assert (await telegram.get("phone/7"))["reply_keyboard"]["keyboard"] == [[{"text": "A"}]]
    after = (await telegram.get("phone/7/events"))["seq"]
    await telegram.result(
        "sendMessage", chat_id=7, text="x", reply_markup={"remove_keyboard": True}
    )
    assert (await telegram.get("phone/7"))["reply_keyboard"] is None
    events = (await telegram.get(f"phone/7/events?after={after}"))["events"]
    assert [event["kind"] for event in events] == ["message", "cleared_keyboard"]
