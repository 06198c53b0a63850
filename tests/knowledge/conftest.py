"""The brain is tested over the sample town; see tests/sample_town.py."""

from tests.sample_town import concierge, layout, open_concierge, town

__all__ = ["concierge", "layout", "open_concierge", "town"]
