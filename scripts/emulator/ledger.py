"""Keep the world on disk so that a kill -9 loses nothing that was acknowledged.

Every change is one line of JSON, [table, key, value], copied into a memory-mapped file before the
answer leaves: no system call, no fsync, and the page cache outlives the process. At start the
lines are replayed and the file is rewritten with what still stands. Power loss is not covered.
It knows tables and keys, and nothing of Telegram.
"""

import fcntl
import json
import mmap
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from scripts.emulator.wire import to_bytes

FIRST_SIZE_BYTES = 1 << 20
LARGEST_STEP_BYTES = 64 << 20


class LineFile:
    """Lines appended to a memory-mapped file; reading gives any range back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("w+b")
        self._file.truncate(FIRST_SIZE_BYTES)
        self._map = mmap.mmap(self._file.fileno(), FIRST_SIZE_BYTES)
        self.end = 0

    def append(self, line: bytes) -> int:
        """Add one line (no newline in it) and return where it begins, in bytes."""
        begin = self.end
        after = begin + len(line) + 1
        if after > len(self._map):
            step = min(len(self._map), LARGEST_STEP_BYTES)
            self._map.resize(max(len(self._map) + step, after + step))
        self._map[begin:after] = line + b"\n"
        self.end = after
        return begin

    def read(self, begin: int, end: int) -> bytes:
        """Give the bytes from begin up to end."""
        return self._map[begin:end]

    def rename(self, path: Path) -> None:
        """Take another file's place, atomically."""
        self._path.replace(path)
        self._path = path

    def close(self) -> None:
        """Cut the unused tail off and close."""
        self._map.close()
        self._file.truncate(self.end)
        self._file.close()


def _lines(path: Path) -> Iterator[bytes]:
    """Give the whole lines of a file; a torn last line and the zeros after it are left out."""
    if not path.exists():
        return
    with path.open("rb") as file:
        for line in file:
            if not line.endswith(b"\n") or b"\0" in line:
                return
            yield line


class Ledger:
    """Tables of key and JSON value that survive the process.

    Raises BlockingIOError when another process has the folder open, OSError when it cannot be
    written.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._tables: dict[str, dict[str, Any]] = {}
        path = folder / "world.jsonl"
        for line in _lines(path):
            self._replay(line)
        self._journal = LineFile(folder / "world.jsonl.new")
        for table, rows in self._tables.items():
            for key, value in rows.items():
                self._journal.append(to_bytes([table, key, value]))
        self._journal.rename(path)

    def _replay(self, line: bytes) -> None:
        table, key, value = json.loads(line)
        rows = self._tables.setdefault(table, {})
        if value is None:
            rows.pop(key, None)
        else:
            rows[key] = value

    def table(self, name: str) -> dict[str, Any]:
        """Give a table's rows to read; change them only through put and drop."""
        return self._tables.setdefault(name, {})

    def put(self, table: str, key: str, value: object) -> None:
        """Write a row; it is safe from kill -9 when this returns."""
        self.table(table)[key] = value
        self._journal.append(to_bytes([table, key, value]))

    def drop(self, table: str, key: str) -> None:
        """Take a row out."""
        if self.table(table).pop(key, None) is not None:
            self._journal.append(to_bytes([table, key, None]))

    def next_number(self, name: str, first: int = 1) -> int:
        """Count up and never back, across restarts."""
        number: int = self.table("counter").get(name, first - 1) + 1
        self.put("counter", name, number)
        return number

    def close(self) -> None:
        """Close the journal and let others open the folder."""
        self._journal.close()
        os.close(self._lock)
