"""Which regions a shopper's numbers are read in."""

import pytest

from knowledge.privacy.regions import regions_of


@pytest.mark.parametrize(
    ("language_code", "time_zone", "regions"),
    [
        ("pt-BR", "Europe/Berlin", ("BR", "DE")),
        ("de", "America/New_York", ("DE", "US")),
        ("en", None, ("US",)),
        ("sr-Latn-RS", "Europe/Belgrade", ("RS",)),
        ("zh_hans", None, ("CN",)),
        ("xx", "UTC", ()),
        (None, "Nowhere/Else", ()),
    ],
)
def test_likeliest_region_comes_first(language_code, time_zone, regions):
    assert regions_of(language_code, time_zone) == regions
