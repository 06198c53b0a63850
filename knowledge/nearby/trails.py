"""The last fixes of a share in a few bytes each: most shares are far from every store, and there are many (pure).

A `Fix` with its date and numbers takes some 190 bytes, packed it takes 32.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from math import isnan, nan
from struct import Struct

from knowledge.nearby.places import Fix

_PACKED = Struct(
    "<4d"
)  # degrees north, degrees east, accuracy in m (NaN: not told), seconds since 1970


def pack(fixes: Iterable[Fix]) -> bytes:
    """Give fixes of a live share as bytes, in their order."""
    return b"".join(
        _PACKED.pack(
            fix.latitude,
            fix.longitude,
            nan if fix.accuracy_m is None else fix.accuracy_m,
            fix.seen_at.timestamp(),
        )
        for fix in fixes
    )


def unpack(trail: bytes) -> tuple[Fix, ...]:
    """Give back the fixes; times are exact to the microsecond."""
    return tuple(_fix(*numbers) for numbers in _PACKED.iter_unpack(trail))


def since(trail: bytes | tuple[Fix, ...], limit_at: datetime) -> bytes | tuple[Fix, ...]:
    """Give a trail, packed or not, without what was seen before `limit_at`."""
    if isinstance(trail, tuple):
        return tuple(fix for fix in trail if fix.seen_at >= limit_at)
    limit_s = limit_at.timestamp()
    while trail and _PACKED.unpack_from(trail)[3] < limit_s:
        trail = trail[_PACKED.size :]
    return trail


def _fix(latitude: float, longitude: float, accuracy_m: float, seen_s: float) -> Fix:
    return Fix(
        latitude=latitude,
        longitude=longitude,
        accuracy_m=None if isnan(accuracy_m) else accuracy_m,
        seen_at=datetime.fromtimestamp(seen_s, UTC),
        is_live=True,
    )
