from typing import Any

import pytest

from tests.emulator.caller import Caller

PLACE = {"latitude": 1, "longitude": 2}
INVOICE: dict[str, Any] = {
    "title": "Cup",
    "description": "One",
    "payload": "p",
    "currency": "XTR",
    "prices": [{"label": "Cup", "amount": 1}],
}
THUMB = {"type": "emoji", "emoji": "👍"}


@pytest.mark.parametrize(
    ("method", "parameters", "refusal"),
    [
        ("sendLocation", {"longitude": 1}, "latitude is empty"),
        ("sendLocation", {"latitude": 1}, "longitude is empty"),
        ("sendLocation", {"latitude": "x", "longitude": 1}, "invalid location specified"),
        ("sendLocation", {"latitude": 91, "longitude": 1}, "invalid location specified"),
        (
            "sendLocation",
            {**PLACE, "live_period": 60, "heading": 361},
            "invalid heading specified",
        ),
        (
            "sendVenue",
            {**PLACE, "title": " ", "address": "x"},
            "venue title must be non-empty",
        ),
        ("sendInvoice", {**INVOICE, "title": ""}, "invoice title must be non-empty"),
        ("sendInvoice", {**INVOICE, "currency": "X"}, "CURRENCY_INVALID"),
        (
            "sendInvoice",
            {**INVOICE, "prices": []},
            "there must be at least one price in the invoice",
        ),
        (
            "sendInvoice",
            {**INVOICE, "prices": [{"label": "Cup"}]},
            'can\'t parse LabeledPrice: Can\'t find field "amount"',
        ),
        (
            "sendInvoice",
            {**INVOICE, "prices": [{"label": "Cup", "amount": 0}]},
            "CURRENCY_TOTAL_AMOUNT_INVALID",
        ),
        (
            "answerPreCheckoutQuery",
            {"pre_checkout_query_id": "1", "ok": False},
            "error message can't be empty",
        ),
        ("setMyName", {"name": "x", "language_code": "english"}, "LANG_CODE_INVALID"),
        ("setMyCommands", {"commands": "x"}, "can't parse commands JSON object"),
        ("setMyCommands", {"commands": {"a": 1}}, "expected an Array of BotCommand"),
        (
            "setMyCommands",
            {"commands": ["x"]},
            "can't parse BotCommand: expected an Object",
        ),
        (
            "setChatMenuButton",
            {"menu_button": {"type": "odd"}},
            "can't parse MenuButton: Unsupported type specified",
        ),
        ("getChatMember", {"user_id": 0}, "invalid user_id specified"),
        ("getChatMember", {"user_id": 99}, "user not found"),
        ("leaveChat", {}, "chat member status can't be changed in private chats"),
        ("setMessageReaction", {"message_id": 1, "reaction": [THUMB, THUMB]}, "REACTIONS_TOO_MANY"),
        (
            "setMessageReaction",
            {"message_id": 1, "reaction": THUMB},
            "expected an Array of ReactionType",
        ),
        ("getFile", {}, "file_id is empty"),
        ("sendMediaGroup", {"media": {"a": 1}}, "expected an Array of InputMedia"),
        ("sendMediaGroup", {"media": ["x", "y"]}, "can't parse InputMedia: expected an Object"),
        (
            "sendMediaGroup",
            {"media": [{"type": "photo"}] * 2},
            'can\'t parse InputMedia: Can\'t find field "media"',
        ),
        ("editMessageText", {"text": "x"}, "message identifier is not specified"),
        ("editMessageText", {"text": "x", "inline_message_id": "1"}, "MESSAGE_ID_INVALID"),
        (
            "editMessageText",
            {"text": "x", "message_id": 1, "reply_markup": {"keyboard": [["A"]]}},
            "inline keyboard expected",
        ),
        ("editMessageCaption", {"message_id": 2}, "there is no caption in the message to edit"),
        ("deleteMessages", {"message_ids": list(range(101))}, "too many message identifiers specified"),
        ("deleteMessages", {"message_ids": ["x"]}, "wrong parameter in request"),
        ("getUpdates", {"allowed_updates": {"a": 1}}, "object expected as allowed updates"),
        ("sendMessage", {"text": "x", "entities": {"a": 1}}, "can't parse entities: Expected an Array of message entities"),
    ],
)  # fmt: skip
async def test_what_telegram_refuses(
    telegram: Caller, method: str, parameters: dict[str, Any], refusal: str
) -> None:
    await telegram.say("hi")
    await telegram.result("sendMessage", chat_id=7, text="x")
    told = await telegram.refusal(method, **{"chat_id": 7, **parameters})
    assert told == f"400 Bad Request: {refusal}"


