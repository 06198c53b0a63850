import logging

import pytest

from bot.errors import SettingsError
from bot.logs import SafeFormatter, redact
from storage.errors import DatabaseUnavailable

TOKEN = "1234567:" + "AAbb_cc-dd" * 3


def fail(error: Exception) -> None:
    raise error


def line(error: Exception) -> str:
    with pytest.raises(type(error)) as caught:
        fail(error)
    info = (caught.type, caught.value, caught.tb)
    record = logging.LogRecord("bot", logging.ERROR, __file__, 1, "it failed", None, info)
    return SafeFormatter("%(message)s").format(record)


def test_token_and_address_are_blotted_out() -> None:
    told = redact(f"GET http://127.0.0.1:8081/bot{TOKEN}/getMe with {TOKEN}, 3 rows at 10:30")
    assert TOKEN not in told
    assert told == "GET http://127.0.0.1:8081/bot[token]/getMe with [token], 3 rows at 10:30"


def test_token_in_an_argument_is_blotted_out() -> None:
    record = logging.LogRecord("bot", logging.INFO, __file__, 1, "at %s", (TOKEN,), None)
    assert SafeFormatter("%(message)s").format(record) == "at [token]"


def test_what_a_foreign_exception_quotes_is_not_told() -> None:
    told = line(ValueError("input_value='I live at Main Street 1'"))
    assert "Main Street" not in told
    assert "ValueError" in told
    assert "test_logs.py" in told


def test_what_we_worded_ourselves_is_told() -> None:
    assert "SettingsError: model.threads is wrong" in line(SettingsError("model.threads is wrong"))
    assert "no server" in line(DatabaseUnavailable("no server"))
