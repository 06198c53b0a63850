"""No line of the log is given a field of a person: every call in the product is read, not run."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.log_lines import PERSONAL

ROOT = Path(__file__).parents[2]
PACKAGES = ("bot", "handlers", "knowledge", "storage", "scripts")
LOGGERS = {"log", "_log", "logger", "logging"}
LEVELS = {"debug", "info", "warning", "error", "exception", "critical", "log"}
# Our own words for something else: Telegram's method, a part's trouble, llama.cpp's complaint about a file.
OTHER_MEANINGS = {
    ("knowledge/llm/engine.py", "text"),
    ("bot/schedule.py", "name"),
    ("knowledge/search/upkeep.py", "name"),
}


def log_calls(source: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=logger), attr=level)):
                if logger in LOGGERS and level in LEVELS:
                    yield node


def personal_fields(call: ast.Call) -> set[str]:
    given = [*call.args[1:], *(keyword.value for keyword in call.keywords)]
    nodes = [node for value in given for node in ast.walk(value)]
    names = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
    names |= {node.id for node in nodes if isinstance(node, ast.Name)}
    names |= {
        node.value for node in nodes if isinstance(node, ast.Constant) and node.value in PERSONAL
    }
    return names & PERSONAL


@pytest.mark.parametrize(
    "line",
    [
        'log.info("of %s", shopper.first_name)',
        '_log.warning("to %d", item.outgoing.chat_id)',
        'log.info("said", extra={"text": said})',
        'log.error("%s", text)',
    ],
)
def test_a_personal_field_would_be_found(line: str) -> None:
    assert [bool(personal_fields(call)) for call in log_calls(line)] == [True]


def test_no_line_of_the_log_is_given_a_personal_field() -> None:
    found = {
        (path.relative_to(ROOT).as_posix(), field)
        for package in PACKAGES
        for path in (ROOT / package).rglob("*.py")
        for call in log_calls(path.read_text(encoding="utf-8"))
        for field in personal_fields(call)
    }
    assert found - OTHER_MEANINGS == set()
