r"""Carrier sentences, and what becomes of one when its slots are filled: a text with a label for every character.

The files under data/ are ours, written for this. Each line is one text: a message, a form, a signature, a story.
- \n in a line is a line break of the text.
- {first}, {street}, {brand} … are slots; values/__init__.py lists them, and which of them are personal. A slot that
  comes twice is filled twice. A brace that belongs to no slot is an error.
- There are no comments: a line that begins with # is a text that does. Blank lines are passed over.
- At least a third carries no personal slot: brands, dishes, colours and headings that look like names are the traps.
A tenth of the lines, chosen by their own letters and so for good, is never trained on: the result is measured there.
"""

import random
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from knowledge.privacy.tagging.base import Label
from scripts.train_tagger.errors import CarrierError
from scripts.train_tagger.values import SLOTS

DATA_FOLDER = Path(__file__).with_name("data")
_SLOT = re.compile(r"\{(\w+)\}")
_HELD_OUT_ONE_IN = 10


@dataclass(frozen=True, slots=True)
class Carrier:
    """A sentence with slots: texts at even places, names of slots between them."""

    parts: tuple[str, ...]
    held_out: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """A text and the label of each of its characters, one byte each."""

    text: str
    labels: bytes


def carriers_in(folder: Path = DATA_FOLDER) -> list[Carrier]:
    """Read every .txt file of a folder, in the order of their names.

    Raises:
        CarrierError: a line has an unknown slot or a stray brace.
    """
    return [carrier for path in sorted(folder.glob("*.txt")) for carrier in _carriers(path)]


def parsed(line: str, origin: str) -> Carrier:
    """Take a line apart; `origin` is what an error calls it.

    Raises:
        CarrierError: as above.
    """
    parts = _SLOT.split(line.replace("\\n", "\n"))
    unknown = [name for name in parts[1::2] if name not in SLOTS]
    if unknown:
        known = ", ".join(sorted(SLOTS))
        raise CarrierError(f"{origin}: there is no slot {{{unknown[0]}}}. Use one of: {known}.")
    if any(brace in text for text in parts[::2] for brace in "{}"):
        raise CarrierError(f"{origin}: a brace belongs to no slot. Close it or leave it out.")
    held_out = zlib.crc32(line.encode()) % _HELD_OUT_ONE_IN == 0
    return Carrier(tuple(parts), held_out)


def fill(carrier: Carrier, dice: random.Random) -> Sample:
    """Put a value into every slot; what is no value is OTHER."""
    pieces = []
    for place, part in enumerate(carrier.parts):
        if place % 2 == 0:
            pieces.append(labelled(part, Label.OTHER))
        else:
            slot = SLOTS[part]
            pieces.append(labelled(slot.make(dice), slot.label))
    return joined(pieces)


def labelled(text: str, label: Label) -> Sample:
    """Give every character of a text the same label."""
    return Sample(text, bytes([label]) * len(text))


def joined(samples: Sequence[Sample]) -> Sample:
    """Put samples one behind another."""
    text = "".join(sample.text for sample in samples)
    return Sample(text, b"".join(sample.labels for sample in samples))


def split(carriers: Iterable[Carrier]) -> tuple[list[Carrier], list[Carrier]]:
    """Give the carriers to train on, and those to measure on."""
    training: list[Carrier] = []
    held_out: list[Carrier] = []
    for carrier in carriers:
        (held_out if carrier.held_out else training).append(carrier)
    return training, held_out


def _carriers(path: Path) -> Iterator[Carrier]:
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), start=1):
        if line.strip():
            yield parsed(line, f"{path.name}, line {number}")
