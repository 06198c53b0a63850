"""The erasure list as a file: beside the backups, so that no restore of a database overwrites it.

One line an entry: keyed hash, space, time. All calls block. Knows nothing of shoppers.
"""

import os
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from storage.errors import ErasureListUnreadable
from storage.records import Erasure

_LINE = re.compile(r"([0-9a-f]{64}) (\S+)")


def read(file: Path) -> list[Erasure]:
    """Read the list; empty when there is no file.

    Raises:
        ErasureListUnreadable: names the file and the line.
    """
    try:
        lines = file.read_text(encoding="ascii").splitlines()
    except FileNotFoundError:
        return []
    except (OSError, UnicodeDecodeError) as error:
        message = f"The erasure list {file} cannot be read ({type(error).__name__}). Put it back from a copy of it."
        raise ErasureListUnreadable(message) from None
    return [_entry(file, number, line) for number, line in enumerate(lines, start=1)]


def write(file: Path, entries: Iterable[Erasure]) -> None:
    """Write the whole list at once, for its owner only: after a crash the old or the new one is there.

    Raises:
        OSError: the folder takes no files.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="ascii") as stream:
        for entry in sorted(entries, key=lambda each: (each.forgotten_at, each.shopper_hash)):
            stream.write(f"{entry.shopper_hash} {entry.forgotten_at.isoformat()}\n")
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(file)


def merged(*lists: Iterable[Erasure]) -> list[Erasure]:
    """Give each entry once, with its latest time."""
    latest: dict[str, Erasure] = {}
    for entry in (each for entries in lists for each in entries):
        known = latest.get(entry.shopper_hash)
        if known is None or entry.forgotten_at > known.forgotten_at:
            latest[entry.shopper_hash] = entry
    return list(latest.values())


def _entry(file: Path, number: int, line: str) -> Erasure:
    found = _LINE.fullmatch(line)
    try:
        if found is not None:
            at = datetime.fromisoformat(found[2])
            return Erasure(found[1], at.astimezone(UTC))
    except ValueError:
        pass
    message = f"Line {number} of the erasure list {file} is damaged. Put the file back from a copy of it."
    raise ErasureListUnreadable(message)
