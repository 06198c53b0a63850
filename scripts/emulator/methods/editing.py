"""Change, delete and pin messages that stand."""

from scripts.emulator.emulator import Emulator, Method
from scripts.emulator.errors import BadRequestError
from scripts.emulator.keyboards import read_markup
from scripts.emulator.markup.reading import read_caption, read_text
from scripts.emulator.parameters import Parameters
from scripts.emulator.sending import change, find_chat, find_own_message
from scripts.emulator.wire import Json

DELETABLE_S = 48 * 3600
MOST_DELETED = 100
WITH_CAPTION = ("photo", "document", "video", "audio", "animation", "voice")


def _new_markup(parameters: Parameters) -> Json:
    """Give the reply_markup field of an edit; only inline keyboards can be edited in."""
    markup = read_markup(parameters)
    if markup.reply or markup.removes_reply:
        raise BadRequestError("inline keyboard expected")
    return {"reply_markup": markup.inline} if markup.inline else {}


async def edit_message_text(emulator: Emulator, parameters: Parameters) -> Json:
    """Change a text; without reply_markup the buttons go."""
    formatted = read_text(parameters)
    markup = _new_markup(parameters)
    message = find_own_message(emulator, parameters)
    if "text" not in message:
        raise BadRequestError("there is no text in the message to edit")
    fields = formatted.as_fields() | markup
    return change(emulator, message, fields, {"text", "entities", "reply_markup"})


async def edit_message_caption(emulator: Emulator, parameters: Parameters) -> Json:
    """Change the caption of a photo or document."""
    formatted = read_caption(parameters)
    markup = _new_markup(parameters)
    message = find_own_message(emulator, parameters)
    if not any(kind in message for kind in WITH_CAPTION):
        raise BadRequestError("there is no caption in the message to edit")
    fields = formatted.as_fields("caption") | markup
    return change(emulator, message, fields, {"caption", "caption_entities", "reply_markup"})


async def edit_message_reply_markup(emulator: Emulator, parameters: Parameters) -> Json:
    """Change the buttons alone."""
    markup = _new_markup(parameters)
    message = find_own_message(emulator, parameters)
    return change(emulator, message, markup, {"reply_markup"})


def _delete(emulator: Emulator, chat: Json, message: Json) -> None:
    emulator.world.drop_message(chat["id"], message["message_id"])
    if chat["type"] == "private":
        emulator.phones.show(chat["id"], "deleted", message_id=message["message_id"])


def _may_delete(emulator: Emulator, message: Json) -> bool:
    return bool(emulator.clock.now() - message["date"] <= DELETABLE_S)


async def delete_message(emulator: Emulator, parameters: Parameters) -> bool:
    """Delete a message of either side, up to 48 hours old."""
    chat = find_chat(emulator, parameters)
    message = emulator.world.message(chat["id"], parameters.integer("message_id"))
    if message is None:
        raise BadRequestError("message to delete not found")
    if not _may_delete(emulator, message):
        raise BadRequestError("message can't be deleted for everyone")
    _delete(emulator, chat, message)
    return True


async def delete_messages(emulator: Emulator, parameters: Parameters) -> bool:
    """Delete up to 100 messages; those that cannot be found are skipped."""
    chat = find_chat(emulator, parameters)
    ids = parameters.structure("message_ids", "can't parse message identifiers JSON object")
    if not isinstance(ids, list) or not ids:
        raise BadRequestError("message identifiers are not specified")
    if len(ids) > MOST_DELETED:
        raise BadRequestError("too many message identifiers specified")
    for message_id in ids:
        message = emulator.world.message(chat["id"], int(message_id))
        if message is not None and _may_delete(emulator, message):
            _delete(emulator, chat, message)
    return True


async def pin_chat_message(emulator: Emulator, parameters: Parameters) -> bool:
    """Pin a message; in a private chat a bot may."""
    chat = find_chat(emulator, parameters)
    message = emulator.world.message(chat["id"], parameters.integer("message_id"))
    if message is None:
        raise BadRequestError("message to pin not found")
    emulator.ledger.put("pinned", str(chat["id"]), message["message_id"])
    return True


async def unpin_chat_message(emulator: Emulator, parameters: Parameters) -> bool:
    """Take the pinned message down."""
    chat = find_chat(emulator, parameters)
    emulator.ledger.drop("pinned", str(chat["id"]))
    return True


METHODS: dict[str, Method] = {
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
    "deleteMessages": delete_messages,
    "pinChatMessage": pin_chat_message,
    "unpinChatMessage": unpin_chat_message,
}
