"""Which birthdays are near (pure)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from storage.records import Birthday, Relative

_LEAP_DAY, _DAY_BEFORE = (2, 29), 28  # in a plain year it is kept the day before (ours)


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody whose birthday comes next on this day."""

    relative: Relative
    day: date

    @property
    def key(self) -> str:
        """Name this birthday of this year."""
        return f"{self.relative.id}:{self.day.isoformat()}"


def near(people: Iterable[Relative], today: date, days: int) -> list[Near]:
    """Give whose birthday is at most so many days ahead, today included, the next first."""
    coming = [
        Near(each, _next(each.birthday, today)) for each in people if each.birthday is not None
    ]
    soon = [each for each in coming if each.day - today <= timedelta(days=days)]
    return sorted(soon, key=lambda each: (each.day, each.relative.id))


def _next(birthday: Birthday, today: date) -> date:
    this_year = _on(birthday, today.year)
    return this_year if this_year >= today else _on(birthday, today.year + 1)


def _on(birthday: Birthday, year: int) -> date:
    try:
        return date(year, birthday.month, birthday.day)
    except ValueError:
        if (birthday.month, birthday.day) != _LEAP_DAY:
            raise
        return date(year, birthday.month, _DAY_BEFORE)
