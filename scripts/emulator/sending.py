"""Put a bot's message into a chat, or change one that stands there.

All send* and edit* methods end here: who may be written to, flood limits, replies, keyboards,
and what the phone shows.
"""

from scripts.emulator.emulator import Emulator
from scripts.emulator.errors import (
    BLOCKED,
    CHAT_NOT_FOUND,
    DEACTIVATED,
    NOT_MODIFIED,
    BadRequestError,
    ForbiddenError,
)
from scripts.emulator.keyboards import Markup, read_markup
from scripts.emulator.parameters import Parameters
from scripts.emulator.wire import Json

_KICKED = {
    "group": "bot was kicked from the group chat",
    "supergroup": "bot was kicked from the supergroup chat",
    "channel": "bot is not a member of the channel chat",
}


def find_chat(emulator: Emulator, parameters: Parameters, name: str = "chat_id") -> Json:
    """Give the chat a call means.

    Raises BadRequestError when it names none, or one that never wrote to the bot.
    """
    wanted = parameters.text(name)
    if not wanted:
        raise BadRequestError(f"{name} is empty")
    chat: Json | None = None
    if wanted.startswith("@"):
        chats = emulator.ledger.table("chat").values()
        chat = next((row for row in chats if row.get("username") == wanted[1:]), None)
    elif wanted.lstrip("-").isdigit():
        chat = emulator.world.chat(int(wanted))
    if chat is None:
        raise BadRequestError(CHAT_NOT_FOUND)
    return chat


def open_chat(emulator: Emulator, parameters: Parameters) -> Json:
    """Give the chat a call writes to. Raises ForbiddenError when it no longer listens."""
    chat = find_chat(emulator, parameters)
    if chat["type"] == "private":
        if emulator.world.trait(chat["id"], "deactivated"):
            raise ForbiddenError(DEACTIVATED)
        if emulator.world.trait(chat["id"], "blocked"):
            raise ForbiddenError(BLOCKED)
    elif emulator.ledger.table("membership").get(str(chat["id"])) in {"left", "kicked"}:
        raise ForbiddenError(_KICKED[chat["type"]])
    return chat


def send(emulator: Emulator, parameters: Parameters, content: Json) -> Json:
    """Send one message of this content and give it back.

    content holds the message's own fields: text, photo, location … Raises ApiError.
    """
    markup = read_markup(parameters, is_invoice="invoice" in content)
    chat = open_chat(emulator, parameters)
    replied = _read_reply(emulator, parameters, chat)
    emulator.flood.pass_one(chat["id"])
    options: Json = dict(replied)
    if parameters.flag("protect_content"):
        options["has_protected_content"] = True
    if markup.inline:
        options["reply_markup"] = markup.inline
    return post(emulator, chat, content | options, markup)


def post(emulator: Emulator, chat: Json, fields: Json, markup: Markup) -> Json:
    """Put a checked message of the bot into a chat."""
    message: Json = {
        "message_id": emulator.world.new_message_id(),
        "from": emulator.world.bot_user(),
        "chat": chat,
        "date": emulator.clock.seconds(),
        **fields,
    }
    if chat["type"] == "channel":
        message["sender_chat"] = chat
        del message["from"]
    emulator.world.save_message(message)
    if chat["type"] == "private":
        _show_new(emulator, chat["id"], message, markup)
    return message


def _show_new(emulator: Emulator, user_id: int, message: Json, markup: Markup) -> None:
    details: Json = {"message": message}
    if markup.reply is not None:
        emulator.world.set_trait(user_id, "reply_keyboard", markup.reply)
        details["reply_keyboard"] = markup.reply
    emulator.phones.show(user_id, "message", **details)
    if markup.removes_reply:
        emulator.world.set_trait(user_id, "reply_keyboard", None)
        emulator.phones.show(user_id, "cleared_keyboard")


def _read_reply(emulator: Emulator, parameters: Parameters, chat: Json) -> Json:
    """Give reply_to_message when the call replies to a message of the same chat."""
    wish = parameters.structure("reply_parameters", "can't parse reply parameters JSON object")
    if isinstance(wish, dict):
        values = Parameters(wish)
    else:
        values = Parameters({"message_id": parameters.text("reply_to_message_id")})
    if isinstance(wish, dict) and "message_id" not in wish:
        raise BadRequestError('can\'t find field "message_id"')
    message_id = values.integer("message_id")
    if not message_id:
        return {}
    original = emulator.world.message(chat["id"], message_id)
    if original is not None:
        kept = {key: value for key, value in original.items() if key != "reply_to_message"}
        return {"reply_to_message": kept}
    lenient = values.flag("allow_sending_without_reply")
    if lenient or parameters.flag("allow_sending_without_reply"):
        return {}
    raise BadRequestError("message to be replied not found")


def find_own_message(emulator: Emulator, parameters: Parameters, purpose: str = "edit") -> Json:
    """Give the bot's message a call wants to change. Raises BadRequestError in Telegram's words."""
    if parameters.text("inline_message_id"):
        raise BadRequestError("MESSAGE_ID_INVALID")
    chat = open_chat(emulator, parameters)
    if not parameters.text("message_id"):
        raise BadRequestError("message identifier is not specified")
    message = emulator.world.message(chat["id"], parameters.integer("message_id"))
    if message is None:
        raise BadRequestError(f"message to {purpose} not found")
    sender = message.get("from", {}).get("id", emulator.world.bot_id)
    if sender != emulator.world.bot_id:
        raise BadRequestError("message can't be edited")
    return message


def change(emulator: Emulator, message: Json, new_fields: Json, gone: set[str]) -> Json:
    """Change a message of the bot: put new_fields, take the gone ones away, give it back.

    Raises BadRequestError when nothing would differ, TooManyRequestsError when edits come too fast.
    """
    edited = {key: value for key, value in message.items() if key not in gone} | new_fields
    if {**edited, "edit_date": 0} == {**message, "edit_date": 0}:
        raise BadRequestError(NOT_MODIFIED)
    chat = message["chat"]
    emulator.flood.pass_one(chat["id"])
    edited["edit_date"] = emulator.clock.seconds()
    emulator.world.save_message(edited)
    if chat["type"] == "private":
        emulator.phones.show(chat["id"], "edited", message=edited)
    return edited
