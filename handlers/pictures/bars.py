"""How much each of several things weighs, as bars from zero, with the weight that changes nothing marked."""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers.pictures.drawing import (
    MARGIN,
    TITLE,
    WIDTH,
    WORDS,
    Align,
    Block,
    Drawing,
    Look,
    Upright,
    Words,
    look,
)
from handlers.pictures.printing import png

_ABOVE = 130  # the title
_BELOW = 84  # what the mark says
_ROW = 86
_LEAST_HEIGHT = 540  # half as high as wide: one or two bars need no more
_LABELS = 370
_BAR = 44
_VALUES = 120
_GAP = 18


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, how long it is, from 0 up, and that number as people write it."""

    label: str
    value: float
    told: str


@dataclass(frozen=True, slots=True)
class Mark:
    """The length that is marked, and what it means in a few words."""

    value: float
    told: str


async def bars(
    title: str, rows: Sequence[Bar], mark: Mark, *, most: float, is_dark: bool = False
) -> bytes:
    """Give a PNG with a bar for each row, from top to bottom; `most` is the value of the longest there can be."""
    return await png(drawn(title, rows, mark, most=most, colours=look(is_dark=is_dark)))


def drawn(title: str, rows: Sequence[Bar], mark: Mark, *, most: float, colours: Look) -> Drawing:
    """Lay the bars out."""
    height = max(_LEAST_HEIGHT, _ABOVE + _ROW * len(rows) + _BELOW)
    row = (height - _ABOVE - _BELOW) / max(1, len(rows))
    left, longest = MARGIN + _LABELS + _GAP, WIDTH - 2 * MARGIN - _LABELS - _GAP - _VALUES
    marked_at = left + longest * mark.value / most
    shapes: list[Block | Words | Upright] = [_title(title, colours)]
    for place, each in enumerate(rows):
        middle = _ABOVE + row * (place + 0.5)
        length = longest * min(max(each.value, 0.0), most) / most
        colour = colours.bar if each.value >= mark.value else colours.weak_bar
        shapes += [
            Words(MARGIN, middle, each.label, WORDS, colours.ink, _LABELS),
            Block(left, middle - _BAR / 2, longest, _BAR, colours.faint, corner=8),
            Block(left, middle - _BAR / 2, length, _BAR, colour, corner=8),
            Words(
                WIDTH - MARGIN,
                middle,
                each.told,
                WORDS,
                colours.ink,
                _VALUES,
                Align.RIGHT,
                bold=True,
            ),
        ]
    bottom = height - _BELOW
    shapes += [
        Upright(marked_at, _ABOVE, bottom, colours.ink),
        Words(
            marked_at, bottom + _BELOW / 2 - 6, mark.told, WORDS - 4, colours.soft_ink,
            2 * (WIDTH - MARGIN - marked_at), Align.CENTER,
        ),
    ]  # fmt: skip
    return Drawing(WIDTH, height, colours.ground, tuple(shapes))


def _title(title: str, colours: Look) -> Words:
    return Words(MARGIN, _ABOVE / 2 + 4, title, TITLE, colours.ink, WIDTH - 2 * MARGIN, bold=True)
