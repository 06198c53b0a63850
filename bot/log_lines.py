"""What a line of the log may say: ids, counts, kinds and places in the code; never words, names, places or tokens.

The rule is kept where lines are written. These are the nets below it, for what libraries say and for what slips through:
whichever handler prints a record, its text was made here.
"""

import logging
import os
import re
import traceback
from collections.abc import Mapping
from datetime import date, timedelta
from enum import Enum
from types import TracebackType
from typing import Any

from bot.errors import BotError
from storage.errors import StorageError

TOKEN = re.compile(r"(?<![0-9A-Za-z])\d{5,}:[A-Za-z0-9_-]{10,}")
ADDRESS = re.compile(r"/bot[^/\s'\"]+")
WORDED_BY_US = (BotError, StorageError)
OURS = frozenset({"bot", "handlers", "knowledge", "storage", "scripts", "__main__", "root"})
BLOT = "…"

# Fields of a person, under whatever value.
PERSONAL = frozenset(
    "address caption card chat chat_id code email first_name last_name lat latitude lon longitude message name need"
    " payload person phone query question reply shopper shopper_id text token url user user_id username".split()
)
# Words that may stand in `extra`: kinds that the code itself names.
KINDS = frozenset({"error", "job", "kind", "method", "part", "reason", "status", "step"})
_PLAIN = (int, float, Enum, date, timedelta, type(None))
_WORDS = re.compile(r"[A-Za-z ,.'!_-]+")
# As logging writes a warning: file, line, category; what follows may quote a value.
_WARNED_AT = re.compile(r"^.*?:\d+: \w+")


def redact(text: str) -> str:
    """Blot out tokens and Bot API addresses."""
    return TOKEN.sub("[token]", ADDRESS.sub("/bot[token]", text))


def describe(error: BaseException, trace: TracebackType | None) -> str:
    """Tell where an exception came from, without its message unless we worded it."""
    return redact("".join(traceback.format_tb(trace)) + _kind(error))


class SafeRecord(logging.LogRecord):
    """A record whose text is safe whoever prints it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.exc_info and self.exc_info[1] is not None:
            # Formatters take this when it is there, and do not look at the exception.
            self.exc_text = describe(self.exc_info[1], self.exc_info[2])

    def getMessage(self) -> str:  # noqa: N802  # the standard library's name
        """Give the message as it may be told."""
        is_ours = self.name.partition(".")[0] in OURS
        return redact(_own(self) if is_ours else _foreign(self))


def first_words(text: str) -> str:
    """Give the words that a message of the event loop begins with: after them it may show a callback's arguments."""
    found = _WORDS.match(text)
    return found[0].strip() if found else "trouble"


def extra_of(fields: Mapping[str, Any]) -> str:
    """Write what was passed as `extra`: numbers, and words under names that stand for kinds; nothing personal."""
    return "".join(f" {key}={_value(key, value)}" for key, value in fields.items())


def _own(record: logging.LogRecord) -> str:
    return _filled(str(record.msg), record.args, _ours)


def _foreign(record: logging.LogRecord) -> str:
    """Tell what a library says without its values; what it put together itself only by where it was said."""
    text = str(record.msg) if isinstance(record.msg, str) else type(record.msg).__name__
    if record.name == "py.warnings":
        found = _WARNED_AT.match(text)
        return found[0] if found else "a warning"
    if record.name == "asyncio":
        return first_words(text)
    if record.args:
        return _filled(text, record.args, _blotted)
    return f"a line from {record.module}.py:{record.lineno} ({record.funcName})"


def _filled(template: str, args: Any, tell: Any) -> str:
    """Fill a template with what may be told of its values; by itself when they do not fit."""
    if not args:
        return template
    told = (
        {key: tell(value) for key, value in args.items()}
        if isinstance(args, Mapping)
        else tuple(tell(value) for value in args)
    )
    try:
        return template % told
    except (TypeError, ValueError, KeyError):
        return template


def _ours(value: Any) -> Any:
    """Let plain values through; of anything else only its kind."""
    if isinstance(value, (str, *_PLAIN)):
        return value
    if isinstance(value, BaseException):
        return _kind(value)
    if isinstance(value, Mapping):
        return {str(key): _ours(each) for key, each in value.items()}
    return type(value).__name__


def _blotted(value: Any) -> Any:
    return value if isinstance(value, int | float) else BLOT


def _value(key: str, value: Any) -> Any:
    if key in PERSONAL:
        return BLOT
    return value if isinstance(value, _PLAIN) or key in KINDS else BLOT


def _kind(error: BaseException) -> str:
    """Name an exception; the message of one that we did not word may quote anything."""
    if isinstance(error, WORDED_BY_US):
        return f"{type(error).__name__}: {error}"
    if isinstance(error, OSError) and error.errno is not None:
        return f"{type(error).__name__}: {os.strerror(error.errno)}"
    return type(error).__name__
