"""What the process writes about itself: ids and counts, never words, places, names or tokens.

Two nets below that rule: the token and every /bot…/ address are blotted out of each line, and of an unexpected exception
only its type and the lines of code it came through are shown, because its message may quote anything.
"""

import logging
import re
import sys
import traceback
from types import TracebackType

from bot.errors import BotError
from storage.errors import StorageError

TOKEN = re.compile(r"(?<![0-9A-Za-z])\d{5,}:[A-Za-z0-9_-]{10,}")
ADDRESS = re.compile(r"/bot[^/\s'\"]+")
SAFE = (BotError, StorageError, OSError)
LINE = "%(asctime)s %(levelname)s %(name)s: %(message)s"

# Libraries that report every call at INFO.
QUIET = ("aiogram.event", "apscheduler", "httpx", "chromadb", "sentence_transformers", "alembic")

# What every record has; anything else was passed as `extra`.
USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}


def redact(text: str) -> str:
    """Blot out tokens and Bot API addresses."""
    return TOKEN.sub("[token]", ADDRESS.sub("/bot[token]", text))


class SafeFormatter(logging.Formatter):
    """Formats a record without secrets and without what exceptions quote."""

    def format(self, record: logging.LogRecord) -> str:
        """Give the finished line, redacted, with what was passed as `extra`."""
        more = {key: value for key, value in vars(record).items() if key not in USUAL}
        told = "".join(f" {key}={value}" for key, value in more.items())
        return redact(super().format(record) + told)

    def formatException(  # noqa: N802  # the standard library's name
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None]
        | tuple[None, None, None],
    ) -> str:
        """Give the frames and the type; the message only of errors that we word ourselves."""
        _, error, trace = ei
        return "" if error is None else describe(error, trace)


def describe(error: BaseException, trace: TracebackType | None) -> str:
    """Tell where an exception came from, without its message unless we worded it."""
    frames = "".join(traceback.format_tb(trace))
    told = f": {error}" if isinstance(error, SAFE) else ""
    return f"{frames}{type(error).__name__}{told}"


def set_up_logs(level: int = logging.INFO) -> None:
    """Send all logging to stderr through the safe formatter, uncaught exceptions too."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(SafeFormatter(LINE))
    logging.basicConfig(level=level, handlers=[handler], force=True)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.captureWarnings(capture=True)
    sys.excepthook = _log_uncaught


def _log_uncaught(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("bot").critical("uncaught", exc_info=(kind, error, trace))
