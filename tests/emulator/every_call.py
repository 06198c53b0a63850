"""Every method with arguments that both libraries take, every error code, and every refusal that arises by itself.

Both libraries name a method in snake case and its arguments as the Bot API does, so one table serves both; what only their
own types can say stands in the two test modules.
"""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from scripts.emulator.methods import all_methods
from tests.emulator.caller import Caller, Json
from tests.emulator.test_files import form

Call = Callable[..., Awaitable[Any]]
Arrange = Callable[[Caller, Call], Awaitable[object]]

CODES = (400, 401, 403, 404, 409, 429, 500)
RETRY_AFTER_S = 7
PLACE: Json = {"latitude": 1.5, "longitude": 2.5}
_MESSAGE: Json = {"chat_id": 7, "message_id": 1}
_INVOICE: Json = {
    "chat_id": 7,
    "title": "Cup",
    "description": "One",
    "payload": "p",
    "currency": "XTR",
}
# Without what only a library's own types can say: media, commands, prices, reactions.
ARGUMENTS: dict[str, Json] = {
    "sendMessage": {"chat_id": 7, "text": "x"},
    "sendMessageDraft": {"chat_id": 7, "draft_id": 1, "text": "x"},
    "sendChatAction": {"chat_id": 7, "action": "typing"},
    "answerCallbackQuery": {"callback_query_id": "1"},
    "sendPhoto": {"chat_id": 7, "photo": "id"},
    "sendDocument": {"chat_id": 7, "document": "id"},
    "sendMediaGroup": {"chat_id": 7},
    "editMessageMedia": _MESSAGE,
    "getFile": {"file_id": "id"},
    "sendLocation": {"chat_id": 7, **PLACE},
    "sendVenue": {"chat_id": 7, **PLACE, "title": "Café", "address": "Main St"},
    "editMessageLiveLocation": {**_MESSAGE, **PLACE},
    "stopMessageLiveLocation": _MESSAGE,
    "editMessageText": {**_MESSAGE, "text": "x"},
    "editMessageCaption": {**_MESSAGE, "caption": "x"},
    "editMessageReplyMarkup": _MESSAGE,
    "deleteMessage": _MESSAGE,
    "deleteMessages": {"chat_id": 7, "message_ids": [1]},
    "pinChatMessage": _MESSAGE,
    "unpinChatMessage": {"chat_id": 7},
    "getChat": {"chat_id": 7},
    "getChatMember": {"chat_id": 7, "user_id": 7},
    "leaveChat": {"chat_id": -50},
    "setMessageReaction": _MESSAGE,
    "sendInvoice": _INVOICE,
    "answerPreCheckoutQuery": {"pre_checkout_query_id": "1", "ok": True},
    "setWebhook": {"url": "http://127.0.0.1:9/"},
}


def arguments_of(own: dict[str, Json]) -> dict[str, Json]:
    """Give every method of the server with its arguments; `own` adds those of a library's own types."""
    names = [name for name, _ in all_methods().values()]
    return {name: {**ARGUMENTS.get(name, {}), **own.get(name, {})} for name in names}


def caller_of(bot: object) -> Call:
    """Give what calls a method of either library's client by its Bot API name."""

    async def call(method: str, **arguments: Any) -> Any:
        return await getattr(bot, re.sub(r"([A-Z])", r"_\1", method).lower())(**arguments)

    return call


@dataclass(frozen=True, slots=True)
class Refusal:
    """A call that the server refuses; `arrange` says why it must, and gives arguments only it can know."""

    method: str
    code: int
    words: str
    arguments: Json
    arrange: Arrange

    def __str__(self) -> str:
        return f"{self.method} {self.code} {self.words[:40]}"


async def _nothing(_: Caller, __: Call) -> Json:
    return {}


async def _same_text(_: Caller, call: Call) -> Json:
    return {"message_id": (await call("sendMessage", chat_id=7, text="x")).message_id}


async def _large_file(telegram: Caller, _: Call) -> Json:
    url = f"{telegram.server.url}/phone/7/document"
    large = bytes(20 * 1024 * 1024 + 1)
    async with telegram.session.post(url, data=form("file", large, "large.bin")) as response:
        assert response.status == 200
    return {"file_id": (await telegram.last_update())["message"]["document"]["file_id"]}


async def _block(telegram: Caller, _: Call) -> Json:
    await telegram.phone("7/block")
    return {}


async def _deactivate(telegram: Caller, _: Call) -> Json:
    await telegram.phone("7/deactivate")
    return {}


async def _webhook(_: Caller, call: Call) -> Json:
    await call("setWebhook", url="http://127.0.0.1:9/")
    return {}


def _refused(method: str, told: str, arrange: Arrange = _nothing, **arguments: object) -> Refusal:
    code, words = told.split(" ", 1)
    return Refusal(method, int(code), words, {**ARGUMENTS.get(method, {}), **arguments}, arrange)


_BUTTON = {"inline_keyboard": [[{"text": "x", "callback_data": "x" * 65}]]}
_SENDS = [name for name in ARGUMENTS if name.startswith("send") and name != "sendMediaGroup"]
_CHANGES = [name for name in ARGUMENTS if name.startswith("edit") and name != "editMessageMedia"]
REFUSALS = (
    *(
        _refused(name, "400 chat not found", chat_id=99)
        for name in _SENDS
        if name != "sendInvoice"
    ),
    *(_refused(name, "400 message to edit not found", message_id=99) for name in _CHANGES),
    _refused("deleteMessage", "400 message to delete not found", message_id=99),
    _refused("sendMessage", "400 message text is empty", text=""),
    _refused("sendMessage", "400 message is too long", text="x" * 4097),
    _refused("sendMessage", "400 can't parse entities", text="<b>x", parse_mode="HTML"),
    _refused("sendMessage", "400 button_data_invalid", reply_markup=_BUTTON),
    _refused("editMessageText", "400 message is not modified", _same_text),
    _refused("getFile", "400 invalid file_id"),
    _refused("getFile", "400 file is too big", _large_file),
    _refused("answerCallbackQuery", "400 query is too old"),
    _refused("answerPreCheckoutQuery", "400 query is too old"),
    _refused("sendMessage", "403 bot was blocked by the user", _block),
    _refused("sendPhoto", "403 bot was blocked by the user", _block),
    _refused("sendMessage", "403 user is deactivated", _deactivate),
    _refused("getUpdates", "409 can't use getupdates method while webhook is active", _webhook),
)
