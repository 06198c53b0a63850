from dataclasses import replace
from datetime import date

from knowledge.policies.versions import ended
from storage.records import Policy

OLD = Policy("returns", "Returns", "14 days.", date(2025, 9, 1))
NEW = Policy("returns", "Returns", "30 days.", date(2026, 3, 1))
OTHER = Policy("delivery", "Delivery", "3 miles.", date(2025, 9, 1))


def test_version_ends_the_day_before_the_next_begins() -> None:
    assert ended([NEW, OLD, OTHER]) == [OTHER, replace(OLD, valid_to=date(2026, 2, 28)), NEW]


def test_version_that_was_withdrawn_earlier_stays_so() -> None:
    withdrawn = replace(OLD, valid_to=date(2025, 12, 31))
    assert ended([withdrawn, NEW]) == [withdrawn, NEW]


def test_end_of_the_last_version_is_its_own() -> None:
    last = replace(NEW, valid_to=date(2026, 12, 31))
    assert ended([last]) == [last]
    assert ended([]) == []
