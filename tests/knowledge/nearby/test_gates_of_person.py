from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from knowledge.nearby.situation import Person
from knowledge.preferences import Taste
from storage.records import (
    UNTIL_THEY_SAY,
    ConsentKind,
    Gate,
    NudgeAnswer,
    SignalKind,
)
from storage.records import Signal as Told
from tests.builders import shopper
from tests.knowledge.nearby.weighing import (
    DAY,
    HOUR,
    NEUTRAL,
    NOTHING_BOUGHT,
    NOW,
    RULES,
    consents,
    decided,
    local,
    nudge,
    outcome,
    person,
)

WHO: dict[str, tuple[Person, Gate | None]] = {
    "no to place": (person(consents=consents(location=False)), Gate.CONSENT),
    "no to nudges": (person(consents=consents(nudges=False)), Gate.CONSENT),
    "never asked about nudges": (
        person(consents={ConsentKind.LOCATION: consents()[ConsentKind.LOCATION]}),
        Gate.CONSENT,
    ),
    "blocked the bot": (person(shopper=shopper(is_reachable=False)), Gate.REACHABLE),
    "stopped": (person(shopper=shopper(stopped_at=NOW)), Gate.REACHABLE),
    "said to be under age": (person(shopper=shopper(under_age_since=NOW - DAY)), Gate.UNDER_AGE),
    "pause lasts": (person(shopper=shopper(paused_until=NOW + HOUR)), Gate.PAUSED),
    "pause until they say": (person(shopper=shopper(paused_until=UNTIL_THEY_SAY)), Gate.PAUSED),
    "pause ends now": (person(shopper=shopper(paused_until=NOW)), None),
    "time zone not known": (person(time_zone=None), Gate.TIME_ZONE),
    "deep in the night elsewhere": (person(time_zone="Pacific/Auckland"), Gate.QUIET_HOURS),
    "likes other things": (person(taste=NOTHING_BOUGHT), Gate.RELEVANCE),
    "keeps the coupon": (person(taste=NOTHING_BOUGHT, saved_codes={"WARM15"}), None),
    "buys the category now and then": (
        person(taste=Taste({}, {"drinks": 3}, NEUTRAL)),
        Gate.RELEVANCE,
    ),
    "buys the category often": (person(taste=Taste({}, {"drinks": 9}, NEUTRAL)), None),
    "turned it down": (
        person(signals=[Told(7, "choc", SignalKind.DISMISS, NOW - DAY)]),
        Gate.TURNED_DOWN,
    ),
    "wants fewer of that kind": (person(fewer_of={"drinks"}), Gate.TURNED_DOWN),
    "wants fewer of another kind": (person(fewer_of={"mugs"}), None),
    "only looked at it": (person(signals=[Told(7, "choc", SignalKind.VIEW, NOW - DAY)]), None),
    "told today": (person(nudges=[nudge(HOUR)]), Gate.PER_DAY),
    "told yesterday elsewhere": (person(nudges=[nudge(DAY)]), None),
    "told in this visit": (person(nudges=[nudge(DAY, visit_id=9)]), Gate.ONCE_A_VISIT),
    "three this week": (
        person(nudges=[nudge(DAY), nudge(3 * DAY), nudge(6 * DAY)]),
        Gate.PER_WEEK,
    ),
    "three, one of them before": (
        person(nudges=[nudge(DAY), nudge(3 * DAY), nudge(8 * DAY)]),
        None,
    ),
    "told here a day ago": (person(nudges=[nudge(25 * HOUR, store_id="cafe")]), None),
    "wants fewer, told this week": (
        person(
            nudges=[nudge(6 * DAY, answer=NudgeAnswer.FEWER, answered_at=NOW - 6 * DAY)],
        ),
        Gate.FEWER,
    ),
    "wants fewer, told a week ago": (
        person(
            nudges=[nudge(8 * DAY, answer=NudgeAnswer.FEWER, answered_at=NOW - 8 * DAY)],
        ),
        None,
    ),
    "not now, two days ago": (
        person(nudges=[nudge(2 * DAY, answer=NudgeAnswer.NOT_NOW, answered_at=NOW - 2 * DAY)]),
        None,
    ),
}


@pytest.mark.parametrize(("who", "gate"), WHO.values(), ids=WHO)
def test_gates_of_the_shopper(who: Person, gate: Gate | None) -> None:
    assert outcome(who) is gate


@pytest.mark.parametrize(
    ("now", "gate"),
    [
        (local(8, 59), Gate.QUIET_HOURS),
        (local(9), None),
        (local(20, 59), None),
        (local(21), Gate.QUIET_HOURS),
        (local(1), Gate.QUIET_HOURS),
    ],
)
def test_nudge_is_held_during_quiet_hours(now: datetime, gate: Gate | None) -> None:
    assert outcome(now=now) is gate


def test_store_that_was_told_about_is_left_for_a_day_where_more_a_day_may_come() -> None:
    rules = replace(RULES, per_day=2)
    assert decided(person(nudges=[nudge(23 * HOUR)]), rules=rules).shut is None
    told_here = person(nudges=[nudge(23 * HOUR, store_id="cafe")])
    assert decided(told_here, rules=rules).shut is Gate.COOL_DOWN


@pytest.mark.parametrize(
    ("ago", "gate"), [(23 * HOUR, Gate.PER_DAY), (24 * HOUR, None)], ids=["yesterday", "a day"]
)
def test_day_is_the_last_24_hours(ago: timedelta, gate: Gate | None) -> None:
    # In Berlin it was yesterday both times; elsewhere, so no cool-down.
    assert outcome(person(nudges=[nudge(ago)])) is gate
    assert outcome(person(reminded_at=[NOW - ago])) is gate
