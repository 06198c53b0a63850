"""Read the sample shop's data files into typed shapes.

The files under data/ are the shop; this module only opens them. It must not know what they mean.
"""

import tomllib
from pathlib import Path
from typing import TypeVar

import msgspec

DATA_FOLDER = Path(__file__).parent / "data"

Shape = TypeVar("Shape")


def read_toml(name: str, shape: type[Shape]) -> Shape:
    """Read data/`name` as `shape`.

    Raises:
        msgspec.ValidationError: a field is missing, unknown or of the wrong type; the text names its path.
    """
    content = tomllib.loads((DATA_FOLDER / name).read_text(encoding="utf-8"))
    return msgspec.convert(content, shape)


def names_in(folder: str, suffix: str) -> list[str]:
    """List the files of data/`folder` that end in `suffix`, sorted, as paths below data/."""
    return sorted(f"{folder}/{path.name}" for path in (DATA_FOLDER / folder).glob(f"*{suffix}"))


def read_text(name: str) -> str:
    """Read data/`name` as UTF-8 text."""
    return (DATA_FOLDER / name).read_text(encoding="utf-8")
