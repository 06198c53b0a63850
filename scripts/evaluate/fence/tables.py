"""Reads the CSV files of the task: fixes, stores, and the true paths where they are known.

Everything that comes from a file is checked here, once, row by row.
"""

import csv
import gzip
import math
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TextIO

from knowledge.nearby.places import Fix
from scripts.evaluate.errors import BadFile
from storage.records import OpeningHours, Store

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIX_COLUMNS = ("user", "time_s", "lat", "lon")  # and accuracy_m, which may be empty or left out
STORE_COLUMNS = ("id", "lat", "lon", "radius_m", "category")
PATH_COLUMNS = ("user", "time_s", "lat", "lon")
_LATEST_S = 1e11  # the year 5138; a date must not overflow
_WIDEST_M = 100_000.0
_ALL_WEEK = tuple(OpeningHours(day, time(0), time(0)) for day in range(7))


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody really was at a time, in seconds and degrees."""

    time_s: float
    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class _Line:
    """One row of a CSV file, where it stood, and at which place each column is."""

    path: Path
    number: int
    cells: Sequence[str]
    places: Mapping[str, int]

    def cell(self, column: str) -> str:
        """Give a column as it stands there; empty where the file has no such column."""
        place = self.places.get(column)
        return "" if place is None else self.cells[place].strip()

    def text(self, column: str) -> str:
        """Give a text that must be there."""
        value = self.cell(column)
        if not value:
            raise BadFile(self.path, f"field {column} must not be empty", line=self.number)
        return value

    def number_in(self, column: str, lowest: float, highest: float) -> float:
        """Give a number from a range, ends included."""
        try:
            value = float(self.cell(column))
        except ValueError:
            value = math.nan
        if not lowest <= value <= highest:  # what is no number is in no range
            problem = f"field {column} must be a number from {lowest:.10g} to {highest:.10g}"
            raise BadFile(self.path, problem, line=self.number)
        return value


def read_fixes(path: Path) -> Iterator[tuple[str, Fix]]:
    """Give the fixes with their users, one by one, in the order in which they arrived: there may be millions.

    Raises:
        BadFile: the file, a row or a field cannot be used.
    """
    for line in _lines(path, FIX_COLUMNS):
        yield line.text("user"), _fix(line)


def read_stores(path: Path) -> list[Store]:
    """Read the stores; they are open round the clock.

    Raises:
        BadFile: the file, a row or a field cannot be used, or an id stands there twice.
    """
    stores: dict[str, Store] = {}
    for line in _lines(path, STORE_COLUMNS):
        store = _store(line)
        if store.id in stores:
            raise BadFile(path, f"store {store.id!r} stands there twice", line=line.number)
        stores[store.id] = store
    return list(stores.values())


def read_paths(path: Path) -> dict[str, list[Place]]:
    """Read where people really were, by user, in order of time.

    Raises:
        BadFile: the file, a row or a field cannot be used, or a row is older than the one before it.
    """
    paths: dict[str, list[Place]] = {}
    for line in _lines(path, PATH_COLUMNS):
        place = Place(_time_s(line), *_degrees(line))
        steps = paths.setdefault(line.text("user"), [])
        if steps and place.time_s < steps[-1].time_s:
            raise BadFile(path, "field time_s is less than in the row before", line=line.number)
        steps.append(place)
    return paths


def seconds(moment: datetime) -> float:
    """Give a moment as the files have it."""
    return (moment - EPOCH).total_seconds()


def _fix(line: _Line) -> Fix:
    is_told = line.cell("accuracy_m") != ""
    accuracy_m = line.number_in("accuracy_m", 0.0, _WIDEST_M) if is_told else None
    seen_at = EPOCH + timedelta(seconds=_time_s(line))
    return Fix(*_degrees(line), accuracy_m, seen_at, is_live=True)


def _store(line: _Line) -> Store:
    latitude, longitude = _degrees(line)
    return Store(
        id=line.text("id"),
        name=line.text("id"),
        category=line.cell("category"),
        address="",
        latitude=latitude,
        longitude=longitude,
        time_zone="UTC",
        radius_m=round(line.number_in("radius_m", 1.0, _WIDEST_M)),
        hours=_ALL_WEEK,
    )


def _time_s(line: _Line) -> float:
    return line.number_in("time_s", -_LATEST_S / 2, _LATEST_S)


def _degrees(line: _Line) -> tuple[float, float]:
    return line.number_in("lat", -90.0, 90.0), line.number_in("lon", -180.0, 180.0)


def _lines(path: Path, columns: Sequence[str]) -> Iterator[_Line]:
    """Give the rows, once the head is known to name the columns; others are left alone."""
    try:
        with _opened(path) as file:
            rows = csv.reader(file)
            head = [name.strip() for name in next(rows, [])]
            missing = [name for name in columns if name not in head]
            if missing:
                problem = f"the first row must name the columns {', '.join(columns)}; {missing[0]} is missing"
                raise BadFile(path, problem, line=1)
            places = {name: place for place, name in enumerate(head)}
            for row in filter(None, rows):
                if len(row) != len(head):
                    problem = f"has {len(row)} fields where the first row has {len(head)}"
                    raise BadFile(path, problem, line=rows.line_num)
                yield _Line(path, rows.line_num, row, places)
    except UnicodeDecodeError as error:
        raise BadFile(path, "is not UTF-8 text") from error
    except csv.Error as error:
        raise BadFile(path, f"is no CSV file ({error})") from error
    except (EOFError, zlib.error) as error:
        raise BadFile(path, "the gzip file is damaged") from error
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror or error})") from error


def _opened(path: Path) -> TextIO:
    with path.open("rb") as file:
        is_packed = file.read(2) == b"\x1f\x8b"
    if is_packed:
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")
