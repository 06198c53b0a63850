"""Some of the slow tests are played in the sample town; see tests/sample_town.py."""

from tests.sample_town import layout, town

__all__ = ["layout", "town"]
