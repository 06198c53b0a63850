"""When something is wanted (pure). How people say it, knowledge/constraints/moments.py reads."""

from dataclasses import dataclass, replace
from datetime import date, time


@dataclass(frozen=True, slots=True)
class When:
    """When it is wanted, on the store's clock; None = not said.

    `minutes` is how long it may take from now, `in_minutes` after how long it is wanted. `days_ahead` 0 = today, 1 =
    tomorrow; of `weekdays`, 0 = Monday, and of `dates` the first to come is meant; the hours are of that day.
    """

    minutes: int | None = None
    days_ahead: int | None = None
    after: time | None = None
    before: time | None = None
    weekdays: tuple[int, ...] = ()
    in_minutes: int | None = None
    dates: tuple[date, ...] = ()

    @property
    def names_time(self) -> bool:
        """Tell whether it is another time than as soon as possible."""
        return self.names_day or self.after is not None

    @property
    def names_day(self) -> bool:
        """Tell whether it says more than an hour."""
        is_day = self.days_ahead is not None or bool(self.weekdays or self.dates)
        return is_day or self.in_minutes is not None

    def then(self, later: "When") -> "When":
        """Give what a later message makes of it: "after six" is said of the day that was named before."""
        if later.names_day or (later.after, later.before) == (None, None):
            return later
        return replace(later, days_ahead=self.days_ahead, weekdays=self.weekdays, dates=self.dates)