@pytest.mark.parametrize(
    ("path", "wish", "told"),
    [
        ("group/-50/bot", {"user_id": 8, "status": "odd"}, "A member's status is one of"),
        ("group/-50/text", {"user_id": 8, "text": "x", "type": "odd"}, "A group's type is one of"),
        ("flood", {"enabled": "yes"}, "The switch takes"),
        ("redeliver", {"update_id": 5}, "No update 5 is remembered."),
        ("faults", {"error_code": 500}, 'A fault needs a "method"'),
        ("faults", {"method": "*", "times": "x"}, "A value is missing or malformed"),
        ("phone/7/document", {}, 'A multipart part "file"'),
        ("phone/7/pay", {"message_id": 1}, "Message 1 is no invoice."),
        ("phone/7/reaction", {"message_id": 9}, "There is no message 9 in this chat."),
        ("phone/7/voice", {"duration": 0}, "A voice message lasts at least a second."),
        ("phone/7/text", {"text": "x" * 4097}, "The apps cut a text at 4096 characters."),
        (
            "phone/7/edit",
            {"message_id": 2, "text": "x"},
            "Only a text of one's own can be edited.",
        ),
        ("phone/7/live/start", {"latitude": 1}, "A value is missing or malformed"),
    ],
)
async def test_what_the_shoppers_side_refuses(
    telegram: Caller, path: str, wish: dict[str, Any], told: str
) -> None:
    await telegram.say("hi")
    await telegram.result("sendMessage", chat_id=7, text="x")
    async with telegram.session.post(f"{telegram.server.url}/{path}", json=wish) as response:
        assert response.status == 400
        assert (await response.json())["error"].startswith(told)


async def test_a_body_must_be_an_object_and_an_act_must_exist(telegram: Caller) -> None:
    for body in ("[1]", "{"):
        async with telegram.session.post(
            f"{telegram.server.url}/phone/7/text", data=body
        ) as response:
            assert (await response.json())["error"] == "The body is a JSON object."
    for path in ("phone/7/fly", "page/none.js", "town", "town/map", "file/none"):
        method = "POST" if path.startswith("phone") else "GET"
        async with telegram.session.request(method, f"{telegram.server.url}/{path}") as response:
            assert response.status == 404


async def test_options_show_in_the_message(telegram: Caller) -> None:
    await telegram.say("hi")
    place = {**PLACE, "title": "Café", "address": "Main St", "google_place_id": "g"}
    venue = await telegram.result("sendVenue", chat_id=7, **place, protect_content=True)
    assert venue["has_protected_content"] is True
    assert venue["venue"]["google_place_id"] == "g"
    lenient = {"message_id": 99, "allow_sending_without_reply": True}
    sent = await telegram.result("sendMessage", chat_id=7, text="x", reply_parameters=lenient)
    assert "reply_to_message" not in sent
    pay = {"inline_keyboard": [[{"text": "Pay", "pay": True}]]}
    invoice = await telegram.result("sendInvoice", chat_id=7, **INVOICE, reply_markup=pay)
    assert await telegram.phone("7/tap", message_id=invoice["message_id"], label="Pay") == {
        "requests": "payment"
    }
    member = await telegram.result("getChatMember", chat_id=7, user_id=7)
    assert (member["status"], member["user"]["id"]) == ("member", 7)
