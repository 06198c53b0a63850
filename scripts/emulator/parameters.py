"""Read a call's parameters whatever way they came, with Telegram's leniency.

Query string, urlencoded form, JSON, multipart and an empty body all give the same names and
values. It knows how values are written, not what they mean.
"""

import json
from dataclasses import dataclass
from email.message import Message as Headers
from typing import Any

from aiohttp import BodyPartReader, web

from scripts.emulator.errors import ApiError, BadRequestError
from scripts.emulator.wire import Json

LARGEST_UPLOAD_BYTES = 50 * 1024 * 1024  # core.telegram.org/bots/api#sending-files, 2026-11-21
LONGEST_NUMBER = 19  # digits that fit 64 bits
_TRUE_WORDS = frozenset({"true", "yes", "1"})
_WORDS_AS_WRITTEN = frozenset(
    {
        "address",
        "callback_query_id",
        "caption",
        "currency",
        "description",
        "error_message",
        "first_name",
        "last_name",
        "name",
        "payload",
        "phone_number",
        "pre_checkout_query_id",
        "provider_token",
        "secret_token",
        "short_description",
        "text",
        "title",
        "url",
    }
)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a call."""

    file_name: str
    mime_type: str
    content: bytes


class Parameters:
    """Named values of one call."""

    def __init__(self, values: Json, uploads: dict[str, Upload] | None = None) -> None:
        self._values = values
        self._uploads = uploads or {}

    def __contains__(self, name: str) -> bool:
        return name in self._values or name in self._uploads

    def text(self, name: str, default: str = "") -> str:
        """Give a value as text."""
        value = self._values.get(name)
        if value is None:
            return default
        if isinstance(value, bool):
            return "true" if value else "false"
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(
        self, name: str, default: int = 0, *, low: int = -(2**63), high: int = 2**63
    ) -> int:
        """Give a whole number, clamped to low … high; what is not a number gives the default."""
        try:
            number = int(self.text(name))
        except ValueError:
            return default
        return min(max(number, low), high)

    def number(self, name: str) -> float | None:
        """Give a number, None when there is none."""
        try:
            return float(self.text(name))
        except ValueError:
            return None

    def flag(self, name: str) -> bool:
        """Give a yes or no."""
        return self.text(name).strip().lower() in _TRUE_WORDS

    def structure(self, name: str, complaint: str) -> Any:
        """Give an object or array, None when absent.

        Raises BadRequestError(complaint) when the value is no JSON.
        """
        value = self._values.get(name)
        if value is None or value == "":
            return None
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise BadRequestError(complaint) from None

    def upload(self, name: str) -> Upload | None:
        """Give the file sent under this name."""
        return self._uploads.get(name)

    def as_logged(self) -> Json:
        """Give all values as JSON, with numbers and objects unwrapped; files by name and size."""
        logged = {
            name: value if name in _WORDS_AS_WRITTEN else _unwrapped(value)
            for name, value in self._values.items()
        }
        for name, upload in self._uploads.items():
            logged[name] = {"file_name": upload.file_name, "size_bytes": len(upload.content)}
        return logged


def _unwrapped(value: object) -> object:
    """Turn "12", "true" and "[…]" into what they stand for; leave other text alone."""
    if not isinstance(value, str):
        return value
    if value.lower() in {"true", "false"}:
        return value.lower() == "true"
    looks_like_json = value[:1] in {"{", "["} or (
        value.lstrip("-").isdigit() and len(value) <= LONGEST_NUMBER
    )
    if not looks_like_json:
        return value
    try:
        decoded: object = json.loads(value)
    except ValueError:
        return value
    return decoded


async def read_parameters(request: web.Request) -> Parameters:
    """Read query and body.

    Raises ApiError 400 for a body that cannot be read, 413 for one that is too large.
    """
    values: Json = dict(request.query)
    if request.content_type == "multipart/form-data":
        return await _read_multipart(request, values)
    if not request.body_exists:
        return Parameters(values)
    body = await request.read()
    if request.content_type == "application/json":
        values.update(_json_object(body))
    elif request.content_type == "application/x-www-form-urlencoded":
        values.update(await request.post())
    return Parameters(values)


def _json_object(body: bytes) -> Json:
    if not body.strip():
        return {}
    try:
        decoded = json.loads(body)
    except ValueError:
        raise ApiError(400, "Bad Request: can't parse JSON object") from None
    if not isinstance(decoded, dict):
        raise ApiError(400, "Bad Request: expected JSON object")
    return decoded


async def _read_multipart(request: web.Request, values: Json) -> Parameters:
    """Read the parts in memory; a part with a file name is a file, whatever its type says."""
    uploads: dict[str, Upload] = {}
    left_bytes = LARGEST_UPLOAD_BYTES
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            continue
        content = bytearray()
        while chunk := await part.read_chunk(1 << 18):
            content += chunk
            left_bytes -= len(chunk)
            if left_bytes < 0:
                raise ApiError(413, "Request Entity Too Large")
        if part.filename is None:
            values[part.name] = bytes(content).decode("utf-8", "replace")
        else:
            mime_type = part.headers.get("Content-Type", "application/octet-stream")
            uploads[part.name] = Upload(part.filename, _bare_type(mime_type), bytes(content))
    return Parameters(values, uploads)


def _bare_type(content_type: str) -> str:
    headers = Headers()
    headers["Content-Type"] = content_type
    return headers.get_content_type()
