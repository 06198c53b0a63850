"""The bytes of a CSV or JSON file into rows of text by field; it knows no field but by the names it is given (pure).

A file is somebody else's: everything that does not fit is told, with its row, and nothing is guessed.
"""

import codecs
import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from knowledge.loaders.coupon_fields import joined
from knowledge.loaders.problems import FieldError, Problem

# Both ours: what an admin's spreadsheet needs and a small machine bears.
MAX_BYTES = 5_000_000
MAX_ROWS = 10_000
_MEGABYTE = 1_000_000
_DELIMITERS = (",", ";", "\t")
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row as text, by field; `number` is where it stands in the file."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """Everything that could be read, and everything that could not."""

    rows: tuple[TableRow, ...] = ()
    errors: tuple[FieldError, ...] = ()


class _Object(list[tuple[str, object]]):
    """A JSON object as its pairs, so that a key that comes twice is seen."""


def read_table(content: bytes, name: str, fields: Sequence[str]) -> Table:
    """Read a file whose name ends in .json as JSON, any other as CSV; the first of `fields` must be there."""
    if len(content) > MAX_BYTES:
        return _refused(Problem.TOO_LARGE_FILE, f"{MAX_BYTES // _MEGABYTE} MB")
    text = decoded(content)
    if text is None:
        return _refused(Problem.NOT_TEXT)
    read = _read_json if name.casefold().endswith(".json") else _read_csv
    table = read(text, fields)
    if len(table.rows) > MAX_ROWS:
        return _refused(Problem.TOO_MANY_ROWS, f"{MAX_ROWS:,}")
    return table if table.rows or table.errors else _refused(Problem.NO_ROWS)


def decoded(content: bytes) -> str | None:
    """Decode UTF-8, with or without a mark at its start, or UTF-16 with one; None for anything else."""
    encoding = "utf-16" if content.startswith(_UTF_16) else "utf-8-sig"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return None if "\0" in text else text


def _read_csv(text: str, fields: Sequence[str]) -> Table:
    """Read CSV with the delimiter that makes sense of its first line. Rows count from the header, which is 1."""
    first_line = text.lstrip("\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=lambda each: len(_known(first_line.split(each), fields)))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[TableRow] = []
    errors: list[FieldError] = []
    header: list[str] = []
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            values = _without_blank_end(cells)
            if values and not header:
                header = [_field_name(value) for value in values]
                wrong = _wrong_names(header, number, fields)
                if wrong:
                    return Table(errors=wrong)
            elif len(values) > len(header):
                errors.append(_too_many(values, header, number))
            elif values:
                rows.append(TableRow(number, dict(zip(header, values, strict=False))))
            if len(rows) > MAX_ROWS:
                break
    except csv.Error:
        errors.append(FieldError("file", Problem.NOT_CSV, row=number + 1))
    return Table(tuple(rows), tuple(errors))


def _read_json(text: str, fields: Sequence[str]) -> Table:
    """Read a list of objects, bare or as the only value of an object. Objects count from 1."""
    try:
        found = json.loads(
            text, object_pairs_hook=_Object, parse_int=str, parse_float=str, parse_constant=str
        )
    except json.JSONDecodeError as error:
        return _refused(Problem.NOT_JSON, str(error.lineno))
    except RecursionError:
        return _refused(Problem.NOT_JSON)
    if isinstance(found, _Object) and len(found) == 1:
        found = found[0][1]
    if not isinstance(found, list) or isinstance(found, _Object):
        return _refused(Problem.NOT_A_LIST)
    rows: list[TableRow] = []
    errors: list[FieldError] = []
    for number, each in enumerate(found[: MAX_ROWS + 1], 1):
        cells = _cells(each, number, fields)
        if isinstance(cells, tuple):
            errors += cells
        else:
            rows.append(TableRow(number, cells))
    return Table(tuple(rows), tuple(errors))


def _cells(
    each: object, number: int, fields: Sequence[str]
) -> dict[str, str] | tuple[FieldError, ...]:
    if not isinstance(each, _Object):
        return (FieldError("coupon", Problem.NOT_AN_OBJECT, _told(each), row=number),)
    names = [_field_name(key) for key, _ in each]
    wrong = list(_wrong_names(names, number, fields))
    cells = {}
    for name, (_, value) in zip(names, each, strict=True):
        text = _as_text(value)
        if text is None:
            wrong.append(FieldError(name, Problem.NOT_PLAIN, _told(value), row=number))
        else:
            cells[name] = text
    return tuple(wrong) or cells


def _as_text(value: object) -> str | None:
    """Give a JSON value as a cell; numbers were left as they are written. None when it is none."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return joined(tuple(str(item) for item in value))
    return None


def _told(value: object) -> str:
    """Tell a JSON value in a word: what is inside it may be as deep as the file is long."""
    if isinstance(value, _Object):
        return "{…}"
    if isinstance(value, list):
        return "[…]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _wrong_names(
    names: Sequence[str], number: int, fields: Sequence[str]
) -> tuple[FieldError, ...]:
    """Find field names that are unknown or come twice, and the first field when it is missing."""
    wrong = [
        FieldError("header", Problem.UNKNOWN_FIELD, name, row=number)
        for name in names
        if name not in fields
    ]
    wrong += [
        FieldError(name, Problem.TWICE, row=number) for name in fields if names.count(name) > 1
    ]
    if fields[0] not in names:
        wrong.append(FieldError(fields[0], Problem.MISSING, row=number))
    return tuple(wrong)


def _too_many(values: Sequence[str], header: Sequence[str], number: int) -> FieldError:
    counts = str(len(values)), str(len(header))
    return FieldError("row", Problem.TOO_MANY_VALUES, counts[0], counts[1:], number)


def _known(names: Sequence[str], fields: Sequence[str]) -> set[str]:
    return {_field_name(name.strip('" \r')) for name in names} & set(fields)


def _field_name(name: str) -> str:
    return name.strip().casefold()


def _without_blank_end(cells: Sequence[str]) -> list[str]:
    """Leave out the empty cells that spreadsheets write after the last one."""
    values = [cell.strip() for cell in cells]
    while values and not values[-1]:
        values.pop()
    return values


def _refused(problem: Problem, *details: str) -> Table:
    return Table(errors=(FieldError("file", problem, details=details),))
