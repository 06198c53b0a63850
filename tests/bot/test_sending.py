from collections.abc import AsyncGenerator
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import EditMessageMedia, SendMessage, TelegramMethod
from aiogram.types import BufferedInputFile, InputMediaPhoto
from aiohttp import ClientConnectorError, ServerDisconnectedError
from aiohttp.client_reqrep import ConnectionKey

from bot.sending import Outcome, Verdict, build, call, judge

MESSAGE = '{"message_id":42,"date":1,"chat":{"id":7,"type":"private"}}'


class AnsweringSession(BaseSession):
    """Gives one prepared answer to every call, through aiogram's own reading of answers."""

    def __init__(self, status: int, content: str) -> None:
        super().__init__()
        self._status = status
        self._content = content

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's signature
    ) -> Any:
        return self.check_response(bot, method, self._status, self._content).result

    async def close(self) -> None: ...

    async def stream_content(self, *_: Any, **__: Any) -> AsyncGenerator[bytes, None]:
        yield b""


async def send(status: int, content: str) -> Verdict:
    bot = Bot("42:test", session=AnsweringSession(status, content))
    return await call(bot, "sendMessage", {"chat_id": 7, "text": "hello"})


def refusal(code: int, description: str, parameters: str = "") -> str:
    more = f',"parameters":{parameters}' if parameters else ""
    return f'{{"ok":false,"error_code":{code},"description":"{description}"{more}}}'


async def test_message_id_comes_back() -> None:
    assert await send(200, f'{{"ok":true,"result":{MESSAGE}}}') == Verdict(Outcome.SENT, 42)


@pytest.mark.parametrize(
    ("code", "description", "outcome"),
    [
        (400, "Bad Request: message is not modified: specified new message …", Outcome.SENT),
        (400, "Bad Request: chat not found", Outcome.REFUSED),
        (400, "Bad Request: message is too long", Outcome.REFUSED),
        (401, "Unauthorized: invalid token specified", Outcome.FAILED),
        (403, "Forbidden: bot was blocked by the user", Outcome.UNREACHABLE),
        (403, "Forbidden: user is deactivated", Outcome.UNREACHABLE),
        (404, "Not Found: method not found", Outcome.REFUSED),
        (413, "Request Entity Too Large", Outcome.REFUSED),
        (429, "Too Many Requests", Outcome.WAIT),
        (500, "Internal Server Error", Outcome.FAILED),
        (502, "Bad Gateway", Outcome.FAILED),
    ],
)
async def test_every_answer_has_one_meaning(code: int, description: str, outcome: Outcome) -> None:
    verdict = await send(code, refusal(code, description))
    assert verdict.outcome is outcome


async def test_flood_names_its_pause() -> None:
    flood = refusal(429, "Too Many Requests: retry after 17", '{"retry_after":17}')
    verdict = await send(429, flood)
    assert (verdict.outcome, verdict.retry_after_s) == (Outcome.WAIT, 17.0)


@pytest.mark.parametrize(
    ("description", "reason"),
    [
        ("Bad Request: chat not found", "Bad Request: chat not found"),
        (
            "Bad Request: can't parse entities: Unsupported start tag 'Canary Name' at byte 3",
            "Bad Request: can't parse entities: Unsupported start tag …",
        ),
        ("Bad Request: wrong user_id 990000001 specified", "Bad Request: wrong user_id …"),
        (
            "Bad Request: wrong HTTP URL specified: canary@example.com",
            "Bad Request: wrong HTTP URL specified: …",
        ),
    ],
)
async def test_refusal_is_told_without_what_it_quotes(description: str, reason: str) -> None:
    assert (await send(400, refusal(400, description))).reason == reason


async def test_unreadable_answer_leaves_open_whether_it_arrived() -> None:
    assert (await send(200, "<html>secret</html>")).outcome is Outcome.UNKNOWN


def connect_error() -> ClientConnectorError:
    key = ConnectionKey("host", 443, True, None, None, None, None)  # type: ignore[arg-type]  # only printed
    return ClientConnectorError(key, OSError("no route"))


@pytest.mark.parametrize(
    ("cause", "outcome"),
    [
        (connect_error(), Outcome.FAILED),
        (ServerDisconnectedError(), Outcome.UNKNOWN),
        (TimeoutError(), Outcome.UNKNOWN),
    ],
)
def test_only_a_call_that_never_left_has_surely_failed(cause: Exception, outcome: Outcome) -> None:
    error = TelegramNetworkError(SendMessage(chat_id=7, text="x"), "at /bot42:test/sendMessage")
    error.__cause__ = cause
    verdict = judge(error)
    assert verdict.outcome is outcome
    assert "42:test" not in verdict.reason


def test_file_is_uploaded_from_its_row() -> None:
    method = build(
        "sendDocument", {"chat_id": 7, "document": {"filename": "a.txt", "base64": "aGk="}}
    )
    assert isinstance(method.document, BufferedInputFile)
    assert (method.document.filename, method.document.data) == ("a.txt", b"hi")


def test_picture_in_the_place_of_another_is_uploaded_from_its_row() -> None:
    picture = {"type": "photo", "media": {"filename": "a.png", "base64": "aGk="}, "caption": "hi"}
    method = build("editMessageMedia", {"chat_id": 7, "message_id": 3, "media": picture})
    assert isinstance(method, EditMessageMedia)
    assert isinstance(method.media, InputMediaPhoto)
    assert isinstance(method.media.media, BufferedInputFile)
    assert (method.media.media.data, method.media.caption) == (b"hi", "hi")


@pytest.mark.parametrize(
    ("method", "arguments"),
    [
        ("sendNothing", {}),
        ("Bot", {}),
        ("", {}),
        ("sendMessage", {"chat_id": 7}),
        ("TelegramMethod", {}),
    ],
)
async def test_unreadable_row_is_refused(method: str, arguments: dict[str, Any]) -> None:
    bot = Bot("42:test", session=AnsweringSession(200, f'{{"ok":true,"result":{MESSAGE}}}'))
    assert (await call(bot, method, arguments)).outcome is Outcome.REFUSED
