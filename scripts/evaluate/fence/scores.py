"""How good events are against the truth.

A visit of two minutes or more is caught when a dwell is said at most 45 s before and 60 s after its two minutes are
over; where fixes come 30 s or further apart, one interval later still. Health services have no visits to catch. An event is false when the user was at no time
within 60 s of it closer than 60 m to the store's circle (an exit: when they never were outside), and repeated when there are more
of its kind than true comings.

What happens while a recording pauses is held against nobody: a dwell that is due then may be said until it is known again
where the user is. `comings` are visits with those at the edge put together, between which nobody was further than 60 m
outside: steps over the line that only a drift may have made.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.discretion import is_health_service
from scripts.evaluate.fence.events import NUDGE, Event
from scripts.evaluate.fence.tables import seconds
from scripts.evaluate.fence.truth import GRACE_S, SLACK_M, Floats, Stay, Track
from scripts.evaluate.reporting import Figures, percentile, rounded
from storage.records import Store

DWELL_S = 120.0
EARLY_S, LATE_S = 45.0, 60.0
SPARSE_S = 30.0  # from here on, a dwell may be said one interval later
DRIVING_M_PER_S = 7.0


@dataclass(slots=True)
class Score:
    """What was counted: visits, those caught by how late, those missed, and the events that are wrong, each with how."""

    hours: float = 0.0
    visits: int = 0
    comings: int = 0
    comings_caught: int = 0
    nudges: int = 0
    nudges_driving: int = 0
    delays_s: list[float] = field(default_factory=list)
    missed: list[tuple[str, str, Stay]] = field(default_factory=list)
    errors: list[tuple[str, Event]] = field(default_factory=list)

    def add_wrong(self, how: str, events: Sequence[Event]) -> None:
        """Add events that are wrong in the same way."""
        self.errors += [(how, event) for event in events]

    def figures(self) -> Figures:
        """Give the figures; shares are None where there was nothing to share out."""
        errors = Counter(how for how, _ in self.errors)
        wrong = errors["false"] + errors["repeated"]
        return {
            "hours": rounded(self.hours),
            "visits": self.visits,
            "caught": rounded(len(self.delays_s) / self.visits) if self.visits else None,
            "comings": self.comings,
            "comings_caught": rounded(self.comings_caught / self.comings)
            if self.comings
            else None,
            "wrong_per_1000_h": rounded(1000 * wrong / self.hours) if self.hours else None,
            "false": errors["false"],
            "repeated": errors["repeated"],
            "beside": errors["beside"],
            "median_delay_s": rounded(percentile(self.delays_s, 0.5)) if self.delays_s else None,
            "nudges": self.nudges,
            "nudges_driving": self.nudges_driving,
        }


def score(
    events: Sequence[Event],
    tracks: Mapping[str, Track],
    stores: Sequence[Store],
    interval_s: float,
) -> Score:
    """Score the events of all users with a known path."""
    found: dict[str, dict[str, list[Event]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        found[event.user][event.store_id].append(event)
    total = Score()
    for user, track in tracks.items():
        total.hours += track.hours
        for store in stores:
            said = found[user].get(store.id, [])
            far_m = track.far_m(store)
            if said or far_m.min(initial=float("inf")) <= store.radius_m:
                _Pair(user, track, store, far_m, interval_s).count(said, total)
    return total


@dataclass(frozen=True, slots=True)
class _Pair:
    """One user and one store, with the metres between them at each second."""

    user: str
    track: Track
    store: Store
    far_m: Floats
    interval_s: float

    def count(self, said: Sequence[Event], total: Score) -> None:
        """Add what was said of this user and this store to the total."""
        of_kind: dict[str, list[Event]] = defaultdict(list)
        for event in said:
            of_kind[event.kind].append(event)
        visits = self.track.stays(self.far_m, self.store.radius_m)
        if not is_health_service(self.store):
            for visit in visits:
                self._count_visit(visit, of_kind["dwell"], total)
        near = self.track.stays(self.far_m, self.store.radius_m + SLACK_M)
        if not is_health_service(self.store):
            self._count_comings(near, visits, of_kind["dwell"], total)
        for kind in ("enter", "dwell"):
            false = [event for event in of_kind[kind] if self._is_false(event)]
            true = [event for event in of_kind[kind] if event not in false]
            total.add_wrong("false", false)
            self._count_repeated(true, near, visits, total)
        total.add_wrong("false", [e for e in of_kind["exit"] if self._is_false_exit(e)])
        self._count_nudges(of_kind[NUDGE], total)

    def _count_visit(self, visit: Stay, dwells: Sequence[Event], total: Score) -> None:
        if visit.lasts_s < DWELL_S:
            return
        total.visits += 1
        delays_s = self._delays_s(visit, dwells)
        total.delays_s += delays_s[:1]
        if not delays_s:
            total.missed.append((self.user, self.store.id, visit))

    def _count_comings(
        self,
        near: Sequence[Stay],
        visits: Sequence[Stay],
        dwells: Sequence[Event],
        total: Score,
    ) -> None:
        for stay in near:
            steps = [each for each in visits if stay.from_s <= each.from_s <= stay.until_s]
            if not steps or steps[-1].until_s - steps[0].from_s < DWELL_S:
                continue
            total.comings += 1
            total.comings_caught += any(self._delays_s(each, dwells) for each in steps)

    def _delays_s(self, visit: Stay, dwells: Sequence[Event]) -> list[float]:
        """Give how late each dwell was that was said of a visit in time."""
        due_s = visit.from_s + DWELL_S
        late_s = LATE_S + (self.interval_s if self.interval_s >= SPARSE_S else 0.0)
        late_s += self.track.known_from(due_s) - due_s
        delays_s = [seconds(event.at) - due_s for event in dwells]
        return [delay_s for delay_s in delays_s if -EARLY_S <= delay_s <= late_s]

    def _is_false(self, event: Event) -> bool:
        around = self.far_m[self.track.around(seconds(event.at))]
        return bool(around.min() > self.store.radius_m + SLACK_M)

    def _is_false_exit(self, event: Event) -> bool:
        if not self.track.is_known(seconds(event.at)):
            return False
        around = self.far_m[self.track.around(seconds(event.at))]
        return bool(around.max() <= self.store.radius_m)

    def _count_repeated(
        self, events: Sequence[Event], near: Sequence[Stay], visits: Sequence[Stay], total: Score
    ) -> None:
        """Count what is said more often than somebody came; beside: said of who only was close by."""
        left = list(events)
        for stay in near:
            until_s = max(stay.until_s + GRACE_S, self.track.known_from(stay.until_s + 1))
            said = [each for each in left if stay.from_s - GRACE_S <= seconds(each.at) <= until_s]
            left = [each for each in left if each not in said]
            came = sum(stay.from_s <= visit.from_s <= stay.until_s for visit in visits)
            if not came:
                total.add_wrong("beside", said[:1])
            total.add_wrong("repeated", said[max(came, 1) :])
        total.add_wrong("repeated", left)

    def _count_nudges(self, nudges: Sequence[Event], total: Score) -> None:
        total.nudges += len(nudges)
        total.nudges_driving += sum(
            self.track.speed_m_per_s(seconds(event.at)) > DRIVING_M_PER_S for event in nudges
        )
