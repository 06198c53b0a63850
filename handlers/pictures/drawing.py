"""What a picture is made of, in pixels from its upper left corner, and its colours (pure). Nothing of it draws."""

from dataclasses import dataclass
from enum import StrEnum

# A phone shows a photo about 330 points wide and three pixels to the point: words of 36 pixels are read like the chat's.
WIDTH = 1_080
MARGIN = 48
TITLE = 46
WORDS = 36


class Align(StrEnum):
    """Which end of the words stands at their place."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


@dataclass(frozen=True, slots=True)
class Block:
    """A filled rectangle, its corners rounded by `corner` pixels."""

    x: float
    y: float
    width: float
    height: float
    colour: str
    corner: float = 0.0


@dataclass(frozen=True, slots=True)
class Words:
    """A line of words, its middle at height `y`; whatever is wider than `widest` pixels is set smaller, then cut."""

    x: float
    y: float
    text: str
    size: float
    colour: str
    widest: float
    align: Align = Align.LEFT
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Upright:
    """A dashed line from top to bottom."""

    x: float
    top: float
    bottom: float
    colour: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole picture; later shapes lie on earlier ones."""

    width: int
    height: int
    ground: str
    shapes: tuple[Block | Words | Upright, ...]


@dataclass(frozen=True, slots=True)
class Look:
    """The colours of a picture, as #rrggbb.

    Words stand out from the ground by 4.5 : 1 or more and what is filled by 3 : 1, as WCAG 2.2 asks (1.4.3 and 1.4.11);
    `parts` differ for the colour-blind too (blue, orange, green, purple, brown), `rest` is what has no colour of its own.
    """

    ground: str
    ink: str
    soft_ink: str
    faint: str
    bar: str
    weak_bar: str
    parts: tuple[str, ...]
    rest: str


LIGHT = Look(
    ground="#ffffff",
    ink="#17212b",
    soft_ink="#55626f",
    faint="#dfe5ea",
    bar="#1f6fb5",
    weak_bar="#7890a6",
    parts=("#1f6fb5", "#c75b12", "#1b8a5a", "#8a4fa8", "#8d6b1f"),
    rest="#7b8894",
)
DARK = Look(
    ground="#17212b",
    ink="#f2f6f9",
    soft_ink="#a9b8c6",
    faint="#2f3f4e",
    bar="#5cb0ee",
    weak_bar="#7d92a6",
    parts=("#5cb0ee", "#f2994a", "#4fc48f", "#c594dd", "#d9bf5f"),
    rest="#93a1ae",
)


def look(*, is_dark: bool) -> Look:
    """Give the colours for a dark or a light chat."""
    return DARK if is_dark else LIGHT
