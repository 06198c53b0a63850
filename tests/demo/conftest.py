"""The sample shop, laid out once for all tests that only look at it."""

from datetime import date

import pytest

from scripts.demo.sample_shop import SampleShop, sample_shop

TODAY = date(2026, 11, 21)


@pytest.fixture(scope="session")
def today() -> date:
    return TODAY


@pytest.fixture(scope="session")
def shop() -> SampleShop:
    return sample_shop(TODAY)
