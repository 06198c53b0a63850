"""Send photos and documents: uploaded, sent again by file_id, alone or in an album."""

import asyncio

from scripts.emulator.emulator import Emulator, Method
from scripts.emulator.errors import BadRequestError
from scripts.emulator.keyboards import Markup, read_markup
from scripts.emulator.markup.reading import read_caption
from scripts.emulator.media import as_document, as_photo, check_photo
from scripts.emulator.parameters import Parameters, Upload
from scripts.emulator.sending import change, find_own_message, open_chat, post, send
from scripts.emulator.wire import Json

FEWEST_IN_ALBUM, MOST_IN_ALBUM = 2, 10
_REPLACED = {"photo", "document", "caption", "caption_entities", "reply_markup"}
ATTACHED = "attach://"


async def _read_media(emulator: Emulator, parameters: Parameters, source: str, kind: str) -> Json:
    """Give the photo or document field for a file: attached, known by id, or sent by name."""
    upload = parameters.upload(source.removeprefix(ATTACHED)) if source else None
    upload = upload or parameters.upload(kind)
    if upload is not None:
        return await _keep(emulator, upload, kind)
    if not source:
        raise BadRequestError(f"there is no {kind} in the request")
    if source.startswith(("http://", "https://")):
        raise BadRequestError("failed to get HTTP URL content")
    row = emulator.files.row(source)
    if row is None:
        raise BadRequestError("wrong remote file identifier specified: Wrong string length")
    if row["kind"] != kind:
        actual, wanted = row["kind"].capitalize(), kind.capitalize()
        raise BadRequestError(f"can't use file of type {actual} as {wanted}")
    if kind == "document":
        return as_document(row)
    content = await asyncio.to_thread(emulator.files.path_on_disk(row).read_bytes)
    return as_photo(row, content)


async def _keep(emulator: Emulator, upload: Upload, kind: str) -> Json:
    if not upload.content:
        raise BadRequestError("file must be non-empty")
    if kind == "document":
        return as_document(await emulator.files.keep(upload, kind))
    check_photo(upload.content)
    return as_photo(await emulator.files.keep(upload, kind), upload.content)


def _sender(kind: str) -> Method:
    async def send_one(emulator: Emulator, parameters: Parameters) -> Json:
        caption = read_caption(parameters)
        open_chat(emulator, parameters)
        media = await _read_media(emulator, parameters, parameters.text(kind), kind)
        fields = media | caption.as_fields("caption")
        if kind == "photo" and parameters.flag("has_spoiler"):
            fields["has_media_spoiler"] = True
        if caption.text and parameters.flag("show_caption_above_media"):
            fields["show_caption_above_media"] = True
        return send(emulator, parameters, fields)

    return send_one


async def _read_item(emulator: Emulator, parameters: Parameters, raw: object) -> Json:
    """Give the fields of one InputMedia."""
    if not isinstance(raw, dict):
        raise BadRequestError("can't parse InputMedia: expected an Object")
    kind = str(raw.get("type", ""))
    if kind not in {"photo", "document"}:
        raise BadRequestError("can't parse InputMedia: Unsupported type specified")
    if not raw.get("media"):
        raise BadRequestError("can't parse InputMedia: Can't find field \"media\"")
    caption = read_caption(Parameters(raw))
    media = await _read_media(emulator, parameters, str(raw["media"]), kind)
    return media | caption.as_fields("caption")


async def send_media_group(emulator: Emulator, parameters: Parameters) -> list[Json]:
    """Send 2 to 10 photos, or as many documents, as an album."""
    raw = parameters.structure("media", "can't parse media JSON object")
    if not isinstance(raw, list):
        raise BadRequestError("expected an Array of InputMedia")
    if len(raw) < FEWEST_IN_ALBUM:
        raise BadRequestError(
            "message must contain at least 2 media files"
            if raw
            else "there are no messages to send"
        )
    if len(raw) > MOST_IN_ALBUM:
        raise BadRequestError("too many messages to send as an album")
    chat = open_chat(emulator, parameters)
    items = [await _read_item(emulator, parameters, item) for item in raw]
    if len({"photo" in item for item in items}) > 1:
        raise BadRequestError("document can't be mixed with other media types")
    for _ in items:
        emulator.flood.pass_one(chat["id"])
    group = {"media_group_id": emulator.world.new_id("media_group")}
    return [post(emulator, chat, item | group, Markup()) for item in items]


async def edit_message_media(emulator: Emulator, parameters: Parameters) -> Json:
    """Put another photo or document in a message's place."""
    raw = parameters.structure("media", "can't parse InputMedia JSON object")
    message = find_own_message(emulator, parameters)
    if not any(kind in message for kind in ("photo", "document", "text")):
        raise BadRequestError("message can't be edited")
    fields = await _read_item(emulator, parameters, raw)
    markup = read_markup(parameters)
    if markup.inline:
        fields["reply_markup"] = markup.inline
    return change(emulator, message, fields, _REPLACED | {"text", "entities"})


async def get_file(emulator: Emulator, parameters: Parameters) -> Json:
    """Tell where a file can be downloaded."""
    file_id = parameters.text("file_id")
    if not file_id:
        raise BadRequestError("file_id is empty")
    return emulator.files.describe(file_id)


METHODS: dict[str, Method] = {
    "sendPhoto": _sender("photo"),
    "sendDocument": _sender("document"),
    "sendMediaGroup": send_media_group,
    "editMessageMedia": edit_message_media,
    "getFile": get_file,
}
