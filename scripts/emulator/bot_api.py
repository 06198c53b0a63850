"""Answer /bot<token>/<method>: read, perhaps fail on purpose, carry out, record.

The only place that turns an ApiError into an answer. It knows HTTP and no method.
"""

import asyncio
import logging
import socket
import struct
from collections.abc import Coroutine

from aiohttp import web

from scripts.emulator.emulator import Emulator
from scripts.emulator.errors import ApiError, BadRequestError, NotFoundError, UnauthorizedError
from scripts.emulator.faults import Fault
from scripts.emulator.methods import all_methods
from scripts.emulator.parameters import Parameters, read_parameters
from scripts.emulator.wire import Json, to_bytes

logger = logging.getLogger(__name__)

Answering = Coroutine[object, object, web.StreamResponse]

POLL = "getUpdates"
LONGEST_SILENCE_S = 600.0
HANGUP_CHECK_S = 0.05
_RST_ON_CLOSE = struct.pack("ii", 1, 0)


class BotApi:
    """The Bot API over HTTP, for one bot."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator
        self._methods = all_methods()
        self._running: set[asyncio.Task[web.StreamResponse]] = set()

    def start_pushing(self) -> None:
        """Begin to push to the webhook, when one is set."""
        self._emulator.webhook.start(self.carry_out_inline)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """Answer one call."""
        method = self._proper_name(request.match_info["method"])
        try:
            self._check_token(request.match_info["token"])
            parameters = await read_parameters(request)
        except ApiError as error:
            return self._respond(method, Parameters({}), error.envelope())
        work = self._answer(request, method, parameters)
        if method != POLL:
            return await self._see_through(work)
        try:
            return await work
        except asyncio.CancelledError:
            self._record(method, parameters, b"null")
            raise

    async def _see_through(self, work: Answering) -> web.StreamResponse:
        """Carry a call out even when the caller hangs up meanwhile, as Telegram does."""
        task = asyncio.create_task(work)
        self._running.add(task)
        task.add_done_callback(self._running.discard)
        return await asyncio.shield(task)

    def stop(self) -> None:
        """Give up the calls that are still being answered."""
        for task in self._running:
            task.cancel()

    async def _answer(
        self, request: web.Request, method: str, parameters: Parameters
    ) -> web.StreamResponse:
        fault = self._emulator.faults.next_for(method, parameters.integer("chat_id"))
        if fault is None:
            return self._respond(method, parameters, await self._carry_out(method, parameters))
        return await self._fail(request, fault, method, parameters)

    def _proper_name(self, method: str) -> str:
        known = self._methods.get(method.lower())
        return known[0] if known else method

    def _check_token(self, token: str) -> None:
        if token != self._emulator.setup.token:
            raise UnauthorizedError

    async def _carry_out(self, method: str, parameters: Parameters) -> Json:
        """Give the answer's envelope."""
        known = self._methods.get(method.lower())
        try:
            if known is None:
                raise NotFoundError
            return {"ok": True, "result": await known[1](self._emulator, parameters)}
        except ApiError as error:
            return error.envelope()
        except (AttributeError, KeyError, TypeError, ValueError):
            logger.warning("%s got parameters it cannot read", known and known[0], exc_info=True)
            return BadRequestError("wrong parameter in request").envelope()
        finally:
            self.start_pushing()

    async def carry_out_inline(self, wish: Json) -> None:
        """Carry out a method that a bot answered a webhook push with."""
        values = {key: value for key, value in wish.items() if key != "method"}
        parameters = Parameters(values)
        envelope = await self._carry_out(wish["method"], parameters)
        self._record(wish["method"], parameters, to_bytes(envelope))

    async def _fail(
        self, request: web.Request, fault: Fault, method: str, parameters: Parameters
    ) -> web.StreamResponse:
        if fault.delay_s and fault.kind in {"delay", "error"}:
            await asyncio.sleep(fault.delay_s)
        if fault.kind == "delay":
            return self._respond(method, parameters, await self._carry_out(method, parameters))
        if fault.after_effect:
            await self._carry_out(method, parameters)
        if fault.kind == "error":
            return self._respond(method, parameters, fault.error().envelope())
        self._record(method, parameters, b"null")
        if fault.kind == "timeout":
            await _stay_silent(request, fault.delay_s or LONGEST_SILENCE_S)
        return _break_connection(request)

    def _respond(self, method: str, parameters: Parameters, envelope: Json) -> web.Response:
        body = to_bytes(envelope)
        self._record(method, parameters, body)
        headers = {}
        retry_after = envelope.get("parameters", {}).get("retry_after")
        if retry_after:
            headers["Retry-After"] = str(retry_after)
        status = envelope.get("error_code", 200)
        return web.Response(
            body=body, status=status, headers=headers, content_type="application/json"
        )

    def _record(self, method: str, parameters: Parameters, answer: bytes) -> None:
        emulator = self._emulator
        emulator.log.add(method, parameters.as_logged(), answer, emulator.clock.now())


async def _stay_silent(request: web.Request, longest_s: float) -> None:
    """Answer nothing until the caller hangs up or longest_s have passed."""
    loop = asyncio.get_running_loop()
    end = loop.time() + longest_s
    # A call is seen through whatever happens, so the hang-up itself does not end this.
    while loop.time() < end and request.transport is not None:  # noqa: ASYNC110
        await asyncio.sleep(HANGUP_CHECK_S)


def _break_connection(request: web.Request) -> web.StreamResponse:
    """Reset the connection instead of answering."""
    transport = request.transport
    if transport is not None:
        connection = transport.get_extra_info("socket")
        if connection is not None:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RST_ON_CLOSE)
        transport.abort()
    return web.Response()
