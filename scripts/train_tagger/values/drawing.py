"""How values are drawn: from seeded dice, by weights, by patterns, and from the lists of words.toml."""

import random
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec

_FILE = Path(__file__).with_name("words.toml")
_DIGIT, _LETTER = "#", "?"
_LETTERS = "ABCDEFGHJKLMNPRSTUVWXYZ"  # no I, O or Q: few registers use them


def seeded(seed: int) -> random.Random:
    """Give dice that always fall the same way."""
    return random.Random(seed)  # noqa: S311 - sample data, nothing secret


def draw(dice: random.Random, name: str) -> str:
    """Draw one entry of the list `name` of words.toml.

    Raises:
        KeyError: there is no such list.
    """
    return dice.choice(_lists()[name])


def weighted(dice: random.Random, weights: Mapping[str, int]) -> str:
    """Draw one key; one of weight 2 comes twice as often as one of weight 1."""
    return dice.choices(list(weights), list(weights.values()))[0]


def filled(dice: random.Random, pattern: str) -> str:
    """Put a digit for every # and a capital letter for every ? of a pattern."""
    return "".join(_character(dice, mark) for mark in pattern)


def _character(dice: random.Random, mark: str) -> str:
    if mark == _DIGIT:
        return str(dice.randint(0, 9))
    return dice.choice(_LETTERS) if mark == _LETTER else mark


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    content = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return msgspec.convert(content, dict[str, tuple[str, ...]])
