"""Every sentence the product can say: those in calls of `Sentence`, and those of its data files."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir

ROOT = Path(__file__).parents[2]
SPOKEN_IN = ("bot", "handlers", "knowledge")
# With a second text it has two forms; Babel counts a comma at the end as one more.
_KEYWORDS: Any = {"Sentence": {1: (1,), 2: (1, 2), 3: (1, 2)}}
_PHRASES = "knowledge/data/phrases.toml"
_NEEDS = "knowledge/data/needs.toml"


def template(root: Path = ROOT) -> Catalog:
    """Give a catalogue of all sentences without a translation."""
    found = Catalog(project="concierge", charset="utf-8")
    for folder in SPOKEN_IN:
        said = extract_from_dir(root / folder, [("**.py", "python")], keywords=_KEYWORDS)
        for path, _, message, _, _ in said:
            found.add(message, locations=[(f"{folder}/{path}", 0)])
    for path, text in _of_data(root):
        found.add(text, locations=[(path, 0)])
    return found


def _of_data(root: Path) -> Iterator[tuple[str, str]]:
    phrases = tomllib.loads((root / _PHRASES).read_text(encoding="utf-8"))
    for text in _texts(phrases):
        yield _PHRASES, text
    needs = tomllib.loads((root / _NEEDS).read_text(encoding="utf-8"))
    for need in needs.values():
        for text in need["openings"]:
            yield _NEEDS, text


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _texts(each)
    else:
        for each in value:
            yield from _texts(each)
