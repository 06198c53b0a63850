"""Share what is not words: places, pictures, files, a contact."""

from scripts.emulator.emulator import Emulator
from scripts.emulator.errors import PhoneError
from scripts.emulator.live import read_place
from scripts.emulator.markup.reading import read_formatted
from scripts.emulator.media import as_document, as_photo
from scripts.emulator.parameters import Upload
from scripts.emulator.phone.shopper import Shopper
from scripts.emulator.wire import Json


def _hide_used_keyboard(shopper: Shopper, request: str) -> None:
    """Put a one-time keyboard away when its request button was what led here."""
    shown = shopper.keyboard()
    buttons = [button for row in shown.get("keyboard", []) for button in row]
    if shown.get("one_time_keyboard") and any(button.get(request) for button in buttons):
        shopper.clear_keyboard()


def share_location(shopper: Shopper, wish: Json) -> Json:
    """Send one static place."""
    content: Json = {"location": read_place(wish)}
    message = shopper.send(content, wish)
    _hide_used_keyboard(shopper, "request_location")
    return message


def share_venue(shopper: Shopper, wish: Json) -> Json:
    """Send a place with a name; it is never live."""
    place = {key: wish[key] for key in ("latitude", "longitude")}
    venue: Json = {
        "location": read_place(place),
        "title": str(wish.get("title", "Somewhere")),
        "address": str(wish.get("address", "")),
    }
    return shopper.send({"venue": venue, "location": venue["location"]}, wish)


def start_live(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    """Begin to share a live location; an open share ends first."""
    place = emulator.live.read_start(wish)
    if emulator.live.current(shopper.user_id) is not None:
        emulator.live.end(shopper.user_id)
    message = shopper.send({"location": place}, wish)
    emulator.live.begin(shopper.user_id, message)
    return message


async def send_file(emulator: Emulator, shopper: Shopper, upload: Upload, wish: Json) -> Json:
    """Send a photo or a document with an optional caption; wish["kind"] says which."""
    caption = read_formatted(str(wish.get("caption", "")), "", None).as_fields("caption")
    row = await emulator.files.keep(upload, wish["kind"])
    media = as_photo(row, upload.content) if wish["kind"] == "photo" else as_document(row)
    return shopper.send(media | caption, wish)


def send_contact(shopper: Shopper, wish: Json) -> Json:
    """Send a contact card; without a number the shopper's own."""
    user = shopper.introduce(wish)
    contact: Json = {
        "phone_number": str(wish.get("phone_number", "+12125550100")),
        "first_name": str(wish.get("contact_first_name", user["first_name"])),
    }
    if "phone_number" not in wish:
        contact["user_id"] = shopper.user_id
    message = shopper.send({"contact": contact}, wish)
    _hide_used_keyboard(shopper, "request_contact")
    return message


async def send_sticker(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    """Send a small sticker."""
    row = await emulator.files.keep(Upload("sticker.webp", "image/webp", b"RIFF"), "sticker")
    sticker: Json = {
        "file_id": row["file_id"],
        "file_unique_id": row["file_unique_id"],
        "file_size": row["file_size"],
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": str(wish.get("emoji", "🙂")),
    }
    return shopper.send({"sticker": sticker}, wish)


async def send_voice(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    """Send a short voice message."""
    duration_s = int(wish.get("duration", 2))
    if duration_s < 1:
        text = "A voice message lasts at least a second."
        raise PhoneError(text)
    row = await emulator.files.keep(Upload("voice.ogg", "audio/ogg", b"OggS"), "voice")
    voice: Json = {
        "file_id": row["file_id"],
        "file_unique_id": row["file_unique_id"],
        "file_size": row["file_size"],
        "duration": duration_s,
        "mime_type": "audio/ogg",
    }
    return shopper.send({"voice": voice}, wish)


async def send_video(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    """Send a short video."""
    row = await emulator.files.keep(Upload("video.mp4", "video/mp4", b"ftyp"), "video")
    video: Json = {
        "file_id": row["file_id"],
        "file_unique_id": row["file_unique_id"],
        "file_size": row["file_size"],
        "width": 640,
        "height": 480,
        "duration": 2,
    }
    return shopper.send({"video": video}, wish)


def send_poll(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    """Send a poll with two options."""
    options = [{"text": text, "voter_count": 0} for text in ("Tea", "Coffee")]
    poll: Json = {
        "id": emulator.world.new_id("poll"),
        "question": str(wish.get("question", "Tea or coffee?")),
        "options": [
            option | {"persistent_id": str(number)} for number, option in enumerate(options)
        ],
        "total_voter_count": 0,
        "is_closed": False,
        "is_anonymous": True,
        "type": "regular",
        "allows_multiple_answers": False,
        "allows_revoting": True,
        "members_only": False,
    }
    return shopper.send({"poll": poll}, wish)
