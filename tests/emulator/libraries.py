"""The two libraries whose own clients, unmodified, judge the local Telegram: how each is opened and names errors."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any

import aiogram
import telegram as ptb
from aiogram import exceptions as aiogram_errors
from aiogram import types
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from telegram import error as ptb_errors

from tests.emulator.caller import Json


@dataclass(frozen=True, slots=True)
class Library:
    """A library: `client` opens its bot for a server's URL and a token; `own` are arguments only its types can say."""

    name: str
    client: Callable[[str, str], AbstractAsyncContextManager[Any]]
    errors: dict[int, type[Exception]]
    no_such_method: type[Exception]
    own: dict[str, Json]

    def __str__(self) -> str:
        return self.name


def _aiogram(url: str, token: str) -> AbstractAsyncContextManager[Any]:
    session = AiohttpSession(api=TelegramAPIServer.from_base(url))
    return aiogram.Bot(token, session=session).context()


AIOGRAM = Library(
    "aiogram",
    _aiogram,
    {
        0: aiogram_errors.TelegramNetworkError,
        400: aiogram_errors.TelegramBadRequest,
        401: aiogram_errors.TelegramUnauthorizedError,
        403: aiogram_errors.TelegramForbiddenError,
        404: aiogram_errors.TelegramNotFound,
        409: aiogram_errors.TelegramConflictError,
        429: aiogram_errors.TelegramRetryAfter,
        500: aiogram_errors.TelegramServerError,
    },
    aiogram_errors.TelegramNotFound,
    {
        "sendMediaGroup": {"media": [types.InputMediaPhoto(media="id")] * 2},
        "editMessageMedia": {"media": types.InputMediaPhoto(media="id")},
        "sendInvoice": {
            "prices": [types.LabeledPrice(label="Cup", amount=1)],
            "provider_token": "",
        },
        "setMyCommands": {"commands": [types.BotCommand(command="start", description="Begin")]},
    },
)


def _ptb(url: str, token: str) -> AbstractAsyncContextManager[Any]:
    return ptb.Bot(token, base_url=f"{url}/bot", base_file_url=f"{url}/file/bot")


PTB = Library(
    "python-telegram-bot",
    _ptb,
    {
        0: ptb_errors.NetworkError,
        400: ptb_errors.BadRequest,
        401: ptb_errors.InvalidToken,
        403: ptb_errors.Forbidden,
        404: ptb_errors.InvalidToken,
        409: ptb_errors.Conflict,
        429: ptb_errors.RetryAfter,
        500: ptb_errors.NetworkError,
    },
    ptb_errors.EndPointNotFound,
    {
        "sendMediaGroup": {"media": [ptb.InputMediaPhoto("id")] * 2},
        "editMessageMedia": {"media": ptb.InputMediaPhoto("id")},
        "sendInvoice": {"prices": [ptb.LabeledPrice("Cup", 1)]},
        "setMyCommands": {"commands": [ptb.BotCommand("start", "Begin")]},
    },
)
LIBRARIES = (AIOGRAM, PTB)
