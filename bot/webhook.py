"""Takes the updates that Telegram brings: 200 says that one is stored, anything else that it must be brought again.

Telegram repeats what is not answered with 2xx, and holds back the rest of that chat meanwhile (Bot API 10.0,
setWebhook), so each answer here is chosen by what a repetition would mean. It does not know what an update says.
"""

import base64
import hmac
import logging
from collections.abc import Sequence
from http import HTTPStatus
from typing import Protocol

import msgspec
from aiohttp import web

from bot.health import Health
from storage.errors import StorageError

log = logging.getLogger(__name__)

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  # a header's name
# The largest update that the Bot API makes is a message of 4,096 characters with its entities and what it answers,
# some 100 kB; ours, wide on purpose.
LARGEST_UPDATE_BYTES = 4 * 2**20


class Inlet(Protocol):
    """Where updates go, as bytes."""

    @property
    def has_room(self) -> bool:
        """Whether a batch is taken at once."""

    async def accept(self, updates: Sequence[bytes]) -> None:
        """Store a batch. Raises StorageError when nothing of it is stored."""


class Webhook:
    """Answers Telegram's calls. `secret` is any bytes that only we can know."""

    def __init__(self, inlet: Inlet, health: Health, secret: bytes) -> None:
        self._inlet = inlet
        self._health = health
        self._is_refusing = False
        # The header takes A-Z a-z 0-9 _ - only.
        self.secret_token = base64.urlsafe_b64encode(secret).decode("ascii").rstrip("=")

    async def receive(self, request: web.Request) -> web.Response:
        """Store the update of a request.

        Gives 200: stored, also when it was stored before, and for JSON that is no update, as polling leaves that out;
        400: not JSON, so something between Telegram and us is broken and the update is still wanted; 401: not Telegram;
        413: larger than any update; 503: the database does not take it, or too much waits already.
        """
        if not self._is_from_telegram(request):
            return web.Response(status=HTTPStatus.UNAUTHORIZED)
        update = await request.read()
        try:
            msgspec.json.decode(update.decode(), type=msgspec.Raw)
        except (ValueError, RecursionError) as error:
            log.error("a webhook call was garbled on its way (%s)", type(error).__name__)  # noqa: TRY400  # no trace needed
            return web.Response(status=HTTPStatus.BAD_REQUEST)
        return web.Response(status=await self._store(update))

    def _is_from_telegram(self, request: web.Request) -> bool:
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        return hmac.compare_digest(given, self.secret_token.encode())

    async def _store(self, update: bytes) -> HTTPStatus:
        if not self._inlet.has_room:
            return HTTPStatus.SERVICE_UNAVAILABLE
        try:
            await self._inlet.accept([update])
        except StorageError as error:
            trouble = f"updates cannot be stored ({type(error).__name__}), waiting for them again"
            self._health.report("receiving", trouble)
            self._is_refusing = True
            return HTTPStatus.SERVICE_UNAVAILABLE
        if self._is_refusing:
            self._health.report("receiving", None)
            self._is_refusing = False
        return HTTPStatus.OK
