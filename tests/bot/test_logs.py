import asyncio
import gc
import io
import logging
import sys
import threading
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

import pytest
from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import SendMessage

from bot import sending
from bot.errors import SettingsError
from bot.log_lines import SafeRecord, redact
from bot.logs import SafeFormatter, log_loop_trouble, set_up_logs
from bot.schedule import Job, Schedule
from storage.crypto import Cipher
from storage.database import Database
from storage.errors import DatabaseUnavailable
from tests.builders import shopper

TOKEN = "1234567:" + "AAbb_cc-dd" * 3
CANARY = "Canary-Name, 12 Canary Street"
ID = 990_000_001
CLOSED_PORT = 9  # "discard": nothing listens there


@dataclass
class Letter:
    text: str


class Kind(StrEnum):
    OFFER = "offer"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that the process would write, from every door, while a test runs."""
    root, stream = logging.getLogger(), io.StringIO()
    before = (root.handlers[:], root.level, logging.getLogRecordFactory(), logging.raiseExceptions)
    hooks = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    root.handlers[:] = []  # or setting up would close them
    set_up_logs(logging.DEBUG, stream)
    yield stream
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = before[:2]
    logging.setLogRecordFactory(before[2])
    logging.raiseExceptions = before[3]
    sys.excepthook, threading.excepthook, sys.unraisablehook = hooks


def fail(error: BaseException) -> None:
    raise error


def line(error: BaseException) -> str:
    with pytest.raises(type(error)) as caught:
        fail(error)
    info = (caught.type, caught.value, caught.tb)
    record = SafeRecord("bot", logging.ERROR, __file__, 1, "it failed", None, info)
    return SafeFormatter("%(message)s").format(record)


def test_token_and_address_are_blotted_out() -> None:
    told = redact(f"GET http://127.0.0.1:8081/bot{TOKEN}/getMe with {TOKEN}, 3 rows at 10:30")
    assert TOKEN not in told
    assert told == "GET http://127.0.0.1:8081/bot[token]/getMe with [token], 3 rows at 10:30"


@pytest.mark.parametrize(
    ("said", "values", "told"),
    [
        ("at %s", (TOKEN,), "at [token]"),
        ("%d rows, %s", (3, Kind.OFFER), "3 rows, offer"),
        ("%s", (Letter(CANARY),), "Letter"),
        ("%s", ({"sent": 3},), "{'sent': 3}"),
        ("%s", (ValueError(CANARY),), "ValueError"),
        (
            "%s",
            (FileNotFoundError(2, "x", CANARY),),
            "FileNotFoundError: No such file or directory",
        ),
        (
            "%s",
            (SettingsError("model.threads is wrong"),),
            "SettingsError: model.threads is wrong",
        ),
        ("%d rows", ("three",), "%d rows"),
        ("nothing to fill, 100 %", (), "nothing to fill, 100 %"),
    ],
)
def test_what_a_line_of_ours_tells(said: str, values: tuple[object, ...], told: str) -> None:
    record = SafeRecord("bot.ingest", logging.INFO, __file__, 1, said, values, None)
    assert record.getMessage() == told


@pytest.mark.parametrize(
    ("logger", "said", "values", "told"),
    [
        ("aiogram.dispatcher", "%s after %d tries: %s", (CANARY, 3, CANARY), "… after 3 tries: …"),
        ("aiohttp.client", "read %(what)s", ({"what": CANARY},), "read …"),
        ("chromadb.api", f"no such thing: {CANARY}", (), "a line from test_logs.py:1 (None)"),
        ("chromadb.api", ValueError(CANARY), (), "a line from test_logs.py:1 (None)"),
        ("asyncio", f"Exception in callback show('{CANARY}')", (), "Exception in callback show"),
        ("py.warnings", f"/x.py:3: UserWarning: {CANARY}\n", (), "/x.py:3: UserWarning"),
    ],
)
def test_what_a_library_quotes_is_not_told(
    logger: str, said: object, values: tuple[object, ...], told: str
) -> None:
    record = SafeRecord(logger, logging.INFO, "/any/test_logs.py", 1, said, values, None)
    assert record.getMessage() == told


def test_only_kinds_and_counts_are_told_of_what_goes_along() -> None:
    record = SafeRecord("bot", logging.INFO, __file__, 1, "done", None, None)
    more = {"doubts": 2, "reason": "placeholders", "first_name": CANARY, "latitude": 52.5}
    vars(record).update(more | {"anything": CANARY})
    told = SafeFormatter("%(message)s").format(record)
    assert told == "done doubts=2 reason=placeholders first_name=… latitude=… anything=…"


@pytest.mark.parametrize(
    "error",
    [
        ValueError(f"input_value='{CANARY}'"),
        OSError(36, "File name too long", CANARY),
        OSError(CANARY),
        ExceptionGroup(CANARY, [ValueError(CANARY)]),
    ],
)
def test_what_a_foreign_exception_quotes_is_not_told(error: BaseException) -> None:
    told = line(error)
    assert "Canary" not in told
    assert type(error).__name__ in told
    assert "test_logs.py" in told


def test_what_we_worded_ourselves_is_told() -> None:
    assert "SettingsError: model.threads is wrong" in line(SettingsError("model.threads is wrong"))
    assert "no server" in line(DatabaseUnavailable("no server"))


def test_handler_that_a_library_brought_tells_no_more(written: io.StringIO) -> None:
    theirs, logger = io.StringIO(), logging.getLogger("transformers.canary")
    handler = logging.StreamHandler(theirs)
    handler.setFormatter(logging.Formatter("%(message)s"))
    logger.addHandler(handler)
    try:
        fail(ValueError(CANARY))
    except ValueError:
        logger.exception("cannot read %s", CANARY)
    logger.removeHandler(handler)
    assert "cannot read …" in theirs.getvalue()
    assert "Canary" not in theirs.getvalue() + written.getvalue()


def test_line_that_cannot_be_written_is_not_printed_otherwise(
    written: io.StringIO, capsys: pytest.CaptureFixture[str]
) -> None:
    written.close()
    logging.getLogger("bot").error("about %s", CANARY)
    assert "Canary" not in "".join(capsys.readouterr())


def test_every_other_door_is_watched(written: io.StringIO) -> None:
    error = ValueError(CANARY)
    sys.excepthook(ValueError, error, None)
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(CANARY, UserWarning, stacklevel=1)
    thread = threading.Thread(target=fail, args=(error,))
    thread.start()
    thread.join()

    class Finalised:
        def __del__(self) -> None:
            raise error

    Finalised()
    gc.collect()
    told = written.getvalue()
    assert "Canary" not in told
    assert [told.count(each) for each in ("ValueError", "UserWarning")] == [3, 1]


async def test_what_nobody_awaited_is_told_without_its_words(written: io.StringIO) -> None:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(log_loop_trouble)

    async def fail_alone() -> None:
        raise ValueError(CANARY)

    task = asyncio.create_task(fail_alone())
    await asyncio.wait([task])
    del task
    gc.collect()
    loop.call_soon(fail, ValueError(CANARY))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    told = written.getvalue()
    assert "Canary" not in told
    assert "Task exception was never retrieved" in told
    assert "Exception in callback fail" in told


async def test_forced_database_error_tells_no_value(
    database: Database, written: io.StringIO
) -> None:
    async def add_twice() -> None:
        async with database.work() as work:
            await work.shoppers.add_many([shopper(ID, first_name=CANARY)] * 2)

    schedule = Schedule([Job("adding", 60, add_twice)])
    await schedule._scheduler.get_job("adding").func()
    told = written.getvalue()
    assert "job adding failed" in told
    assert "RowConflict" in told
    assert str(ID) not in told
    assert "Canary" not in told


async def test_forced_connection_error_to_the_database_tells_no_secret(
    written: io.StringIO, cipher: Cipher
) -> None:
    url = f"postgresql+asyncpg://canary-user:canary-word@127.0.0.1:{CLOSED_PORT}/canary-name"
    try:
        await Database.open(url, cipher=cipher)
    except DatabaseUnavailable:
        logging.getLogger("bot").exception("not open")
    told = written.getvalue()
    assert "DatabaseUnavailable" in told
    assert "canary" not in told


async def test_forced_connection_error_to_telegram_tells_no_secret(written: io.StringIO) -> None:
    server = TelegramAPIServer.from_base(f"http://127.0.0.1:{CLOSED_PORT}")
    async with AiohttpSession(api=server) as session:
        bot = Bot(TOKEN, session=session)
        verdict = await sending.call(bot, "sendMessage", {"chat_id": ID, "text": CANARY})
        logging.getLogger("bot").warning("dropped: %s", verdict.reason)
        try:
            await bot(SendMessage(chat_id=ID, text=CANARY))
        except TelegramNetworkError:
            logging.getLogger("aiogram.client").exception("cannot send %s", CANARY)
    told = written.getvalue()
    assert "TelegramNetworkError" in told
    assert not any(each in told for each in (TOKEN, "Canary", str(ID)))
