from math import sqrt

import pytest

from knowledge.nearby.bands import fence_band_m, pace_of
from knowledge.nearby.gates import ORDER, Verdict, shut_gates, verdict
from knowledge.nearby.holding_out import everybody_hears, lot_of, subject_of
from storage.records import Gate, Outcome, Pace, Reading, Value

# For each gate a reading that opens it and one that shuts it.
READINGS: dict[Gate, tuple[tuple[Value, Value], tuple[Value, Value]]] = {
    Gate.CONSENT: ((True, None), (False, None)),
    Gate.UNDER_AGE: ((False, None), (True, None)),
    Gate.PAUSED: ((False, None), (True, None)),
    Gate.REACHABLE: ((True, None), (False, None)),
    Gate.SENSITIVE_STORE: ((False, None), (True, None)),
    Gate.EXCLUSION_ZONE: ((False, 610.0), (True, 610.0)),
    Gate.TIME_ZONE: ((True, None), (False, None)),
    Gate.QUIET_HOURS: ((False, None), (True, None)),
    Gate.SPEED: (("standing", None), ("faster than walking", None)),
    Gate.ONCE_A_VISIT: ((False, None), (True, None)),
    Gate.PER_DAY: ((0, 1), (1, 1)),
    Gate.PER_WEEK: ((2, 3), (4, 3)),
    Gate.COOL_DOWN: ((False, 24.0), (True, 24.0)),
    Gate.FEWER: ((False, 7), (True, 7)),
    Gate.NOTHING_FITS: ((False, None), (True, None)),
    Gate.COUPON: (("valid", "valid"), ("paused", "valid")),
    Gate.USES: ((1, 2), (2, 2)),
    Gate.BUDGET: ((None, None), (0, None)),
    Gate.STOCK: ((True, None), (False, None)),
    Gate.CLOSED: (("open", "open"), ("closing soon", "open")),
    Gate.TURNED_DOWN: ((False, None), (True, None)),
    Gate.RELEVANCE: ((0.05, 0.05), (0.049, 0.05)),
    Gate.BETTER: ((0, 1), (1, 1)),
    Gate.HOLD_OUT: ((0.1, 0.1), (0.0999, 0.1)),
}
ALL_OPEN = [Reading(gate, *opens) for gate, (opens, _) in READINGS.items()]


def with_shut(*gates: Gate) -> list[Reading]:
    return [
        Reading(gate, *(shuts if gate in gates else opens))
        for gate, (opens, shuts) in READINGS.items()
    ]


def test_offer_is_told_when_every_gate_is_open() -> None:
    assert verdict(ALL_OPEN) == Verdict(Outcome.TOLD, None)


@pytest.mark.parametrize("gate", Gate)
def test_each_gate_alone_keeps_silent(gate: Gate) -> None:
    outcome = Outcome.HELD_OUT if gate is Gate.HOLD_OUT else Outcome.SILENT
    assert verdict(with_shut(gate)) == Verdict(outcome, gate)


@pytest.mark.parametrize("gate", [each for each in Gate if each is not Gate.HOLD_OUT])
def test_hold_out_is_the_last_gate(gate: Gate) -> None:
    readings = with_shut(Gate.HOLD_OUT, gate)
    assert verdict(readings[::-1]) == Verdict(Outcome.SILENT, gate)
    assert shut_gates(readings[::-1]) == tuple(
        sorted((gate, Gate.HOLD_OUT), key=ORDER.__getitem__)
    )


def test_nothing_asked_allows_nothing() -> None:
    with pytest.raises(ValueError, match="nothing to decide"):
        verdict([])


@pytest.mark.parametrize("gate", [Gate.PER_DAY, Gate.BUDGET, Gate.HOLD_OUT])
def test_gate_that_counts_is_given_a_number(gate: Gate) -> None:
    with pytest.raises(TypeError):
        shut_gates([Reading(gate, "many", 1)])


@pytest.mark.parametrize(
    ("speed_m_per_s", "pace"),
    [
        (None, Pace.UNKNOWN),
        (0.0, Pace.STANDING),
        (0.5, Pace.STANDING),
        (0.51, Pace.WALKING),
        (3.0, Pace.WALKING),
        (3.01, Pace.FASTER),
        (7.0, Pace.FASTER),
        (7.01, Pace.DRIVING),
    ],
)
def test_speed_is_known_as_a_band(speed_m_per_s: float | None, pace: Pace) -> None:
    assert pace_of(speed_m_per_s, 3.0) is pace


def test_walk_is_what_the_shop_calls_one() -> None:
    assert pace_of(1.2, 1.0) is Pace.FASTER
    assert pace_of(6.9, 7.0) is Pace.WALKING


@pytest.mark.parametrize(
    ("radius_m", "band_m"), [(50, 150), (150, 150), (151, 500), (500, 500), (2_000, 2_500)]
)
def test_distance_is_known_as_the_band_of_the_fence(radius_m: float, band_m: int) -> None:
    assert fence_band_m(radius_m) == band_m


# Who is held out

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
SHOPPERS = range(1_000_000_000, 1_000_020_000)


def held_out(key: bytes, subject: str, share: float) -> set[int]:
    return {each for each in SHOPPERS if lot_of(key, each)(subject) < share}


@pytest.mark.parametrize("share", [0.0, 0.01, 0.1, 0.5])
@pytest.mark.parametrize("subject", ["coupon WARM15", "coupon ROLL20", "campaign 7"])
def test_share_is_held_out_within_what_chance_allows(share: float, subject: str) -> None:
    expected = share * len(SHOPPERS)
    # Four standard deviations: one honest hash in sixteen thousand falls outside.
    slack = 4 * sqrt(expected * (1 - share))
    assert abs(len(held_out(KEY, subject, share)) - expected) <= slack


def test_whom_it_meets_depends_on_the_key_and_on_the_campaign_alone() -> None:
    first = held_out(KEY, "coupon WARM15", 0.1)
    assert first == held_out(KEY, "coupon WARM15", 0.1)
    for other in (held_out(OTHER_KEY, "coupon WARM15", 0.1), held_out(KEY, "coupon ROLL20", 0.1)):
        # By chance a tenth of a tenth is in both.
        assert 0.05 < len(first & other) / len(first) < 0.15


def test_a_larger_share_holds_out_the_same_shoppers_and_more() -> None:
    assert held_out(KEY, "coupon WARM15", 0.1) < held_out(KEY, "coupon WARM15", 0.2)


def test_lots_are_drawn_for_the_campaign_and_without_one_for_the_coupon() -> None:
    assert subject_of("WARM15", None) == "coupon WARM15"
    assert subject_of("WARM15", "7") == "campaign 7"


def test_nobody_is_held_out_by_the_lot_of_everybody() -> None:
    assert everybody_hears("coupon WARM15") >= 1.0
