"""Tap buttons: below a message, or on the reply keyboard."""

from scripts.emulator.emulator import Emulator
from scripts.emulator.errors import PhoneError
from scripts.emulator.phone.shopper import Shopper
from scripts.emulator.wire import Json

QUERIES_KEPT = 2_000


def tap(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    """Tap an inline button by its label or data, or a reply-keyboard button by its label.

    Gives what happened: callback_query_id, url, message_id, or what the app asks for first.
    Raises PhoneError when there is no such button.
    """
    if wish.get("message_id") is None:
        return _tap_reply_button(shopper, str(wish.get("label", "")))
    message = emulator.world.message(shopper.user_id, int(wish["message_id"]))
    if message is None:
        text = f"There is no message {wish['message_id']} in this chat."
        raise PhoneError(text)
    if "reply_markup" not in message and "label" in wish:
        return _tap_reply_button(shopper, str(wish["label"]))
    button = _find_inline(message, wish)
    if "callback_data" in button:
        return _call_back(emulator, shopper, message, button["callback_data"])
    return _follow(button)


def _follow(button: Json) -> Json:
    """Give what the app does by itself with a button that is not for the bot."""
    if "copy_text" in button:
        return {"copied": button["copy_text"]["text"]}
    if "url" in button or "web_app" in button:
        return {"url": button.get("url") or button["web_app"]["url"]}
    if "pay" in button:
        return {"requests": "payment"}
    text = "This kind of button does nothing here."
    raise PhoneError(text)


def _find_inline(message: Json, wish: Json) -> Json:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    for button in (button for row in rows for button in row):
        if "data" in wish:
            fits = button.get("callback_data") == wish["data"]
        else:
            fits = button["text"] == wish.get("label")
        if fits:
            found: Json = button
            return found
    text = f"Message {message['message_id']} has no such button."
    raise PhoneError(text)


def _call_back(emulator: Emulator, shopper: Shopper, message: Json, data: str) -> Json:
    user = shopper.introduce({})
    if emulator.world.trait(shopper.user_id, "blocked"):
        text = "The bot is blocked: unblock it first."
        raise PhoneError(text)
    query_id = emulator.world.new_id("callback_query")
    queries = emulator.ledger.table("query")
    row = {
        "user_id": shopper.user_id,
        "message_id": message["message_id"],
        "date": emulator.clock.now(),
    }
    emulator.ledger.put("query", query_id, row)
    if len(queries) > QUERIES_KEPT:
        emulator.ledger.drop("query", next(iter(queries)))
    query: Json = {
        "id": query_id,
        "from": user,
        "message": message,
        "chat_instance": str(-(shopper.user_id * 7_919 + emulator.world.bot_id)),
        "data": data,
    }
    emulator.updates.publish("callback_query", query, chat_id=shopper.user_id)
    return {"callback_query_id": query_id}


def _tap_reply_button(shopper: Shopper, label: str) -> Json:
    for row in shopper.keyboard().get("keyboard", []):
        for button in row:
            if button["text"] == label:
                return _press(shopper, button)
    text = f"The keyboard has no button {label!r}."
    raise PhoneError(text)


def _press(shopper: Shopper, button: Json) -> Json:
    """Send a text button's text; a request button first asks the shopper."""
    for request in ("request_location", "request_contact"):
        if button.get(request):
            return {"requests": request.removeprefix("request_")}
    return {"message_id": shopper.write({"text": button["text"]})["message_id"]}


def react(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    """Put an emoji on a message, or take it off with an empty one; give the message."""
    message = emulator.world.message(shopper.user_id, int(wish["message_id"]))
    if message is None:
        text = f"There is no message {wish['message_id']} in this chat."
        raise PhoneError(text)
    key = f"{shopper.user_id}:{message['message_id']}"
    before = emulator.ledger.table("reaction").get(key, [])
    emoji = str(wish.get("emoji", ""))
    after = [{"type": "emoji", "emoji": emoji}] if emoji else []
    emulator.ledger.put("reaction", key, after)
    change: Json = {
        "chat": message["chat"],
        "message_id": message["message_id"],
        "user": shopper.introduce({}),
        "date": emulator.clock.seconds(),
        "old_reaction": before,
        "new_reaction": after,
    }
    emulator.updates.publish("message_reaction", change, chat_id=shopper.user_id)
    return message
