"""A drawing as PNG bytes: the one door to matplotlib.

Figures of their own on the Agg canvas and never pyplot, whose figures are one state for the whole process.
"""

import io
from pathlib import Path

from matplotlib import get_data_path
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.patches import FancyBboxPatch
from matplotlib.text import Text

from handlers.pictures.drawing import Block, Drawing, Upright, Words

_PIXELS_AN_INCH = 72  # so that a point, in which type is measured, is a pixel
_SMALLEST = 0.7  # of the size that was asked for; words that would have to be smaller are cut


def painted(drawing: Drawing) -> bytes:
    """Paint a drawing; 0.1 s. Not for two threads at a time."""
    inches = (drawing.width / _PIXELS_AN_INCH, drawing.height / _PIXELS_AN_INCH)
    figure = Figure(figsize=inches, dpi=_PIXELS_AN_INCH, facecolor=drawing.ground)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0.0, 0.0, 1.0, 1.0))
    axes.set_axis_off()
    axes.set_xlim(0, drawing.width)
    axes.set_ylim(drawing.height, 0)
    for order, shape in enumerate(drawing.shapes):
        _put(axes, shape, order)
    written = io.BytesIO()
    figure.savefig(written, format="png", metadata={"Software": None})
    return written.getvalue()


def _put(axes: Axes, shape: Block | Words | Upright, order: int) -> None:
    if isinstance(shape, Block):
        _put_block(axes, shape, order)
    elif isinstance(shape, Words):
        _put_words(axes, shape, order)
    else:
        axes.plot(
            [shape.x, shape.x],
            [shape.top, shape.bottom],
            color=shape.colour,
            linewidth=3,
            linestyle=(0, (4, 3)),
            zorder=order,
        )


def _put_block(axes: Axes, block: Block, order: int) -> None:
    corner = max(0.0, min(block.corner, block.width / 2, block.height / 2))
    box = FancyBboxPatch(
        (block.x, block.y),
        block.width,
        block.height,
        boxstyle=f"round,pad=0,rounding_size={corner}",
        linewidth=0,
        facecolor=block.colour,
        zorder=order,
    )
    axes.add_patch(box)


def _put_words(axes: Axes, words: Words, order: int) -> None:
    text = axes.text(
        words.x,
        words.y,
        _drawable(words.text),
        color=words.colour,
        fontsize=words.size,
        fontproperties=_font(is_bold=words.bold),
        ha=words.align.value,
        va="center_baseline",
        parse_math=False,  # two prices in a line are no formula
        zorder=order,
    )
    text.set_fontsize(words.size)
    _fit(text, words)


def _fit(text: Text, words: Words) -> None:
    """Set words smaller until they have room, and cut them when that is not enough."""
    width = text.get_window_extent().width
    if width <= words.widest:
        return
    text.set_fontsize(words.size * max(_SMALLEST, words.widest / width))
    whole = text.get_text()
    while len(whole) > 1 and text.get_window_extent().width > words.widest:
        whole = whole[:-1]
        text.set_text(whole.rstrip() + "…")


def _drawable(text: str) -> str:
    """Leave out what the font has no letter for: an emoji or a Chinese name would be drawn as a box."""
    letters = get_font(_font_file(is_bold=False)).get_charmap()
    return "".join(each for each in text if ord(each) in letters).strip()


def _font(*, is_bold: bool) -> FontProperties:
    return FontProperties(fname=_font_file(is_bold=is_bold))


def _font_file(*, is_bold: bool) -> str:
    """Give the font that comes with matplotlib, so that a picture looks the same on every machine."""
    name = "DejaVuSans-Bold.ttf" if is_bold else "DejaVuSans.ttf"
    return str(Path(get_data_path(), "fonts", "ttf", name))
