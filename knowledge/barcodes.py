"""Codes in pictures: a QR code to show, and whatever codes stand in a photo. The one door to zxing-cpp and Pillow.

A photo is a stranger's file: it may be damaged on purpose, or small in bytes and huge in pixels. What cannot be read is a
photo without a code. Reading takes a while, so it belongs off the event loop.
"""

import io
import struct

import numpy as np
import zxingcpp
from numpy.typing import NDArray
from PIL import Image

# Ours: a phone's photo has 12 megapixels and up to 4 MB; Telegram's own are smaller by far.
MAX_BYTES = 5_000_000
MAX_PIXELS = 25_000_000
_READ_SIDE = (
    1_600  # pixels of the longer side; a code that fills a tenth of the photo is still read
)
_MOST_CODES = 5
_LONGEST_CODE = 300  # characters; a QR code may hold 4,296
_QR_SIDE = 640  # pixels at least: sharp on a phone, and no smaller than Telegram shows it
# Goods carry EAN, UPC and their short forms; coupons and orders QR or Code 128.
_FORMATS = zxingcpp.BarcodeFormats(
    [
        zxingcpp.BarcodeFormat.EANUPC,
        zxingcpp.BarcodeFormat.QRCode,
        zxingcpp.BarcodeFormat.Code128,
    ]
)
_KINDS_OF_PICTURE = (
    "JPEG",
    "PNG",
    "WEBP",
)  # each further decoder of Pillow's is one more to attack
_UNREADABLE = (
    OSError,  # UnidentifiedImageError and truncated files are among these
    ValueError,
    SyntaxError,  # a PNG whose parts do not fit together
    IndexError,
    KeyError,
    TypeError,
    OverflowError,
    MemoryError,
    struct.error,
    Image.DecompressionBombError,
    Image.DecompressionBombWarning,
)


def qr_png(text: str) -> bytes:
    """Give a QR code of a text as PNG, black on white with the quiet zone it needs, readable with 15 % of it damaged.

    Raises:
        ValueError: the text is empty or longer than a code can hold, about 2,300 bytes.
    """
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    modules = np.asarray(code.to_image(scale=1))
    larger = -(-_QR_SIDE // modules.shape[0])
    written = io.BytesIO()
    pixels = np.kron(modules, np.ones((larger, larger), dtype=np.uint8))
    Image.fromarray(pixels).save(written, format="PNG", optimize=True)
    return written.getvalue()


def read_codes(picture: bytes) -> list[str]:
    """Give what the codes of a JPEG, PNG or WebP say, at most five, each once; 0.1 s, 1 s where there is much to look at.

    The number of an article comes with 13 digits, also from UPC, but 8 from EAN-8. Empty when there is no code, and for
    what is no picture, damaged, or larger than `MAX_BYTES` or `MAX_PIXELS`.
    """
    if len(picture) > MAX_BYTES:
        return []
    try:
        grey = _grey(picture)
    except _UNREADABLE:
        return []
    if grey is None:
        return []
    found = zxingcpp.read_barcodes(grey, formats=_FORMATS, text_mode=zxingcpp.TextMode.Plain)
    texts = [each.text for each in found if each.text and len(each.text) <= _LONGEST_CODE]
    return list(dict.fromkeys(texts))[:_MOST_CODES]


def _grey(picture: bytes) -> NDArray[np.uint8] | None:
    """Decode a picture in grey, no larger than is looked at; None when it is too large to be decoded."""
    with Image.open(io.BytesIO(picture), formats=_KINDS_OF_PICTURE) as image:
        if image.width * image.height > MAX_PIXELS:
            return None
        image.draft("L", (_READ_SIDE, _READ_SIDE))  # a JPEG is then decoded no finer than needed
        grey = image.convert("L")
        grey.thumbnail((_READ_SIDE, _READ_SIDE))
        return np.asarray(grey, dtype=np.uint8)
