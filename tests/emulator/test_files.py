import io
import struct
import zlib
from typing import Any

import aiohttp
import pytest

from tests.emulator.caller import Caller


def picture(width: int = 640, height: int = 480) -> bytes:
    """A PNG of this size, in one colour."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + check

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * ((width + 7) // 8)) * height)
    start = b"\x89PNG\r\n\x1a\n"
    return start + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def form(name: str, content: bytes, file_name: str, **fields: str) -> aiohttp.FormData:
    made = aiohttp.FormData()
    for key, value in fields.items():
        made.add_field(key, value)
    stream = io.BytesIO(content)
    made.add_field(name, stream, filename=file_name, content_type="application/octet-stream")
    return made


async def _upload(telegram: Caller, method: str, data: aiohttp.FormData) -> dict[str, Any]:
    url = f"{telegram.server.url}/bot{telegram.server.token}/{method}"
    async with telegram.session.post(url, data=data) as response:
        envelope: dict[str, Any] = await response.json()
        return envelope


async def _download(telegram: Caller, file_id: str) -> bytes:
    described = await telegram.result("getFile", file_id=file_id)
    path = described["file_path"]
    url = f"{telegram.server.url}/file/bot{telegram.server.token}/{path}"
    async with telegram.session.get(url) as response:
        assert response.status == 200
        return await response.read()


async def test_a_shoppers_document_can_be_downloaded(telegram: Caller) -> None:
    url = f"{telegram.server.url}/phone/7/document"
    data = form("file", b"code,percent\n", "coupons.csv", caption="my coupons")
    async with telegram.session.post(url, data=data) as response:
        assert response.status == 200
    message = (await telegram.last_update())["message"]
    assert message["caption"] == "my coupons"
    assert message["document"]["file_name"] == "coupons.csv"
    assert message["document"]["file_size"] == 13
    assert await _download(telegram, message["document"]["file_id"]) == b"code,percent\n"


async def test_a_shoppers_photo_has_growing_sizes(telegram: Caller) -> None:
    content = picture()
    url = f"{telegram.server.url}/phone/7/photo"
    async with telegram.session.post(url, data=form("file", content, "a.png")) as response:
        assert response.status == 200
    sizes = (await telegram.last_update())["message"]["photo"]
    assert [size["width"] for size in sizes] == [90, 320, 640]
    assert await _download(telegram, sizes[-1]["file_id"]) == content
    async with telegram.session.get(
        f"{telegram.server.url}/file/{sizes[-1]['file_id']}"
    ) as response:
        assert await response.read() == content


async def test_the_bots_files_are_kept_and_sent_again_by_id(telegram: Caller) -> None:
    await telegram.say("hi")
    data = form("document", b"a,b\n", "t.csv", chat_id="7", caption="<b>T</b>", parse_mode="HTML")
    first = (await _upload(telegram, "sendDocument", data))["result"]
    assert first["caption_entities"] == [{"type": "bold", "offset": 0, "length": 1}]
    file_id = first["document"]["file_id"]
    again = await telegram.result("sendDocument", chat_id=7, document=file_id)
    assert again["document"] == first["document"]
    told = await telegram.refusal("sendPhoto", chat_id=7, photo=file_id)
    assert told == "400 Bad Request: can't use file of type Document as Photo"


async def test_an_album_takes_two_to_ten_of_a_kind(telegram: Caller) -> None:
    await telegram.say("hi")
    media = [{"type": "photo", "media": "attach://p"}, {"type": "photo", "media": "attach://p"}]
    encoded = str(media).replace("'", '"')
    data = form("p", picture(), "p.png", chat_id="7", media=encoded)
    album = (await _upload(telegram, "sendMediaGroup", data))["result"]
    assert len({message["media_group_id"] for message in album}) == 1
    assert len(album) == 2
    photo = {"type": "photo", "media": album[0]["photo"][-1]["file_id"]}
    for items, words in (
        ([photo], "message must contain at least 2 media files"),
        ([photo] * 11, "too many messages to send as an album"),
        ([photo, {"type": "odd"}], "can't parse InputMedia: Unsupported type specified"),
    ):
        told = await telegram.refusal("sendMediaGroup", chat_id=7, media=items)
        assert told == f"400 Bad Request: {words}"


async def test_a_media_message_is_edited_in_place(telegram: Caller) -> None:
    await telegram.say("hi")
    data = form("photo", picture(), "p.png", chat_id="7", caption="one")
    sent = (await _upload(telegram, "sendPhoto", data))["result"]
    where = {"chat_id": 7, "message_id": sent["message_id"]}
    edited = await telegram.result("editMessageCaption", **where, caption="two")
    assert edited["caption"] == "two"
    told = await telegram.refusal("editMessageText", **where, text="x")
    assert told == "400 Bad Request: there is no text in the message to edit"
    told = await telegram.refusal("editMessageCaption", **where, caption="x" * 1025)
    assert told == "400 Bad Request: message caption is too long"
    other = form("f", b"x", "x.csv", chat_id="7", message_id=str(sent["message_id"]),
                 media='{"type":"document","media":"attach://f"}')  # fmt: skip
    replaced = (await _upload(telegram, "editMessageMedia", other))["result"]
    assert "document" in replaced
    assert "photo" not in replaced


@pytest.mark.parametrize(
    ("method", "parameters", "refusal"),
    [
        ("getFile", {"file_id": "nothing"}, "invalid file_id"),
        ("sendPhoto", {}, "there is no photo in the request"),
        ("sendPhoto", {"photo": "http://example.com/a.png"}, "failed to get HTTP URL content"),
        (
            "sendDocument",
            {"document": "nothing"},
            "wrong remote file identifier specified: Wrong string length",
        ),
    ],
)
async def test_a_file_that_is_not_there(
    telegram: Caller, method: str, parameters: dict[str, str], refusal: str
) -> None:
    await telegram.say("hi")
    told = await telegram.refusal(method, chat_id=7, **parameters)
    assert told == f"400 Bad Request: {refusal}"


async def test_sizes_have_limits(telegram: Caller) -> None:
    large = b"\0" * (20 * 1024 * 1024 + 1)
    url = f"{telegram.server.url}/phone/7/document"
    async with telegram.session.post(url, data=form("file", large, "large.bin")) as response:
        assert response.status == 200
    file_id = (await telegram.last_update())["message"]["document"]["file_id"]
    assert await telegram.refusal("getFile", file_id=file_id) == "400 Bad Request: file is too big"
    photo = picture() + large[: 10 * 1024 * 1024]
    answer = await _upload(telegram, "sendPhoto", form("photo", photo, "p.png", chat_id="7"))
    assert answer["description"] == "Bad Request: file is too big"
    answer = await _upload(telegram, "sendPhoto", form("photo", b"text", "p.png", chat_id="7"))
    assert answer["description"] == "Bad Request: IMAGE_PROCESS_FAILED"
    answer = await _upload(
        telegram, "sendPhoto", form("photo", picture(2100, 100), "p.png", chat_id="7")
    )
    assert answer["description"] == "Bad Request: PHOTO_INVALID_DIMENSIONS"


async def test_more_than_50_megabytes_is_413(telegram: Caller) -> None:
    await telegram.say("hi")
    huge = b"\0" * (50 * 1024 * 1024 + 1)
    answer = await _upload(telegram, "sendDocument", form("document", huge, "h.bin", chat_id="7"))
    assert (answer["error_code"], answer["description"]) == (413, "Request Entity Too Large")


async def test_a_file_address_needs_the_token(telegram: Caller) -> None:
    url = f"{telegram.server.url}/file/bot1:wrong/documents/file_0.csv"
    async with telegram.session.get(url) as response:
        assert response.status == 401
    url = f"{telegram.server.url}/file/bot{telegram.server.token}/documents/../../lock"
    async with telegram.session.get(url) as response:
        assert response.status == 404
