import io
import random
import struct
import zlib

import numpy as np
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from knowledge import barcodes
from knowledge.barcodes import MAX_BYTES, qr_png, read_codes

ARTICLE = "2000000000169"


def printed(text: str, kind: zxingcpp.BarcodeFormat = zxingcpp.BarcodeFormat.EAN13) -> Image.Image:
    return Image.fromarray(np.asarray(zxingcpp.create_barcode(text, kind).to_image(scale=3)))


def encoded(image: Image.Image, kind: str = "JPEG") -> bytes:
    written = io.BytesIO()
    image.save(written, format=kind)
    return written.getvalue()


def photo_of(label: Image.Image, *, turned: float = 0.0) -> Image.Image:
    """A label in the middle of a grey table, a little turned and out of focus."""
    table = Image.new("L", (1280, 960), 130)
    leaning = label.convert("L").rotate(turned, expand=True, fillcolor=130)
    table.paste(leaning, ((1280 - leaning.width) // 2, (960 - leaning.height) // 2))
    return table.filter(ImageFilter.GaussianBlur(0.6))


@pytest.mark.parametrize(
    "text", ["K7-2291", "https://t.me/shop_bot?start=o_K7-2291", "ñandú ☕", "x" * 200]
)
def test_a_qr_code_reads_back_as_what_it_was_made_of(text: str) -> None:
    png = qr_png(text)
    assert read_codes(png) == [text]
    assert Image.open(io.BytesIO(png)).width >= 640


@pytest.mark.parametrize("text", ["", "x" * 5000])
def test_a_text_that_no_code_holds_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        qr_png(text)


@pytest.mark.parametrize("turned", [0, 7, 90, 180, 265])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_an_article_is_read_however_the_phone_was_held(turned: float, kind: str) -> None:
    assert read_codes(encoded(photo_of(printed(ARTICLE), turned=turned), kind)) == [ARTICLE]


@pytest.mark.parametrize(
    ("text", "kind", "read"),
    [
        ("012345678905", zxingcpp.BarcodeFormat.UPCA, "0012345678905"),
        ("01234565", zxingcpp.BarcodeFormat.UPCE, "0012345000065"),
        ("96385074", zxingcpp.BarcodeFormat.EAN8, "96385074"),
        ("WARM15", zxingcpp.BarcodeFormat.Code128, "WARM15"),
    ],
)
def test_the_forms_of_codes_on_goods_and_coupons(
    text: str, kind: zxingcpp.BarcodeFormat, read: str
) -> None:
    assert read_codes(encoded(photo_of(printed(text, kind)))) == [read]


def test_two_codes_in_one_photo_are_both_read_and_each_once() -> None:
    table = Image.new("L", (1280, 960), 255)
    for place in ((50, 50), (50, 600)):
        table.paste(printed(ARTICLE), place)
    table.paste(printed("2000000000176"), (700, 300))
    assert sorted(read_codes(encoded(table))) == [ARTICLE, "2000000000176"]


def test_a_large_photo_is_made_smaller_and_still_read() -> None:
    label = printed(ARTICLE)
    table = Image.new("L", (4000, 3000), 130)
    table.paste(label.resize((label.width * 3, label.height * 3)), (1200, 1200))
    assert read_codes(encoded(table)) == [ARTICLE]


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def claiming(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is this large."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return (
        b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    "hostile",
    [
        b"",
        b"not a picture",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff",
        b"GIF89a" + bytes(50),
        b"RIFF\x10\x00\x00\x00WEBPVP8 " + bytes(20),
        claiming(100, 100),
        claiming(60_000, 60_000),
        claiming(9_000, 9_900),
        claiming(10_000, 10_000),
        bytes(MAX_BYTES + 1),
    ],
)
def test_a_hostile_file_is_a_photo_without_a_code(hostile: bytes) -> None:
    assert read_codes(hostile) == []


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_no_damage_to_a_photo_makes_reading_fail(kind: str) -> None:
    whole = encoded(photo_of(printed(ARTICLE)).resize((320, 240)), kind)
    dice = random.Random(7)  # noqa: S311  # damage, not a secret
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(dice.randint(1, 20)):
            damaged[dice.randrange(len(damaged))] = dice.randrange(256)
        cut = damaged[: dice.randrange(len(damaged))] if dice.random() < 0.3 else damaged
        assert read_codes(bytes(cut)) in ([], [ARTICLE])


def test_a_code_longer_than_any_of_ours_is_passed_over() -> None:
    assert read_codes(qr_png("x" * (barcodes._LONGEST_CODE + 1))) == []
