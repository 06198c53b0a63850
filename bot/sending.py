"""One call to Telegram, and what its outcome means for the row it came from.

It builds aiogram's method from a name and arguments, and translates every way a call can end into a verdict. It knows
nothing of queues: whether and when to try again is delivery's business.
"""

import re
from base64 import b64decode
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import aiogram.methods
from aiogram import Bot, exceptions
from aiogram.methods import TelegramMethod
from aiogram.types import BufferedInputFile, Message
from aiohttp import ClientConnectorError
from pydantic import ValidationError


class Outcome(StrEnum):
    """How a call ended. `unknown`: Telegram may or may not have accepted it."""

    SENT = "sent"
    WAIT = "wait"
    FAILED = "failed"
    UNKNOWN = "unknown"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Verdict:
    """An outcome with what belongs to it; `reason` holds no personal data."""

    outcome: Outcome
    message_id: int | None = None
    retry_after_s: float = 0.0
    reason: str = ""


# Permanent answers to a row, and the answer that means "it already looks so". Anything not here may be tried again.
# Source: tdlib/telegram-bot-api 10.0 and Telegram's bots FAQ, read 2026-11-21.
VERDICTS: tuple[tuple[type[Exception], str, Outcome], ...] = (
    (exceptions.TelegramBadRequest, "message is not modified", Outcome.SENT),
    (exceptions.TelegramBadRequest, "", Outcome.REFUSED),
    (exceptions.TelegramForbiddenError, "", Outcome.UNREACHABLE),
    (exceptions.TelegramNotFound, "", Outcome.REFUSED),
    (exceptions.TelegramEntityTooLarge, "", Outcome.REFUSED),
    (exceptions.TelegramMigrateToChat, "", Outcome.REFUSED),
    (exceptions.TelegramServerError, "", Outcome.FAILED),
    (exceptions.TelegramUnauthorizedError, "", Outcome.FAILED),
    (exceptions.TelegramConflictError, "", Outcome.FAILED),
    (exceptions.ClientDecodeError, "", Outcome.UNKNOWN),
)
# Telegram's answer to a flood always names a pause; this is for one that does not.
PAUSE_WITHOUT_NUMBER_S = 1.0
# "can't parse entities: Unsupported start tag "x"" and the like: from the first quote, number of a person or address on.
QUOTED = re.compile(r"""((?<!\w)["'«“]|\S*\d{5,}|\S+@).*""", re.DOTALL)


async def call(bot: Bot, method: str, arguments: Mapping[str, Any]) -> Verdict:
    """Call a Bot API method, such as "sendMessage"; every failure of Telegram's comes back as a verdict."""
    try:
        request = build(method, arguments)
    except (LookupError, TypeError, ValueError) as error:
        return Verdict(Outcome.REFUSED, reason=f"unreadable row: {type(error).__name__}")
    try:
        result = await bot(request)
    except (exceptions.TelegramAPIError, exceptions.ClientDecodeError) as error:
        return judge(error)
    first = result[0] if isinstance(result, list) and result else result
    return Verdict(Outcome.SENT, first.message_id if isinstance(first, Message) else None)


def build(method: str, arguments: Mapping[str, Any]) -> TelegramMethod[Any]:
    """Make aiogram's method; a file to upload is written {"filename": …, "base64": …}.

    Raises:
        LookupError: there is no such method.
        ValueError: the arguments do not fit it.
    """
    kind = getattr(aiogram.methods, method[:1].upper() + method[1:], None)
    if not isinstance(kind, type) or not issubclass(kind, TelegramMethod):
        msg = f"no Bot API method {method}"
        raise LookupError(msg)  # noqa: TRY004  # an unknown name, not a wrong type
    try:
        return kind.model_validate({key: _file(value) for key, value in arguments.items()})
    except ValidationError as error:
        msg = f"{method}: {error.error_count()} arguments do not fit"
        raise ValueError(msg) from None


def _file(value: Any) -> Any:
    """Read a file, alone or in a picture that takes the place of another; anything else stays what it is."""
    if not isinstance(value, Mapping):
        return value
    if value.keys() == {"filename", "base64"}:
        return BufferedInputFile(b64decode(value["base64"]), filename=value["filename"])
    return {key: _file(inner) for key, inner in value.items()}


def judge(error: Exception) -> Verdict:
    """Say what an error of aiogram's means."""
    if isinstance(error, exceptions.TelegramRetryAfter):
        return Verdict(Outcome.WAIT, retry_after_s=float(error.retry_after), reason="flood")
    told = getattr(error, "message", "")
    for kind, fragment, outcome in VERDICTS:
        if isinstance(error, kind) and fragment in told:
            return Verdict(outcome, reason=_reason(error))
    if isinstance(error, exceptions.TelegramNetworkError):
        never_left = isinstance(error.__cause__, ClientConnectorError)
        return Verdict(Outcome.FAILED if never_left else Outcome.UNKNOWN, reason=_reason(error))
    return Verdict(Outcome.WAIT, retry_after_s=PAUSE_WITHOUT_NUMBER_S, reason=_reason(error))


def _reason(error: Exception) -> str:
    """Name a failure in Telegram's words but for what they quote; a client's own may hold the address."""
    if isinstance(error, exceptions.TelegramNetworkError | exceptions.ClientDecodeError):
        return type(error.__cause__ or error).__name__
    told = str(getattr(error, "message", type(error).__name__))
    return QUOTED.sub("…", told)[:200]
