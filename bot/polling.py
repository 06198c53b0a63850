"""Our own getUpdates loop: an update is acknowledged only after whoever takes it says that it is safe.

aiogram's loop acknowledges before handling and lets one malformed update spoil its batch, so this one hands on the bytes
of each. It does not know what an update is, but for the `update_id` that the next offset is made of.
"""

import asyncio
import json
import random
from collections.abc import Awaitable, Callable, Sequence
from http import HTTPStatus

import aiohttp
import msgspec

from bot.errors import PollConflictError, PollError, PollSilenceError, TokenError
from bot.health import Health
from bot.rate_limits import Backoff
from storage.errors import StorageError

BATCH = 100  # the most that getUpdates gives (Bot API 10.0)
PATIENCE_S = 10.0  # beyond the long poll itself
WRONG_TOKEN = (
    "Telegram does not know this token. Copy it again from @BotFather into TELEGRAM_TOKEN."  # noqa: S105
)
SILENCE = "Telegram does not answer, trying again"
SECOND_POLLER = "another process polls with this token; stop it, only one can"

Accept = Callable[[Sequence[bytes]], Awaitable[None]]


class _Parameters(msgspec.Struct):
    retry_after: float | None = None


class _Answer(msgspec.Struct):
    ok: bool = False
    result: list[msgspec.Raw] = []
    error_code: int | None = None
    parameters: _Parameters | None = None


class _Numbered(msgspec.Struct):
    update_id: int


_read_answer = msgspec.json.Decoder(_Answer).decode
_read_number = msgspec.json.Decoder(_Numbered).decode


class Poller:
    """Calls getUpdates, one long poll after another."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        *,
        method_url: str,
        timeout_s: int,
        allowed_updates: Sequence[str],
    ) -> None:
        self._session = session
        self._url = method_url
        self._timeout_s = timeout_s
        self._wait_s = timeout_s
        self._allowed_updates = list(allowed_updates)

    async def fetch(self, offset: int | None) -> list[bytes]:
        """Give the next updates, at most 100; empty when none came within the long poll.

        After a failure the next call does not wait for updates: its answer tells at once that Telegram is back.

        Raises:
            TokenError: 401.
            PollConflictError: 409.
            PollSilenceError: anything else that is no answer.
        """
        body = {
            "timeout": self._wait_s,
            "limit": BATCH,
            "allowed_updates": self._allowed_updates,
        } | ({} if offset is None else {"offset": offset})
        timeout = aiohttp.ClientTimeout(total=self._wait_s + PATIENCE_S)
        self._wait_s = 0
        try:
            async with self._session.post(self._url, json=body, timeout=timeout) as response:
                answer = _read(await response.read())
        except (aiohttp.ClientError, TimeoutError, ValueError, RecursionError) as error:
            # The original is cut off: its text holds the address, and the address holds the token.
            raise PollSilenceError(type(error).__name__) from None
        updates = _result(answer)
        self._wait_s = self._timeout_s
        return updates


def _read(body: bytes) -> _Answer:
    """Read an envelope. ValueError, RecursionError: it is none."""
    try:
        return _read_answer(body.decode())
    except msgspec.DecodeError:
        # Python's reader takes more than is JSON (half a surrogate pair, NaN), and one update must not spoil its batch.
        envelope = json.loads(body)
        if isinstance(envelope, dict) and isinstance(envelope.get("result"), list):
            envelope["result"] = [msgspec.Raw(json.dumps(each)) for each in envelope["result"]]
        return msgspec.convert(envelope, _Answer)


def _result(answer: _Answer) -> list[bytes]:
    """Take the updates out of an envelope, or raise what it says."""
    if answer.ok:
        return [bytes(update) for update in answer.result]
    code = answer.error_code
    if code in (HTTPStatus.UNAUTHORIZED, HTTPStatus.NOT_FOUND):
        raise TokenError(WRONG_TOKEN)
    if code == HTTPStatus.CONFLICT:
        raise PollConflictError(SECOND_POLLER)
    retry_after_s = answer.parameters.retry_after if answer.parameters else None
    msg = f"error {code}"
    raise PollSilenceError(msg, retry_after_s=retry_after_s)


def next_offset(updates: Sequence[bytes], offset: int | None) -> int | None:
    """Give the offset that acknowledges these updates; unchanged when none of them has a number."""
    numbers = [number for update in updates if (number := _number(update)) is not None]
    return max(numbers) + 1 if numbers else offset


def _number(update: bytes) -> int | None:
    try:
        return _read_number(update).update_id
    except (ValueError, RecursionError):
        return None


async def poll_forever(poller: Poller, accept: Accept, health: Health) -> None:
    """Hand on every batch and acknowledge it once `accept` has returned; outages are waited out.

    Raises:
        TokenError: Telegram does not (or no longer) know the token.
    """
    backoff = Backoff(base_s=0.5, cap_s=30.0)
    offset: int | None = None
    failures = 0
    while True:
        try:
            updates = await poller.fetch(offset)
            await accept(updates)
        except (PollError, StorageError) as error:
            failures += 1
            health.report("receiving", _trouble(error))
            asked_s = getattr(error, "retry_after_s", None) or 0.0
            chance = random.random()  # noqa: S311  # jitter, no secret
            await asyncio.sleep(max(asked_s, backoff.wait_s(failures, chance)))
            continue
        failures = 0
        offset = next_offset(updates, offset)
        health.report("receiving", None)


def _trouble(error: Exception) -> str:
    if isinstance(error, PollConflictError):
        return str(error)
    if isinstance(error, StorageError):
        return f"updates cannot be stored ({type(error).__name__}), asking again"
    return SILENCE
