"""Reads the data of a task and writes its predictions: JSON Lines, packed with gzip or not.

Everything that comes from a file is checked here, once; a task trusts what it gets.
"""

import gzip
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from scripts.evaluate.errors import BadFile

Id = str | int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: where it stood (from 1) and its columns, those that nobody needs included."""

    path: Path
    line: int
    columns: dict[str, Any]

    def bad(self, problem: str) -> BadFile:
        """Give the error that names this line."""
        return BadFile(self.path, problem, line=self.line)

    def id(self) -> Id:
        """Give the case's id as it stands there, for the prediction to carry.

        Raises:
            BadFile: it is missing or neither text nor a whole number.
        """
        value = self.columns.get("id")
        if isinstance(value, bool) or not isinstance(value, str | int):
            raise self.bad('field id must be a text or a whole number, such as "a-1"')
        return value

    def text(self, column: str) -> str:
        """Give a text.

        Raises:
            BadFile: it is missing or no text.
        """
        value = self.columns.get(column)
        if not isinstance(value, str):
            raise self.bad(f"field {column} must be a text in quotes")
        return value


class GoldSpan(NamedTuple):
    """Characters start to end (end excluded) of a text, and what people say they are."""

    start: int
    end: int
    label: str


def read_rows(path: Path) -> list[Row]:
    """Read a whole file, .jsonl or .jsonl.gz; empty lines are left out.

    Raises:
        BadFile: it cannot be read, is empty, or a line is no JSON object.
    """
    try:
        packed = path.read_bytes()
        content = gzip.decompress(packed) if packed.startswith(b"\x1f\x8b") else packed
        lines = content.decode("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise BadFile(path, f"byte {error.start + 1} is not UTF-8 text") from error
    except EOFError as error:
        raise BadFile(path, "the gzip file ends too early") from error
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror or error})") from error
    except zlib.error as error:
        raise BadFile(path, "the gzip file is damaged") from error
    rows = [_row(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    if not rows:
        raise BadFile(path, "holds no line")
    return rows


def _row(path: Path, number: int, line: str) -> Row:
    try:
        columns = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadFile(path, "is not JSON; write one object on each line", line=number) from error
    if not isinstance(columns, dict):
        raise BadFile(path, 'must be an object such as {"id": …}', line=number)
    return Row(path, number, columns)


def gold_spans(row: Row, length: int) -> tuple[GoldSpan, ...] | None:
    """Give the marked spans of a text of that length; None when its line carries no gold.

    Raises:
        BadFile: one of them is no span of this text.
    """
    spans = row.columns.get("spans")
    if spans is None:
        return None
    if not isinstance(spans, list):
        raise row.bad("field spans must be a list")
    return tuple(_gold_span(row, span, length) for span in spans)


def _gold_span(row: Row, span: object, length: int) -> GoldSpan:
    if not isinstance(span, dict):
        raise row.bad('each of spans must be {"start", "end", "label"}')
    start, end, label = span.get("start"), span.get("end"), span.get("label")
    if type(start) is not int or type(end) is not int or not isinstance(label, str):
        raise row.bad("a span needs start and end as whole numbers and label as a text")
    if not 0 <= start < end <= length:
        raise row.bad(f"span {start} to {end} does not lie in its text of {length} characters")
    return GoldSpan(start, end, label)


@contextmanager
def predictions(path: Path | None, *, data: Path) -> Iterator[TextIO | None]:
    """Open the file that takes the predictions for `data`; None where nobody asked for them.

    Raises:
        BadFile: it cannot be written, or is the data itself.
    """
    if path is None:
        yield None
        return
    if path.exists() and data.exists() and path.samefile(data):
        raise BadFile(path, "is the data itself; name another file for the predictions")
    try:
        file = path.open("w", encoding="utf-8")
    except OSError as error:
        raise BadFile(path, f"cannot be written ({error.strerror})") from error
    with file:
        yield file
