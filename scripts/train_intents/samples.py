r"""The sentences that are learned from, each with its label.

The .txt files under data/ are ours, written for this. `[label]` begins a section; each line below is a pattern
(see patterns.py) of one of three sorts:
- `+ cancel {order}` is something to be done: it is put behind words such as "can you help me";
- `* my invoice` is a thing to ask about: it is put behind words such as "I have a question about";
- anything else is a whole message.
A label is an intent, perhaps with a tone ("smalltalk.thanks") and perhaps with a topic that only learning
knows ("policy/warranty"): one intent is easier to learn as several plain ones.
A tenth of the lines, chosen by their own letters and so for good, is never trained on: the result is measured there.
"""

import random
import tomllib
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from scripts.train_intents.errors import PatternError
from scripts.train_intents.grammar import asked_about, to_be_done
from scripts.train_intents.patterns import Slots, drawn, parsed, richness

DATA_FOLDER = Path(__file__).with_name("data")
_HELD_OUT_ONE_IN = 10
_DONE, _ABOUT = "+ ", "* "
# How many sentences a line gives at least: a thing to be done can be asked for in many ways. A rich line gives one for
# every few that it stands for.
_DRAWS = {_DONE: 22, _ABOUT: 14, "": 7}
_MOST_DRAWS, _ONE_IN = 20, 4


@dataclass(frozen=True, slots=True)
class Line:
    """A pattern, its label, its sort, and how many texts it stands for, as far as that matters."""

    pattern: str
    label: str
    sort: str
    richness: int
    held_out: bool


@dataclass(frozen=True, slots=True)
class Sample:
    """A sentence and its label."""

    text: str
    label: str


def slots_in(folder: Path = DATA_FOLDER) -> Slots:
    """Read what may stand in the slots."""
    slots: Slots = tomllib.loads((folder / "slots.toml").read_text(encoding="utf-8"))
    return slots


def lines_in(folder: Path = DATA_FOLDER) -> list[Line]:
    """Read every .txt file of a folder, in the order of their names.

    Raises:
        PatternError: a line cannot be read.
    """
    slots = slots_in(folder)
    return [line for path in sorted(folder.glob("*.txt")) for line in _lines(path, slots)]


def split(lines: Iterable[Line]) -> tuple[list[Line], list[Line]]:
    """Give the lines to train on, and those held out."""
    every = list(lines)
    return [line for line in every if not line.held_out], [line for line in every if line.held_out]


def samples_of(lines: Sequence[Line], slots: Slots, dice: random.Random) -> list[Sample]:
    """Draw sentences from each line; none comes twice."""
    found: dict[str, Sample] = {}
    for line in lines:
        for _ in range(max(_DRAWS[line.sort], min(_MOST_DRAWS, line.richness // _ONE_IN))):
            text = _said(line, slots, dice)
            found.setdefault(text, Sample(text, line.label))
    return list(found.values())


def _said(line: Line, slots: Slots, dice: random.Random) -> str:
    text = drawn(line.pattern, slots, dice)
    if line.sort == _DONE:
        return to_be_done(text, dice)
    return asked_about(text, dice) if line.sort == _ABOUT else text


def _lines(path: Path, slots: Slots) -> Iterator[Line]:
    label = ""
    for raw in path.read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if line.startswith("[") and line.endswith("]"):
            label = line[1:-1]
        elif line and not label:
            raise PatternError(f"{path.name}: {line!r} stands under no [label].")
        elif line:
            sort = line[:2] if line[:2] in _DRAWS else ""
            pattern = line[len(sort) :]
            held_out = zlib.crc32(line.encode()) % _HELD_OUT_ONE_IN == 0
            yield Line(pattern, label, sort, richness(parsed(pattern, slots), slots), held_out)
