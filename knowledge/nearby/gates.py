"""The gates before a nudge, and which of them are shut (pure): the one place where values become a decision.

Whoever decides and whoever replays a receipt come here with the same readings, so they cannot disagree.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from storage.records import Gate, Outcome, Pace, Reading

ORDER: Mapping[Gate, int] = {gate: place for place, gate in enumerate(Gate)}
VALID = "valid"
OPEN = "open"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What comes of it, and the first gate that was shut; None when all were open."""

    outcome: Outcome
    shut: Gate | None


def verdict(readings: Sequence[Reading]) -> Verdict:
    """Decide by readings alone, whatever their order.

    Raises:
        ValueError: there are none: nothing was asked, so nothing is allowed.
    """
    if not readings:
        raise ValueError("There is nothing to decide by.")
    shut = shut_gates(readings)
    if not shut:
        return Verdict(Outcome.TOLD, None)
    return Verdict(
        Outcome.HELD_OUT if shut[0] is Gate.HOLD_OUT else Outcome.SILENT,
        shut[0],
    )


def shut_gates(readings: Sequence[Reading]) -> tuple[Gate, ...]:
    """Name the gates that are shut, in their order."""
    return tuple(
        each.gate
        for each in sorted(readings, key=lambda reading: ORDER[reading.gate])
        if not _OPENS[each.gate](each)
    )


def _is_so(reading: Reading) -> bool:
    return reading.value is True


def _is_not_so(reading: Reading) -> bool:
    return reading.value is False


def _is_below(reading: Reading) -> bool:
    return _number(reading.value) < _number(reading.limit)


def _is_enough(reading: Reading) -> bool:
    return _number(reading.value) >= _number(reading.limit)


def _is_slow(reading: Reading) -> bool:
    return reading.value in (Pace.STANDING, Pace.WALKING)


def _is_left(reading: Reading) -> bool:
    """Without a number there is no end to it."""
    return reading.value is None or _number(reading.value) > 0


def _is_limit(reading: Reading) -> bool:
    return reading.value == reading.limit


def _number(value: object) -> float:
    """Give a number; what is none opens nothing.

    Raises:
        TypeError: it is none.
    """
    if isinstance(value, int | float):
        return value
    raise TypeError("A gate that counts was given no number.")


_OPENS: Mapping[Gate, Callable[[Reading], bool]] = {
    Gate.CONSENT: _is_so,
    Gate.UNDER_AGE: _is_not_so,
    Gate.PAUSED: _is_not_so,
    Gate.REACHABLE: _is_so,
    Gate.SENSITIVE_STORE: _is_not_so,
    Gate.EXCLUSION_ZONE: _is_not_so,
    Gate.TIME_ZONE: _is_so,
    Gate.QUIET_HOURS: _is_not_so,
    Gate.SPEED: _is_slow,
    Gate.ONCE_A_VISIT: _is_not_so,
    Gate.PER_DAY: _is_below,
    Gate.PER_WEEK: _is_below,
    Gate.COOL_DOWN: _is_not_so,
    Gate.FEWER: _is_not_so,
    Gate.NOTHING_FITS: _is_not_so,
    Gate.COUPON: _is_limit,
    Gate.USES: _is_below,
    Gate.BUDGET: _is_left,
    Gate.STOCK: _is_so,
    Gate.CLOSED: _is_limit,
    Gate.TURNED_DOWN: _is_not_so,
    Gate.RELEVANCE: _is_enough,
    Gate.BETTER: _is_below,
    Gate.HOLD_OUT: _is_enough,
}
