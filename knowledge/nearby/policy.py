"""Whether a shopper at a store is told about an offer, and about which: every gate is asked, in order (pure).

Silence is the usual answer. It reads no clock and no database: everything it weighs is passed in. What the gates see
is kept with the decision, for the receipt.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.nearby.gates import ORDER, Verdict, shut_gates, verdict
from knowledge.nearby.gates_of_offer import Possible, possible_offers
from knowledge.nearby.gates_of_person import of_history, of_person, of_visit
from knowledge.nearby.holding_out import subject_of
from knowledge.nearby.situation import NudgeRules, Passing, Person
from knowledge.ranking import Ranked
from storage.records import Gate, Outcome, Reading


@dataclass(frozen=True, slots=True)
class Considered:
    """One candidate of one visit, with all that the gates saw; `possible` None = the store had none."""

    passing: Passing
    possible: Possible | None
    readings: tuple[Reading, ...]

    @property
    def verdict(self) -> Verdict:
        """Give what the readings come to."""
        return verdict(self.readings)

    @property
    def told(self) -> Ranked | None:
        """Give the offer with the metres for its words, whether it is sent or held out; None without one."""
        if self.possible is None:
            return None
        ranked = self.possible.ranked
        candidate = replace(ranked.candidate, distance_m=self.passing.distance_m)
        return replace(ranked, candidate=candidate)


@dataclass(frozen=True, slots=True)
class Decision:
    """The one thing worth telling, or the first gate that was shut; and everything that was considered.

    `chosen` is what was decided upon: to be sent, or, for who is held out, to be entered without a word.
    """

    told: Ranked | None
    shut: Gate | None
    considered: tuple[Considered, ...]
    chosen: Considered | None = None


def decide(person: Person, passing: Passing, now: datetime, rules: NudgeRules) -> Decision:
    """Decide at shop time `now` whether the shopper is told about an offer of the store."""
    return decide_among(person, [passing], now, rules)


def decide_among(
    person: Person, passings: Sequence[Passing], now: datetime, rules: NudgeRules
) -> Decision:
    """Decide at shop time `now` about stores that somebody is at, all at once: one offer at most is told.

    Raises:
        ValueError: there is no store.
    """
    considered = [each for p in passings for each in _asked(person, p, now, rules)]
    worth_it = sorted(
        (each for each in considered if not shut_gates(each.readings)), key=_standing
    )
    complete = [_with_last_gates(each, person, worth_it, rules) for each in considered]
    chosen = next((each for each in complete if each.verdict.outcome is not Outcome.SILENT), None)
    if chosen is None:
        furthest = max(complete, key=lambda each: ORDER[_shut_at(each)])
        return Decision(None, _shut_at(furthest), tuple(complete))
    shut = chosen.verdict.shut
    return Decision(chosen.told if shut is None else None, shut, tuple(complete), chosen)


def _asked(person: Person, passing: Passing, now: datetime, rules: NudgeRules) -> list[Considered]:
    """Ask every gate but the last two for each candidate of a visit."""
    common = (
        *of_person(person, now, rules),
        *of_visit(passing, rules),
        *of_history(person, passing, now, rules),
    )
    found = possible_offers(person, passing, now, rules)
    nothing = Reading(Gate.NOTHING_FITS, not found)
    if not found:
        return [Considered(passing, None, (*common, nothing))]
    return [Considered(passing, each, (*common, nothing, *each.readings)) for each in found]


def _with_last_gates(
    each: Considered, person: Person, worth_it: Sequence[Considered], rules: NudgeRules
) -> Considered:
    """Ask whether another offer is better, and then who is held out; readings come into their order."""
    if each.possible is None:
        return _ordered(each, each.readings)
    better = worth_it.index(each) if each in worth_it else 0
    lot = person.lot(subject_of(each.possible.coupon.code, None))
    last = (
        Reading(Gate.BETTER, better, 1),
        Reading(Gate.HOLD_OUT, lot, rules.holdout_share),
    )
    return _ordered(each, (*each.readings, *last))


def _ordered(each: Considered, readings: Sequence[Reading]) -> Considered:
    return replace(each, readings=tuple(sorted(readings, key=lambda r: ORDER[r.gate])))


def _standing(each: Considered) -> tuple[float, int, str]:
    """Order what is worth telling: the better score, the older visit, the code."""
    if each.possible is None:
        raise ValueError("Nothing is not worth telling.")
    return -each.possible.ranked.score, each.passing.visit_id, each.possible.coupon.code


def _shut_at(each: Considered) -> Gate:
    shut = each.verdict.shut
    if shut is None:
        raise ValueError("No gate was shut.")
    return shut
