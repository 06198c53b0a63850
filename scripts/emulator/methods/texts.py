"""Send words: messages, drafts, typing, and toasts for tapped buttons."""

from scripts.emulator.emulator import Emulator, Method
from scripts.emulator.errors import QUERY_TOO_OLD, TEXT_TOO_LONG, BadRequestError
from scripts.emulator.markup.entities import units
from scripts.emulator.markup.reading import LONGEST_TEXT, read_formatted, read_text
from scripts.emulator.parameters import Parameters
from scripts.emulator.sending import open_chat, send
from scripts.emulator.wire import Json

ACTIONS = frozenset(
    {
        "cancel",
        "typing",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "record_audio",
        "upload_audio",
        "upload_photo",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    }
)
LONGEST_TOAST = 200
ANSWER_WITHIN_S = 60  # the apps stop waiting about then; Telegram publishes no number


async def send_message(emulator: Emulator, parameters: Parameters) -> Json:
    """Send a text."""
    formatted = read_text(parameters)
    fields = formatted.as_fields()
    preview = parameters.structure(
        "link_preview_options", "can't parse link preview options JSON object"
    )
    if preview:
        fields["link_preview_options"] = preview
    return send(emulator, parameters, fields)


async def send_message_draft(emulator: Emulator, parameters: Parameters) -> bool:
    """Show a text that is still being written, in a private chat, for 30 s."""
    draft_id = parameters.integer("draft_id")
    if draft_id == 0:
        raise BadRequestError("draft_id must be non-zero")
    raw = parameters.structure("entities", "can't parse entities JSON object")
    formatted = read_formatted(parameters.text("text"), parameters.text("parse_mode"), raw)
    if units(formatted.text) > LONGEST_TEXT:
        raise BadRequestError(TEXT_TOO_LONG)
    chat = open_chat(emulator, parameters)
    if chat["type"] != "private":
        raise BadRequestError("message drafts can be sent only to private chats")
    emulator.flood.pass_draft(chat["id"])
    fields = formatted.as_fields()
    emulator.phones.show(chat["id"], "draft", draft_id=draft_id, **({"text": ""} | fields))
    return True


async def send_chat_action(emulator: Emulator, parameters: Parameters) -> bool:
    """Show that something is being done, for 5 s."""
    action = parameters.text("action").lower()
    if action not in ACTIONS:
        raise BadRequestError("wrong parameter action in request")
    chat = open_chat(emulator, parameters)
    if chat["type"] == "private":
        emulator.phones.show(chat["id"], "typing", action=action)
    return True


async def answer_callback_query(emulator: Emulator, parameters: Parameters) -> bool:
    """Answer a tapped button with a toast, an alert or nothing."""
    text = parameters.text("text")
    if units(text) > LONGEST_TOAST:
        raise BadRequestError("MESSAGE_TOO_LONG")
    query = emulator.ledger.table("query").get(parameters.text("callback_query_id"))
    if query is None or emulator.clock.now() - query["date"] > ANSWER_WITHIN_S:
        raise BadRequestError(QUERY_TOO_OLD)
    emulator.phones.show(
        query["user_id"],
        "callback_answer",
        callback_query_id=parameters.text("callback_query_id"),
        message_id=query["message_id"],
        text=text,
        show_alert=parameters.flag("show_alert"),
        url=parameters.text("url"),
    )
    return True


METHODS: dict[str, Method] = {
    "sendMessage": send_message,
    "sendMessageDraft": send_message_draft,
    "sendChatAction": send_chat_action,
    "answerCallbackQuery": answer_callback_query,
}
