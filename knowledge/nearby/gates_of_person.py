"""What the gates see of a person, of the visit, and of what was told before (pure)."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta

from knowledge.discretion import is_sensitive_store
from knowledge.nearby.bands import pace_of
from knowledge.nearby.situation import NudgeRules, Passing, Person
from storage.records import (
    Consent,
    ConsentKind,
    Gate,
    Nudge,
    NudgeAnswer,
    Reading,
    Shopper,
)

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
_NEEDED = (ConsentKind.LOCATION, ConsentKind.NUDGES)


def shut_by_wish(
    shopper: Shopper, consents: Mapping[ConsentKind, Consent], now: datetime
) -> Gate | None:
    """Give what the shopper has said against nudges at shop time `now`, None when they want them.

    Without it nobody is followed either: what nothing may come of is not written down.
    """
    if not _has_agreed(consents):
        return Gate.CONSENT
    if shopper.under_age_since is not None:
        return Gate.UNDER_AGE
    return Gate.PAUSED if shopper.is_paused(now) else None


def of_person(person: Person, now: datetime, rules: NudgeRules) -> list[Reading]:
    """Read the gates that know nothing of a store."""
    shopper = person.shopper
    return [
        Reading(Gate.CONSENT, _has_agreed(person.consents)),
        Reading(Gate.UNDER_AGE, shopper.under_age_since is not None),
        Reading(Gate.PAUSED, shopper.is_paused(now)),
        Reading(Gate.REACHABLE, shopper.is_reachable and shopper.stopped_at is None),
        Reading(Gate.TIME_ZONE, person.time_zone is not None),
        Reading(Gate.QUIET_HOURS, _is_quiet(person.local(now).time(), rules)),
    ]


def of_visit(passing: Passing, rules: NudgeRules) -> list[Reading]:
    """Read the gates of a store and of how somebody comes by."""
    pace = pace_of(passing.speed_m_per_s, rules.fastest_m_per_s)
    return [
        Reading(Gate.SENSITIVE_STORE, is_sensitive_store(passing.store)),
        Reading(Gate.EXCLUSION_ZONE, passing.is_in_exclusion_zone, rules.exclusion_m),
        Reading(Gate.SPEED, pace.value),
    ]


def of_history(
    person: Person, passing: Passing, now: datetime, rules: NudgeRules
) -> list[Reading]:
    """Read the gates that keep nudges rare: over everything told, whatever it was about, ghosts included.

    A day is the last 24 hours: two an hour apart around midnight are two in a day to anybody.
    """
    nudges = person.nudges
    told_at = (*person.reminded_at, *(each.nudged_at for each in nudges))
    in_day = sum(now - each < _DAY for each in told_at)
    in_week = sum(now - each.nudged_at < _WEEK for each in nudges)
    was_told_here = any(
        each.store_id == passing.store.id and now - each.nudged_at < rules.cool_down
        for each in nudges
    )
    wants_fewer = _wishes_fewer(nudges, now, rules)
    was_told_lately = any(now - each.nudged_at < rules.fewer_cool_down for each in nudges)
    return [
        Reading(Gate.ONCE_A_VISIT, any(each.visit_id == passing.visit_id for each in nudges)),
        Reading(Gate.PER_DAY, in_day, rules.per_day),
        Reading(Gate.PER_WEEK, in_week, rules.per_week),
        Reading(Gate.COOL_DOWN, was_told_here, rules.cool_down / timedelta(hours=1)),
        Reading(Gate.FEWER, wants_fewer and was_told_lately, rules.fewer_cool_down.days),
    ]


def _has_agreed(consents: Mapping[ConsentKind, Consent]) -> bool:
    return all(kind in consents and consents[kind].is_granted for kind in _NEEDED)


def _wishes_fewer(nudges: Sequence[Nudge], now: datetime, rules: NudgeRules) -> bool:
    return any(
        each.answer is NudgeAnswer.FEWER
        and each.answered_at is not None
        and now - each.answered_at < rules.remembered
        for each in nudges
    )


def _is_quiet(local: time, rules: NudgeRules) -> bool:
    if rules.quiet_from <= rules.quiet_until:
        return rules.quiet_from <= local < rules.quiet_until
    return local >= rules.quiet_from or local < rules.quiet_until
