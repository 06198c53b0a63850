"""What the gates before a nudge saw, in words: for the shopper, for admins, and in a shopper's copy."""

from collections.abc import Mapping, Sequence
from typing import Any

from babel import Locale

from knowledge import amounts
from knowledge.language import Sentence, told
from storage.records import Gate, Outcome, Pace, Reading, Value

OUTCOMES: Mapping[Outcome, Sentence] = {
    Outcome.TOLD: Sentence("told"),
    Outcome.HELD_OUT: Sentence("held back, to compare with"),
    Outcome.SILENT: Sentence("not told"),
}
_YES_NO: Mapping[Gate, Mapping[Value, Sentence]] = {
    Gate.CONSENT: {
        True: Sentence("agreed to place and offers"),
        False: Sentence("not agreed to place and offers"),
    },
    Gate.UNDER_AGE: {
        True: Sentence("said to be under 18"),
        False: Sentence("not said to be under 18"),
    },
    Gate.PAUSED: {True: Sentence("offers are paused"), False: Sentence("offers are not paused")},
    Gate.REACHABLE: {
        True: Sentence("messages arrive"),
        False: Sentence("messages are stopped or blocked"),
    },
    Gate.SENSITIVE_STORE: {
        True: Sentence("a store about health or the like, never told about"),
        False: Sentence("not a store about health or the like"),
    },
    Gate.EXCLUSION_ZONE: {
        True: Sentence(
            "too close to a health service or another place the shop keeps quiet around"
        ),
        False: Sentence(
            "not close to a health service or another place the shop keeps quiet around"
        ),
    },
    Gate.TIME_ZONE: {
        True: Sentence("time of day known"),
        False: Sentence("time of day not known"),
    },
    Gate.QUIET_HOURS: {True: Sentence("quiet hours"), False: Sentence("not in quiet hours")},
    Gate.ONCE_A_VISIT: {
        True: Sentence("an offer was told in this visit before"),
        False: Sentence("no offer told in this visit before"),
    },
    Gate.COOL_DOWN: {
        True: Sentence(
            "the store was told about within {limit} hour",
            "the store was told about within {limit} hours",
        ),
        False: Sentence(
            "the store was not told about within {limit} hour",
            "the store was not told about within {limit} hours",
        ),
    },
    Gate.FEWER: {
        True: Sentence("fewer were wished, and one came within {limit} days"),
        False: Sentence("no wish for fewer stands against it"),
    },
    Gate.NOTHING_FITS: {
        True: Sentence("no coupon for anything the store keeps"),
        False: Sentence("there is a coupon for something the store keeps"),
    },
    Gate.STOCK: {True: Sentence("on the shelf"), False: Sentence("sold out")},
    Gate.TURNED_DOWN: {
        True: Sentence("turned down before"),
        False: Sentence("not turned down before"),
    },
}
_NAMED: Mapping[Gate, Mapping[Value, Sentence]] = {
    Gate.SPEED: {
        Pace.UNKNOWN: Sentence("speed not known"),
        Pace.STANDING: Sentence("standing"),
        Pace.WALKING: Sentence("walking"),
        Pace.FASTER: Sentence("moving faster than a walk"),
        Pace.DRIVING: Sentence("driving"),
    },
    Gate.COUPON: {
        "valid": Sentence("coupon valid on arrival"),
        "paused": Sentence("coupon paused"),
        "not yet": Sentence("coupon not valid yet on arrival"),
        "ended": Sentence("coupon ended on arrival"),
    },
    Gate.CLOSED: {
        "open": Sentence("store open on arrival"),
        "closing soon": Sentence("store about to close on arrival"),
        "closed": Sentence("store closed on arrival"),
    },
}
_COUNTED: Mapping[Gate, Sentence] = {
    Gate.PER_DAY: Sentence(
        "{value} of at most {limit} offer or reminder in 24 hours",
        "{value} of at most {limit} offers or reminders in 24 hours",
    ),
    Gate.PER_WEEK: Sentence(
        "{value} of at most {limit} offer in 7 days",
        "{value} of at most {limit} offers in 7 days",
    ),
    Gate.USES: Sentence(
        "coupon used {value} of {limit} time", "coupon used {value} of {limit} times"
    ),
    Gate.BUDGET: Sentence("{value} use of the coupon left", "{value} uses of the coupon left"),
    Gate.RELEVANCE: Sentence("relevance {value}, and {limit} is needed"),
    Gate.BETTER: Sentence(
        "{value} better offer at that moment", "{value} better offers at that moment"
    ),
    Gate.HOLD_OUT: Sentence("drew {value}; below {limit} is held back, to compare with"),
}
_BY_VALUE = frozenset({Gate.BUDGET, Gate.BETTER})  # what is counted is the value, not the limit
_NO_END = Sentence("coupon without a limit of uses")


def in_words(reading: Reading, locale: Locale) -> str:
    """Say what a gate saw, in a few words that go on a line of their own."""
    value, limit = reading.value, reading.limit
    if reading.gate is Gate.BUDGET and value is None:
        return told(_NO_END, locale)
    if reading.gate in _COUNTED:
        said, counted = _COUNTED[reading.gate], value if reading.gate in _BY_VALUE else limit
    else:
        words = _YES_NO.get(reading.gate) or _NAMED[reading.gate]
        said, counted = words[value], limit
    return told(
        said,
        locale,
        count=1 if counted == 1 else 2,
        value=_number(value, locale),
        limit=_number(limit, locale),
    )


def weighed(held: Mapping[str, Any], locale: Locale) -> str:
    """Say all that the gates of a stored receipt saw, for a shopper's copy."""
    readings: Sequence[Sequence[Any]] = held["readings"]
    said = [in_words(Reading(Gate(gate), value, limit), locale) for gate, value, limit in readings]
    about = [held[name] for name in ("coupon_code", "product_id") if held[name]]
    return "; ".join([*about, *said])


def _number(value: Value, locale: Locale) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return amounts.number(value, locale)
