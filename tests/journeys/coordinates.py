"""A search for places that somebody told, in whatever form a program may have written them down.

Decimal at four places (11 m) and more, rounded or cut off, with a point or a comma; whole numbers of ten-thousandths of
a degree and smaller; floating point of both sizes and in both byte orders.
"""

import re
import struct
from collections.abc import Iterable, Iterator, Mapping
from math import floor

Place = tuple[float, float]

_DIGITS = range(4, 8)


def texts_of(degrees: float) -> set[str]:
    """Give the decimal forms, without a sign; a shorter one is the beginning of the longer ones that are cut off."""
    size, forms = abs(degrees), set[str]()
    for digits in _DIGITS:
        cut = floor(size * 10**digits) / 10**digits
        for value in (size, cut):
            forms |= {f"{value:.{digits}f}", f"{value:.{digits}f}".replace(".", ",")}
    return {form for form in forms if not any(form != each and form.startswith(each) for each in forms)}  # fmt: skip


def whole_numbers_of(degrees: float) -> set[str]:
    """Give the forms as whole numbers of 1e-5 to 1e-7 degrees; one more place is the beginning of the next."""
    return {str(floor(abs(degrees) * 10**digits)) for digits in (5, 6, 7)}


def bytes_of(place: Place) -> set[bytes]:
    """Give the binary forms: each coordinate as a double, and both together as floats, which are too short alone."""
    latitude, longitude = place
    doubles = {struct.pack(f"{order}d", each) for order in "<>" for each in place}
    pairs = ((latitude, longitude), (longitude, latitude))
    return doubles | {struct.pack(f"{order}ff", *pair) for order in "<>" for pair in pairs}


def found_in(contents: Mapping[str, bytes], places: Iterable[Place]) -> list[str]:
    """Name what gives one of these places away, with the form."""
    known = list(places)
    wanted = _pattern(known)
    found = []
    for name, content in contents.items():
        found += [f"{name}: {match[0].decode()}" for match in wanted.finditer(content)]
        found += [
            f"{name}: {form.hex()}"
            for place in known
            for form in bytes_of(place)
            if form in content
        ]
    return found


def _pattern(places: Iterable[Place]) -> re.Pattern[bytes]:
    """Give what finds any of the texts; not the seconds of a time, nor the middle of another number."""
    forms = sorted(_texts(places))
    return re.compile(rb"(?<![\d:.,])(?:" + b"|".join(map(re.escape, forms)) + rb")")


def _texts(places: Iterable[Place]) -> Iterator[bytes]:
    for place in places:
        for degrees in place:
            for form in texts_of(degrees) | whole_numbers_of(degrees):
                yield form.encode()
