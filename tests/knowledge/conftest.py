"""The brain is tested over the sample town; see tests/sample_town.py."""

import pytest

from knowledge import amounts
from tests.sample_town import concierge, layout, open_concierge, town

__all__ = ["concierge", "layout", "open_concierge", "town"]


@pytest.fixture(scope="session", autouse=True)
def customs() -> None:
    """Read languages from disk once, as the concierge does when it warms up."""
    amounts.prepare()
