"""Describe files as messages carry them: a photo in its sizes, a document."""

import struct

from scripts.emulator.errors import BadRequestError
from scripts.emulator.wire import Json

LARGEST_PHOTO_BYTES = 10 * 1024 * 1024
LARGEST_SIDES = 10_000  # width + height; core.telegram.org/bots/api#sendphoto, 2026-11-21
STEEPEST_RATIO = 20
_PREVIEW_SIDES = (90, 320, 800)
_JPEG_MARKER = 0xFF
_JPEG_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def image_size(content: bytes) -> tuple[int, int] | None:
    """Give width and height in pixels of a PNG, GIF, JPEG or WebP, None for anything else."""
    readers = (
        (b"\x89PNG\r\n\x1a\n", lambda: struct.unpack(">II", content[16:24])),
        (b"GIF8", lambda: struct.unpack("<HH", content[6:10])),
        (b"\xff\xd8", lambda: _jpeg_size(content)),
        (b"RIFF", lambda: _webp_size(content)),
    )
    try:
        return next((read() for start, read in readers if content.startswith(start)), None)
    except (struct.error, IndexError):
        return None


def _jpeg_size(content: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(content):
        if content[at] != _JPEG_MARKER:
            return None
        marker, length = content[at + 1], int.from_bytes(content[at + 2 : at + 4])
        if marker in _JPEG_FRAMES:
            height, width = struct.unpack(">HH", content[at + 5 : at + 9])
            return width, height
        at += 2 + length
    return None


def _webp_size(content: bytes) -> tuple[int, int] | None:
    chunk = content[12:16]
    if chunk == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        return width, int.from_bytes(content[27:30], "little") + 1
    if chunk == b"VP8 ":
        width, height = struct.unpack("<HH", content[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if chunk == b"VP8L":
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    return None


def check_photo(content: bytes) -> tuple[int, int]:
    """Give a photo's size in pixels. Raises BadRequestError when Telegram would not show it."""
    if len(content) > LARGEST_PHOTO_BYTES:
        raise BadRequestError("file is too big")
    size = image_size(content)
    if size is None:
        raise BadRequestError("IMAGE_PROCESS_FAILED")
    width, height = size
    if width < 1 or height < 1 or width + height > LARGEST_SIDES:
        raise BadRequestError("PHOTO_INVALID_DIMENSIONS")
    if max(width, height) > STEEPEST_RATIO * min(width, height):
        raise BadRequestError("PHOTO_INVALID_DIMENSIONS")
    return size


def as_photo(row: Json, content: bytes) -> Json:
    """Give a message's photo field: the same picture in growing sizes, the file's own last."""
    return photo_field(row, check_photo(content))


def photo_field(row: Json, size: tuple[int, int]) -> Json:
    """Give a message's photo field for a stored file of this size in pixels."""
    width, height = size
    longest = max(width, height)
    previews = [
        {
            "file_id": f"{row['file_id']}-{side}",
            "file_unique_id": f"{row['file_unique_id']}{side}",
            "width": max(1, width * side // longest),
            "height": max(1, height * side // longest),
        }
        for side in _PREVIEW_SIDES
        if side < longest
    ]
    whole = {
        "file_id": row["file_id"],
        "file_unique_id": row["file_unique_id"],
        "file_size": row["file_size"],
        "width": width,
        "height": height,
    }
    return {"photo": [*previews, whole]}


def as_document(row: Json) -> Json:
    """Give a message's document field."""
    return {
        "document": {
            "file_id": row["file_id"],
            "file_unique_id": row["file_unique_id"],
            "file_size": row["file_size"],
            "file_name": row["file_name"],
            "mime_type": row["mime_type"],
        }
    }
