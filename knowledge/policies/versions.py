"""Versions of policies: which day each holds to (pure)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from itertools import groupby, pairwise

from storage.records import Policy


def ended(policies: Iterable[Policy]) -> list[Policy]:
    """Give all versions with their true last days: the day before the next one begins, if not earlier."""
    ordered = sorted(policies, key=lambda each: (each.id, each.valid_from))
    return [
        version
        for _, group in groupby(ordered, lambda each: each.id)
        for version in _ended(list(group))
    ]


def _ended(versions: list[Policy]) -> Iterable[Policy]:
    for version, following in pairwise(versions):
        last = following.valid_from - timedelta(days=1)
        yield replace(
            version, valid_to=last if version.valid_to is None else min(version.valid_to, last)
        )
    yield versions[-1]
