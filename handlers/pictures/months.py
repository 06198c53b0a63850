"""What was spent month by month, each month a column of what it went to."""

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

_HEIGHT = 810  # 4 : 3
_TITLE_AT = 70
_TOP = 190
_MONTHS_AT = 44  # below the columns
_LEGEND_ROW = 56
_A_LEGEND_ROW = 2
_MOST_COLUMN = 0.62  # of the width there is for a month
_WIDEST_COLUMN = 150
_GAP = 4  # between two parts of a column, so that they are told apart without colour
_SQUARE = 30


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its name, what was spent on each part, in the order of the parts, and all of it as people write it."""

    label: str
    spent: tuple[float, ...]
    told: str


async def months(
    title: str, parts: Sequence[str], columns: Sequence[Month], *, is_dark: bool = False
) -> bytes:
    """Give a PNG with a column for each month, oldest first.

    `parts` names what it went to, the largest first; from the sixth on they share a colour, so give at most six.
    """
    return await png(drawn(title, parts, columns, look(is_dark=is_dark)))


def drawn(title: str, parts: Sequence[str], columns: Sequence[Month], colours: Look) -> Drawing:
    """Lay the columns out, and what their colours mean below them."""
    legend_rows = -(-len(parts) // _A_LEGEND_ROW)
    bottom = _HEIGHT - MARGIN - legend_rows * _LEGEND_ROW - 2 * _MONTHS_AT
    most = max([sum(each.spent) for each in columns], default=0.0) or 1.0
    shapes: list[Block | Words | Upright] = [
        Words(MARGIN, _TITLE_AT, title, TITLE, colours.ink, WIDTH - 2 * MARGIN, bold=True),
        Block(MARGIN, bottom, WIDTH - 2 * MARGIN, 3, colours.soft_ink),
    ]
    room = (WIDTH - 2 * MARGIN) / max(1, len(columns))
    for place, month in enumerate(columns):
        middle = MARGIN + room * (place + 0.5)
        shapes += _column(month, (middle, room), (bottom, (bottom - _TOP) / most), colours)
    legend_at = _HEIGHT - MARGIN - legend_rows * _LEGEND_ROW + _LEGEND_ROW / 2
    return Drawing(WIDTH, _HEIGHT, colours.ground, (*shapes, *_legend(parts, legend_at, colours)))


def _column(
    month: Month, place: tuple[float, float], scale: tuple[float, float], colours: Look
) -> list[Block | Words]:
    """Stack a month's parts at its place (middle, room) by its scale (where zero is, pixels a unit)."""
    (middle, room), (bottom, pixels) = place, scale
    width = min(room * _MOST_COLUMN, _WIDEST_COLUMN)
    shapes: list[Block | Words] = []
    top = bottom
    for part, spent in enumerate(month.spent):
        if spent <= 0:
            continue
        height = spent * pixels
        top -= height
        colour = _colour(part, colours)
        shapes.append(
            Block(middle - width / 2, top, width, max(2.0, height - _GAP), colour, corner=5)
        )
    shapes += [
        Words(middle, top - 30, month.told, WORDS - 2, colours.ink, room - 8, Align.CENTER, bold=True),
        Words(middle, bottom + _MONTHS_AT, month.label, WORDS, colours.soft_ink, room - 8, Align.CENTER),
    ]  # fmt: skip
    return shapes


def _legend(parts: Sequence[str], top: float, colours: Look) -> list[Block | Words]:
    room = (WIDTH - 2 * MARGIN) / _A_LEGEND_ROW
    shapes: list[Block | Words] = []
    for number, name in enumerate(parts):
        x = MARGIN + room * (number % _A_LEGEND_ROW)
        y = top + _LEGEND_ROW * (number // _A_LEGEND_ROW)
        colour = _colour(number, colours)
        words_at = x + _SQUARE + 14
        shapes += [
            Block(x, y - _SQUARE / 2, _SQUARE, _SQUARE, colour, corner=5),
            Words(words_at, y, name, WORDS - 2, colours.ink, room - _SQUARE - 28),
        ]
    return shapes


def _colour(part: int, colours: Look) -> str:
    return colours.parts[part] if part < len(colours.parts) else colours.rest
