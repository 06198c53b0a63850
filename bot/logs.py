"""What the process writes about itself, and everything that could write past it: one safe way to stderr.

bot.log_lines says what a line may tell; here is every door through which a line can come: loggers, uncaught exceptions
of the process, of threads, of the event loop and of finalizers, and warnings.
"""

import asyncio
import logging
import sys
import threading
from types import TracebackType
from typing import Any, TextIO

from bot.log_lines import SafeRecord, describe, extra_of, first_words, redact

LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"

# Libraries that report every call at INFO; aiohttp's access log names addresses.
QUIET = (
    "aiogram.event",
    "aiohttp.access",
    "apscheduler",
    "bm25s",
    "httpx",
    "chromadb",
    "sentence_transformers",
    "alembic",
)

# What every record has; anything else was passed as `extra`.
USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}

log = logging.getLogger("bot")


class SafeFormatter(logging.Formatter):
    """Formats a record without secrets and without what exceptions quote."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the finished line, redacted, with what may be told of what was passed as `extra`."""
        more = {key: value for key, value in vars(record).items() if key not in USUAL}
        return redact(super().format(record) + extra_of(more))

    def formatException(  # noqa: N802  # the standard library's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Give the frames and the type; the message only of errors that we word ourselves."""
        _, error, trace = ei
        return "" if error is None else describe(error, trace)


def set_up_logs(level: int = logging.INFO, stream: TextIO | None = None) -> None:
    """Send all logging to `stream` (None: stderr) through the safe formatter, uncaught exceptions too."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(SafeFormatter(LINE))
    # A library may bring a handler of its own; with this it prints nothing unsafe either.
    logging.setLogRecordFactory(SafeRecord)
    # When a line cannot be written, logging would print its values instead.
    logging.raiseExceptions = False
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught
    threading.excepthook = _log_uncaught_in_thread
    sys.unraisablehook = _log_unraisable


def log_loop_trouble(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log what nobody awaited, as the event loop's exception handler: its own would print the exception's words."""
    error = context.get("exception")
    told = first_words(str(context.get("message", "")))
    log.error("event loop: %s", told, exc_info=_info(error))


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("uncaught", exc_info=(kind, error, trace))


def _log_uncaught_in_thread(args: threading.ExceptHookArgs) -> None:
    if args.exc_value is not None and not issubclass(args.exc_type, SystemExit):
        log.error("uncaught in a thread", exc_info=_info(args.exc_value))


def _log_unraisable(args: Any) -> None:
    log.error("ignored while tidying up", exc_info=_info(args.exc_value))


def _info(
    error: BaseException | None,
) -> tuple[type[BaseException], BaseException, TracebackType | None] | None:
    return None if error is None else (type(error), error, error.__traceback__)
