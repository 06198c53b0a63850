from typing import Any

import pytest

from tests.emulator.caller import Caller

NOT_MODIFIED = (
    "400 Bad Request: message is not modified: specified new message content and reply markup "
    "are exactly the same as a current content and reply markup of the message"
)
YES = {"inline_keyboard": [[{"text": "Yes", "callback_data": "y"}]]}


@pytest.mark.parametrize(
    ("parameters", "refusal"),
    [
        ({"chat_id": 8, "text": "x"}, "chat not found"),
        ({"chat_id": "nobody", "text": "x"}, "chat not found"),
        ({"chat_id": "@nobody", "text": "x"}, "chat not found"),
        ({"text": "x"}, "chat_id is empty"),
        ({"chat_id": 7}, "message text is empty"),
        ({"chat_id": 7, "text": ""}, "message text is empty"),
        ({"chat_id": 7, "text": " \n "}, "text must be non-empty"),
        ({"chat_id": 7, "text": "x" * 4097}, "message is too long"),
        ({"chat_id": 7, "text": "🙂" * 2049}, "message is too long"),
        ({"chat_id": 7, "text": "x", "parse_mode": "odd"}, "unsupported parse_mode"),
        (
            {"chat_id": 7, "text": "x", "reply_parameters": {"message_id": 99}},
            "message to be replied not found",
        ),
        (
            {"chat_id": 7, "text": "x", "reply_parameters": {"quote": "y"}},
            'can\'t find field "message_id"',
        ),
    ],
)
async def test_a_text_that_cannot_be_sent(
    telegram: Caller, parameters: dict[str, Any], refusal: str
) -> None:
    await telegram.say("hi")
    assert await telegram.refusal("sendMessage", **parameters) == f"400 Bad Request: {refusal}"


async def test_limits_count_what_is_left_after_parsing(telegram: Caller) -> None:
    await telegram.say("hi")
    text = "<b>" + "x" * 4096 + "</b>"
    sent = await telegram.result("sendMessage", chat_id=7, text=text, parse_mode="HTML")
    assert len(sent["text"]) == 4096


async def test_a_sent_message_is_what_the_phone_shows(telegram: Caller) -> None:
    question = await telegram.say("hi", first_name="Ana")
    sent = await telegram.result(
        "sendMessage",
        chat_id=7,
        text="hello",
        reply_markup=YES,
        reply_parameters={"message_id": question},
    )
    shown = (await telegram.get(f"phone/7/messages?after={question}"))["messages"]
    assert shown == [sent]
    assert sent["chat"] == {"id": 7, "type": "private", "first_name": "Ana"}
    assert sent["from"]["is_bot"] is True
    assert sent["date"] == int(telegram.time.seconds)
    assert sent["reply_to_message"]["text"] == "hi"
    assert sent["reply_markup"] == YES


async def test_an_edit_changes_text_and_buttons_in_place(telegram: Caller) -> None:
    await telegram.say("hi")
    sent = await telegram.result("sendMessage", chat_id=7, text="one", reply_markup=YES)
    where = {"chat_id": 7, "message_id": sent["message_id"]}
    same = {"text": "one", "reply_markup": YES}
    assert await telegram.refusal("editMessageText", **where, **same) == NOT_MODIFIED
    edited = await telegram.result(
        "editMessageText", **where, text="<i>two</i>", parse_mode="HTML"
    )
    assert edited["text"] == "two"
    assert "reply_markup" not in edited
    assert edited["edit_date"] == int(telegram.time.seconds)
    marked = await telegram.result("editMessageReplyMarkup", **where, reply_markup=YES)
    assert marked["reply_markup"] == YES
    assert await telegram.refusal(
        "editMessageReplyMarkup", **where, reply_markup=YES
    ) == NOT_MODIFIED  # fmt: skip
    (shown,) = (await telegram.get("phone/7/messages?after=1"))["messages"]
    assert shown == marked


@pytest.mark.parametrize(
    ("method", "message_id", "refusal"),
    [
        ("editMessageText", 99, "message to edit not found"),
        ("editMessageText", 1, "message can't be edited"),
        ("deleteMessage", 99, "message to delete not found"),
        ("pinChatMessage", 99, "message to pin not found"),
        ("setMessageReaction", 99, "message to react not found"),
    ],
)
async def test_a_message_that_cannot_be_changed(
    telegram: Caller, method: str, message_id: int, refusal: str
) -> None:
    await telegram.say("hi")
    given = {"chat_id": 7, "message_id": message_id, "text": "x"}
    assert await telegram.refusal(method, **given) == f"400 Bad Request: {refusal}"


async def test_a_deleted_message_leaves_the_phone_and_is_too_old_after_48_hours(
    telegram: Caller,
) -> None:
    first = await telegram.say("a")
    second = await telegram.say("b")
    third = await telegram.say("c")
    await telegram.result("deleteMessage", chat_id=7, message_id=first)
    await telegram.result("deleteMessages", chat_id=7, message_ids=[second, 99])
    left = (await telegram.get("phone/7/messages"))["messages"]
    assert [message["message_id"] for message in left] == [third]
    telegram.time.seconds += 49 * 3600
    refusal = await telegram.refusal("deleteMessage", chat_id=7, message_id=third)
    assert refusal == "400 Bad Request: message can't be deleted for everyone"


async def test_typing_drafts_and_pins_reach_the_screen(telegram: Caller) -> None:
    message_id = await telegram.say("hi")
    after = (await telegram.get("phone/7/events"))["seq"]
    assert await telegram.result("sendChatAction", chat_id=7, action="typing") is True
    assert await telegram.result("sendMessageDraft", chat_id=7, draft_id=3, text="wri") is True
    assert await telegram.result("pinChatMessage", chat_id=7, message_id=message_id) is True
    events = (await telegram.get(f"phone/7/events?after={after}"))["events"]
    assert [event["kind"] for event in events] == ["typing", "draft"]
    assert (events[0]["action"], events[1]["text"]) == ("typing", "wri")
    pinned = (await telegram.result("getChat", chat_id=7))["pinned_message"]
    assert pinned["message_id"] == message_id


@pytest.mark.parametrize(
    ("method", "parameters", "refusal"),
    [
        ("sendChatAction", {"action": "dancing"}, "wrong parameter action in request"),
        ("sendMessageDraft", {"draft_id": 0, "text": "x"}, "draft_id must be non-zero"),
        ("sendMessageDraft", {"draft_id": 1, "text": "x" * 4097}, "message is too long"),
        ("deleteMessages", {"message_ids": []}, "message identifiers are not specified"),
        (
            "setMessageReaction",
            {"message_id": 1, "reaction": [{"type": "emoji", "emoji": "🧀"}]},
            "REACTION_INVALID",
        ),
    ],
)
async def test_other_refusals(
    telegram: Caller, method: str, parameters: dict[str, Any], refusal: str
) -> None:
    await telegram.say("hi")
    told = await telegram.refusal(method, chat_id=7, **parameters)
    assert told == f"400 Bad Request: {refusal}"
