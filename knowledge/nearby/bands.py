"""Distances as bands (pure): what is stored must not tell where somebody was."""

_BANDS_M = (50, 150, 500, 1_000, 2_500)


def distance_band_m(distance_m: float | None) -> int | None:
    """Give the upper end of the band a distance lies in, the last band for all beyond; None stays None."""
    if distance_m is None:
        return None
    return next((band for band in _BANDS_M if distance_m <= band), _BANDS_M[-1])
