import asyncio
import struct
from itertools import product

import pytest

from handlers.pictures import bars as of_bars
from handlers.pictures import months as of_months
from handlers.pictures.bars import Bar, Mark, bars
from handlers.pictures.drawing import DARK, LIGHT, Block, Drawing, Look, Upright, Words
from handlers.pictures.months import Month, months

NO_DIFFERENCE = Mark(1.0, "1.0 changes nothing")
CARES = [Bar("Vegan", 2.0, "2.0"), Bar("Local", 1.0, "1.0"), Bar("Fair trade", 0.3, "0.3")]
SPENT = [Month("Oct", (60.0, 0.0), "$60"), Month("Nov", (20.0, 10.0), "$30")]


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


def blocks(drawing: Drawing, colour: str) -> list[Block]:
    return [
        each
        for each in drawing.shapes
        if isinstance(each, Block) and each.colour == colour and each.width > 50
    ]


def said(drawing: Drawing) -> list[str]:
    return [each.text for each in drawing.shapes if isinstance(each, Words)]


def brightness(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a: str, b: str) -> float:
    bright, dim = sorted((brightness(a), brightness(b)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


@pytest.mark.parametrize("is_dark", [False, True])
async def test_bars_and_months_are_painted_in_shapes_that_fit_a_phone(*, is_dark: bool) -> None:
    for png in (
        await bars("What you care about", CARES, NO_DIFFERENCE, most=2.0, is_dark=is_dark),
        await months("What you spent", ["Groceries", "Books"], SPENT, is_dark=is_dark),
    ):
        width, height = size(png)
        assert width == 1080
        assert 1.2 <= width / height <= 2.0


async def test_dark_and_light_are_not_the_same_picture() -> None:
    light = await bars("Cares", CARES, NO_DIFFERENCE, most=2.0)
    assert light != await bars("Cares", CARES, NO_DIFFERENCE, most=2.0, is_dark=True)


async def test_pictures_asked_for_at_once_are_each_what_was_asked() -> None:
    alone = [await bars(name, CARES, NO_DIFFERENCE, most=2.0) for name in ("One", "Two")]
    at_once = await asyncio.gather(
        *(bars(name, CARES, NO_DIFFERENCE, most=2.0) for name in ("One", "Two"))
    )
    assert at_once == alone


@pytest.mark.parametrize("name", ["$3 and $4", "☕🫖", "温かい", "x" * 300, "", "\\frac{1"])
async def test_any_name_a_shop_may_write_is_painted(name: str) -> None:
    assert size(await bars(name, [Bar(name, 1.0, name)], NO_DIFFERENCE, most=2.0))
    assert size(await months(name, [name], [Month(name, (1.0,), name)]))


def test_a_bar_is_as_long_as_its_weight_and_the_mark_stands_where_one_would_end() -> None:
    drawing = of_bars.drawn("Cares", CARES, NO_DIFFERENCE, most=2.0, colours=LIGHT)
    strong, plain = blocks(drawing, LIGHT.bar)
    (weak,) = blocks(drawing, LIGHT.weak_bar)
    (mark,) = [each for each in drawing.shapes if isinstance(each, Upright)]
    assert plain.width == pytest.approx(strong.width / 2)
    assert weak.width == pytest.approx(strong.width * 0.15)
    assert mark.x == pytest.approx(plain.x + plain.width)


def test_every_number_stands_in_words_too() -> None:
    drawing = of_bars.drawn("Cares", CARES, NO_DIFFERENCE, most=2.0, colours=LIGHT)
    assert {"Vegan", "2.0", "0.3", "1.0 changes nothing"} <= set(said(drawing))
    drawing = of_months.drawn("Spent", ["Groceries", "Books"], SPENT, LIGHT)
    assert {"Oct", "$60", "Nov", "$30", "Groceries", "Books"} <= set(said(drawing))


def test_a_column_is_as_high_as_what_was_spent() -> None:
    drawing = of_months.drawn("Spent", ["Groceries", "Books"], SPENT, LIGHT)
    high, low = blocks(drawing, LIGHT.parts[0])
    (books,) = blocks(drawing, LIGHT.parts[1])
    gap = of_months._GAP
    assert low.height + gap == pytest.approx((high.height + gap) / 3)
    assert books.height + gap == pytest.approx((high.height + gap) / 6)


def test_months_without_a_purchase_are_drawn_empty() -> None:
    drawing = of_months.drawn("Spent", [], [Month("Oct", (), "$0")], LIGHT)
    assert "$0" in said(drawing)


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_words_and_what_is_filled_stand_out_from_the_ground(look: Look) -> None:
    for ink in (look.ink, look.soft_ink):
        assert contrast(ink, look.ground) >= 4.5
    for colour in (look.bar, look.weak_bar, look.rest, *look.parts):
        assert contrast(colour, look.ground) >= 3.0


@pytest.mark.parametrize("look", [LIGHT, DARK])
def test_no_two_parts_look_alike(look: Look) -> None:
    for one, other in product((*look.parts, look.rest), repeat=2):
        assert one == other or sum(
            abs(int(one[at : at + 2], 16) - int(other[at : at + 2], 16)) for at in (1, 3, 5)
        ) >= 60  # fmt: skip
