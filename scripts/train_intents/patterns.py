"""Patterns: one line that stands for many sentences.

- `(a|b|)` is one of these, the last of them nothing; brackets may stand within brackets.
- `{good}` is a slot; data/slots.toml tells what may stand there, which may hold patterns itself.
"""

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scripts.train_intents.errors import PatternError

Slots = Mapping[str, Sequence[str]]
_TOKEN = re.compile(r"\{(\w+)\}|([(|)])|([^{(|)]+)|(.)", re.DOTALL)
_DEEPEST = 12


@dataclass(slots=True)
class _Open:
    """A bracket that is being read: what was chosen among so far, and the choice being read."""

    choices: list[list["Node"]]


Node = str | tuple[str] | list[list["Node"]]
"""A text, a slot's name, or the choices of a bracket."""


def parsed(line: str, slots: Slots) -> list[Node]:
    """Read a line.

    Raises:
        PatternError: it has an unknown slot or a stray bracket.
    """
    stack: list[_Open] = [_Open([[]])]
    for match in _TOKEN.finditer(line):
        slot, bracket, text, stray = match.groups()
        if slot is not None and slot not in slots:
            raise PatternError(f"There is no slot {{{slot}}} in slots.toml: {line!r}.")
        if stray or (bracket in {")", "|"} and len(stack) == 1):
            raise PatternError(f"A bracket lacks its other half: {line!r}.")
        if bracket == "(":
            stack.append(_Open([[]]))
        elif bracket == "|":
            stack[-1].choices.append([])
        elif bracket == ")":
            done = stack.pop().choices
            stack[-1].choices[-1].append(done)
        else:
            stack[-1].choices[-1].append((slot,) if slot is not None else text)
    if len(stack) != 1:
        raise PatternError(f"A bracket lacks its other half: {line!r}.")
    return stack[0].choices[0]


def drawn(line: str, slots: Slots, dice: random.Random) -> str:
    """Draw one of the sentences that a line stands for.

    Raises:
        PatternError: as above, or slots that hold each other.
    """
    return " ".join(_text(parsed(line, slots), slots, dice, 0).split()).replace(" ,", ",")


def richness(nodes: Sequence[Node], slots: Slots) -> int:
    """Give how many texts a line stands for, a slot counted by its values as they stand there."""
    count = 1
    for node in nodes:
        if isinstance(node, tuple):
            count *= len(slots[node[0]])
        elif isinstance(node, list):
            count *= sum(richness(choice, slots) for choice in node)
    return count


def _text(nodes: Sequence[Node], slots: Slots, dice: random.Random, depth: int) -> str:
    if depth > _DEEPEST:
        raise PatternError("Slots hold each other without end.")
    said = []
    for node in nodes:
        if isinstance(node, str):
            said.append(node)
        elif isinstance(node, tuple):
            inner = parsed(dice.choice(slots[node[0]]), slots)
            said.append(_text(inner, slots, dice, depth + 1))
        else:
            said.append(_text(dice.choice(node), slots, dice, depth + 1))
    return "".join(said)
