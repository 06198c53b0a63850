"""Distances and speeds as bands (pure): what is stored must not tell where somebody was, or how they got there."""

from storage.records import Pace

_BANDS_M = (50, 150, 500, 1_000, 2_500)
_STANDING_M_PER_S = 0.5  # a phone at rest seems to move that fast (ours)
_DRIVING_M_PER_S = 7.0  # as the fence has it


def distance_band_m(distance_m: float | None) -> int | None:
    """Give the upper end of the band a distance lies in, the last band for all beyond; None stays None."""
    if distance_m is None:
        return None
    return next((band for band in _BANDS_M if distance_m <= band), _BANDS_M[-1])


def fence_band_m(radius_m: float) -> int:
    """Give the band for anybody inside a fence of that radius: 150 m or more.

    It is the fence's, not the shopper's: "at most 50 m from the door" would be a place known to better than 100 m,
    and rings around several doors would cut each other into one. So nothing is kept, and nothing is decided by, but
    that somebody was inside.
    """
    return next((band for band in _BANDS_M[1:] if radius_m <= band), _BANDS_M[-1])


def pace_of(speed_m_per_s: float | None, fastest_m_per_s: float) -> Pace:
    """Give the band of a speed; up to `fastest_m_per_s` it is a walk."""
    if speed_m_per_s is None:
        return Pace.UNKNOWN
    if speed_m_per_s <= fastest_m_per_s:
        return Pace.STANDING if speed_m_per_s <= _STANDING_M_PER_S else Pace.WALKING
    return Pace.FASTER if speed_m_per_s <= _DRIVING_M_PER_S else Pace.DRIVING
