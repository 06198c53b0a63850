"""What a shopper buys again and again: how much of it lately, every how many days, and whether it is due (pure).

A trip is all that was bought at one time. Ages are in days before "now". It does not know what a thing is: a product, a
category, or a number in somebody's file.
"""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

# A season: of 60, 90 and 150 days no half-life is best everywhere (ours; see scripts/bench/LOG.md).
HALF_LIFE_DAYS = 90.0
_RHYTHM_FROM = 3  # trips: two tell of one interval only, which may be chance (ours)
_DAY_S = 86_400.0
Thing = TypeVar("Thing", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Habit:
    """One thing bought on `times` trips, the last `last_days` ago.

    `recent` is those trips with each halved for every half-life since. `every_days` is the usual time between two of
    them, None as long as there is no telling.
    """

    times: int
    recent: float
    every_days: float | None
    last_days: float

    @property
    def due(self) -> float:
        """Give 0-1, how well today fits the rhythm: 1 when the usual time has just passed; 0 without a rhythm."""
        if self.every_days is None:
            return 0.0
        return timeliness(self.last_days, self.every_days)


@dataclass(slots=True)
class Tally(Generic[Thing]):
    """What was bought on a row of trips, in columns: `places` says where in each of them a thing stands.

    `lines` are the places of all that was bought, trip by trip.
    """

    places: dict[Thing, int] = field(default_factory=dict)
    times: list[int] = field(default_factory=list)
    first_days: list[float] = field(default_factory=list)
    last_days: list[float] = field(default_factory=list)
    recent: list[float] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)

    def habits(self) -> dict[Thing, Habit]:
        """Give the habit of each thing."""
        return {thing: self._habit(place) for thing, place in self.places.items()}

    def _habit(self, place: int) -> Habit:
        times, last_days = self.times[place], self.last_days[place]
        span_days = self.first_days[place] - last_days
        every_days = span_days / (times - 1) if times >= _RHYTHM_FROM and span_days else None
        return Habit(times, self.recent[place], every_days, last_days)


def tallied(trips: Iterable[tuple[float, Iterable[Thing]]]) -> Tally[Thing]:
    """Count what was bought on trips, oldest first; each gives its age in days and its things, each of them once."""
    tally: Tally[Thing] = Tally()
    places, times, last_days, recent = tally.places, tally.times, tally.last_days, tally.recent
    for age_days, things in trips:
        weight = 0.5 ** (age_days / HALF_LIFE_DAYS)
        for thing in things:
            place = places.get(thing)
            if place is None:
                place = places[thing] = len(places)
                times.append(1)
                tally.first_days.append(age_days)
                last_days.append(age_days)
                recent.append(weight)
            else:
                times[place] += 1
                last_days[place] = age_days
                recent[place] += weight
            tally.lines.append(place)
    return tally


def timeliness(elapsed_days: float, every_days: float) -> float:
    """Give 0-1, how near the time since the last is to the usual one, as much below for half of it as for twice."""
    return 2 * elapsed_days * every_days / (elapsed_days**2 + every_days**2)


def habits_of(bought: Iterable[tuple[Thing, datetime]], now: datetime) -> Mapping[Thing, Habit]:
    """Give the habits of a shopper at `now` from what they bought when, in any order; one day is one trip."""
    trips: dict[float, set[Thing]] = {}
    for thing, bought_at in bought:
        age_days = max((now - bought_at).total_seconds() / _DAY_S, 0.0)
        trips.setdefault(float(int(age_days)), set()).add(thing)
    return tallied(sorted(trips.items(), key=lambda trip: -trip[0])).habits()


def usual_days_between(moments: Iterable[datetime], now: datetime) -> float | None:
    """Give the usual days between purchases of one kind; None without a rhythm."""
    habits = habits_of([("it", bought_at) for bought_at in moments], now)
    return habits["it"].every_days if habits else None
