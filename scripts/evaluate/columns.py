"""Reads columns of a table, Parquet or CSV, as arrays. The one door to pyarrow.

What a task needs is checked here, once: that the columns are there, hold what they should, and have no gaps.
"""

from collections.abc import Mapping
from enum import Enum
from pathlib import Path

import numpy as np
import pyarrow as pa
from pyarrow import compute, csv, parquet

from scripts.evaluate.errors import BadFile

DAY_NS = 86_400 * 1_000_000_000.0


class Kind(Enum):
    """What a column holds, and as what it is given: whole numbers as int64, times as days since 1970, float64."""

    NUMBER = "a whole number in each row"
    TIME = "a date or time in each row"


def read_columns(path: Path, wanted: Mapping[str, Kind]) -> dict[str, np.ndarray]:
    """Read these columns of a .parquet or .csv file; others are left out.

    Raises:
        BadFile: it cannot be read, has no rows, or a column is missing or holds something else.
    """
    table = _table(path, list(wanted))
    if not table.num_rows:
        raise BadFile(path, "holds no row")
    return {name: _column(path, table, name, kind) for name, kind in wanted.items()}


def _table(path: Path, names: list[str]) -> pa.Table:
    try:
        if path.suffix == ".csv":
            held = csv.open_csv(path).schema.names
        else:
            held = parquet.read_schema(path).names
        missing = [name for name in names if name not in held]
        if missing:
            raise BadFile(path, f"has no column {missing[0]}; it needs {', '.join(names)}")
        if path.suffix == ".csv":
            return csv.read_csv(path, convert_options=csv.ConvertOptions(include_columns=names))
        return parquet.read_table(path, columns=names)
    except OSError as error:
        raise BadFile(path, f"cannot be read ({error.strerror or 'damaged'})") from error
    except pa.ArrowException as error:
        raise BadFile(path, "is neither Parquet nor CSV that can be read") from error


def _column(path: Path, table: pa.Table, name: str, kind: Kind) -> np.ndarray:
    column = table[name]
    problem = BadFile(path, f"column {name} must hold {kind.value}")
    if column.null_count:
        raise problem
    try:
        if kind is Kind.NUMBER:
            return np.asarray(column.cast(pa.int64()).to_numpy(), np.int64)
        times = compute.cast(column, pa.timestamp("ns"), safe=False)
        return np.asarray(times.cast(pa.int64()).to_numpy(), np.float64) / DAY_NS
    except pa.ArrowException as error:
        raise problem from error
