"""Which birthdays are near."""

from datetime import date

import pytest

from knowledge.birthdays import near
from storage.records import Birthday
from tests.builders import relative


@pytest.mark.parametrize(
    ("birthday", "today", "day"),
    [
        (Birthday(5, 12), date(2026, 5, 12), date(2026, 5, 12)),
        (Birthday(5, 12), date(2026, 5, 5), date(2026, 5, 12)),
        (Birthday(5, 12), date(2026, 5, 4), None),
        (Birthday(5, 12), date(2026, 5, 13), None),
        (Birthday(1, 3), date(2026, 12, 28), date(2027, 1, 3)),
        (Birthday(2, 29), date(2027, 2, 25), date(2027, 2, 28)),
        (Birthday(2, 29), date(2028, 2, 25), date(2028, 2, 29)),
        (Birthday(2, 29), date(2027, 3, 1), None),
    ],
)
def test_birthday_is_near_for_a_week_and_on_the_day(
    birthday: Birthday, today: date, day: date | None
) -> None:
    found = near([relative(birthday=birthday)], today, 7)
    assert [each.day for each in found] == ([] if day is None else [day])


def test_next_one_comes_first_and_who_told_none_is_left_out() -> None:
    people = [
        relative("later", id=1, birthday=Birthday(5, 12)),
        relative("nobody", id=2, birthday=None),
        relative("sooner", id=3, birthday=Birthday(5, 10)),
    ]
    found = near(people, date(2026, 5, 8), 7)
    assert [each.relative.nickname for each in found] == ["sooner", "later"]
    assert found[0].key == "3:2026-05-10"
