from dataclasses import replace
from typing import Any

import pytest

from knowledge.nearby.gates_of_offer import MOST_CANDIDATES
from knowledge.nearby.policy import Decision, decide, decide_among
from knowledge.preferences import Taste
from storage.records import (
    Gate,
    Sustainability,
)
from tests.builders import product, store
from tests.knowledge.nearby.weighing import (
    ALWAYS,
    HOUR,
    NOTHING_BOUGHT,
    NOW,
    RULES,
    WARM,
    decided,
    nudge,
    outcome,
    passing,
    person,
)


def test_the_offer_that_fits_is_told() -> None:
    decision = decide(person(), passing(), NOW, RULES)
    assert decision.told is not None
    candidate = decision.told.candidate
    assert (candidate.product.id, candidate.coupon) == ("choc", WARM)
    assert candidate.distance_m == 60.0


def test_every_gate_is_asked_of_every_candidate_whatever_is_shut() -> None:
    used_up = replace(WARM, code="OLD", remaining=0)
    asked = decided(person(consents={}), passing(coupons=[WARM, used_up])).considered
    assert [[reading.gate for reading in each.readings] for each in asked] == [list(Gate)] * 2


def test_metres_decide_nothing() -> None:
    decisions = {
        tuple(each.readings for each in decided(where=passing(distance_m=far)).considered)
        for far in (0.4, 49.0, 51.0, 149.9)
    }
    assert len(decisions) == 1


def test_one_offer_is_told_and_the_others_know_that_it_is_better() -> None:
    big = replace(WARM, code="WARM30", discount_percent=30)
    decision = decided(where=passing(coupons=[WARM, big]))
    assert decision.told is not None
    assert decision.told.candidate.coupon == big
    shut = {
        each.possible.coupon.code: each.verdict.shut
        for each in decision.considered
        if each.possible is not None
    }
    assert shut == {"WARM30": None, "WARM15": Gate.BETTER}


def test_two_stores_at_once_come_to_one_offer() -> None:
    both = [passing(), passing(visit_id=10, store=store("bakery", hours=ALWAYS))]
    decision = decide_among(person(), both, NOW, RULES)
    assert [each.verdict.shut for each in decision.considered] == [None, Gate.BETTER]
    assert decision.chosen is decision.considered[0]


def test_store_with_many_coupons_is_weighed_by_its_best() -> None:
    many = [replace(WARM, code=f"C{n}", discount_percent=n % 30 + 1) for n in range(90)]
    decision = decided(where=passing(coupons=many))
    assert len(decision.considered) == MOST_CANDIDATES
    assert decision.told is not None
    assert decision.told.candidate.coupon is not None
    assert decision.told.candidate.coupon.discount_percent == 30


def test_thing_that_is_bought_is_told_rather_than_one_that_only_looks_better() -> None:
    green = product("tea", sustainability=frozenset(Sustainability))
    likes_green = dict.fromkeys(Sustainability, 2.0)
    who = person(taste=Taste({"choc": 3}, {}, likes_green))
    drinks = replace(WARM, product_ids=frozenset(), categories=frozenset({"drinks"}))
    told = decided(who, passing(products=[green, product()], coupons=[drinks])).told
    assert told is not None
    assert told.candidate.product.id == "choc"


def held(share: float, draws: float, **changes: Any) -> Decision:
    def lot(subject: str) -> float:
        assert subject == "coupon WARM15"
        return draws

    return decided(person(lot=lot, **changes), rules=replace(RULES, holdout_share=share))


@pytest.mark.parametrize(
    ("share", "draws", "gate"),
    [(0.1, 0.0999, Gate.HOLD_OUT), (0.1, 0.1, None), (0.0, 0.0, None), (0.5, 0.4, Gate.HOLD_OUT)],
)
def test_who_draws_less_than_the_share_is_held_out(
    share: float, draws: float, gate: Gate | None
) -> None:
    decision = held(share, draws)
    assert decision.shut is gate
    assert (decision.told is None) is (gate is not None)
    assert decision.chosen is not None


def test_who_would_hear_nothing_anyhow_is_not_held_out() -> None:
    decision = held(0.5, 0.0, taste=NOTHING_BOUGHT)
    assert decision.shut is Gate.RELEVANCE
    assert decision.chosen is None


def test_ghost_uses_up_caps_like_a_nudge() -> None:
    ghost = nudge(HOUR, is_held_out=True)
    assert outcome(person(nudges=[ghost])) is Gate.PER_DAY
