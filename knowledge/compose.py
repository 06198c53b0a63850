"""From evidence to facts: which of them the reply states, and what is shown (pure)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from knowledge.absence import in_other_makes, missing, sooner
from knowledge.composition import Composition, nothing_now, offer_facts
from knowledge.evidence import Evidence
from knowledge.facts import Facts, Kind
from knowledge.followups import Step
from knowledge.papers import coupons_to_use, how_to, order_named, orders_waiting, rule_quoted
from knowledge.ranking import Ranked
from knowledge.storefronts import somebody_to_ask, store_asked_for
from knowledge.understanding import PLACE_INTENTS, POLICY_INTENTS, Intent, Reading

# These leave out what was shown; with nothing left, the talk before says why.
_STEPS_AMONG_SHOWN = (Step.PICK, Step.CHEAPER, Step.CLOSER, Step.OTHER)


def compose(
    reading: Reading,
    evidence: Evidence,
    ranked: Sequence[Ranked],
    options_shown: int,
    step: Step | None = None,
) -> Composition:
    """Decide what the reply to one thing asked says.

    Args:
        reading: What was asked.
        evidence: What was found for it.
        ranked: The available candidates, best first.
        options_shown: How many a list has at most.
        step: How it goes on with the talk before it.
    """
    if reading.intent in POLICY_INTENTS:
        return Composition(rule_quoted(evidence), orders=order_named(reading, evidence))
    if reading.intent in PLACE_INTENTS and evidence.must_ask_place:
        return Composition(Facts(Kind.NEEDS_PLACE))
    if reading.intent in PLACE_INTENTS:
        if not ranked and step in _STEPS_AMONG_SHOWN and not evidence.nearby:
            return Composition(Facts(Kind.NOTHING_NEAR, tone=step.value))
        # What is known to be as asked comes before what may be.
        ranked = sorted(ranked, key=lambda each: bool(_unknown(each, reading)))
        if reading.intent is not Intent.STORE_LOOKUP:  # it looks for the nearest, not for the best
            ranked = ranked[:options_shown]
        return _elsewhere(_PRODUCT_COMPOSERS[reading.intent](reading, evidence, ranked), evidence)
    return _COMPOSERS.get(reading.intent, _fixed)(reading, evidence)


def _elsewhere(composition: Composition, evidence: Evidence) -> Composition:
    """Say before an offer why it is not in the store, or at the time, that was asked for."""
    missed = missing(evidence) or sooner(evidence)
    if missed is None or not composition.shown or composition.facts.kind is Kind.CLOSED:
        return composition
    return replace(composition, facts=replace(composition.facts, before=(missed,)))


def choice_of(choices: Sequence[str], tone: str) -> Composition:
    """Ask back between senses or, with the tone "size", between sizes."""
    return Composition(Facts(Kind.CLARIFY, tone=tone, choices=tuple(choices)))


def _offer(reading: Reading, evidence: Evidence, ranked: Sequence[Ranked]) -> Composition:
    if not ranked:
        makes = in_other_makes(evidence, reading.constraints)
        return nothing_now(evidence) if makes is None else Composition(makes)
    return Composition(_careful(_asked(ranked[0], reading), reading), (ranked[0],))


def _search(reading: Reading, evidence: Evidence, ranked: Sequence[Ranked]) -> Composition:
    if not reading.is_sure and not evidence.found.is_relevant:
        return Composition(Facts(Kind.OUT_OF_SCOPE))
    return _several(reading, evidence, ranked)


def _several(reading: Reading, evidence: Evidence, ranked: Sequence[Ranked]) -> Composition:
    if len(ranked) < 2:  # noqa: PLR2004  # one is an offer
        return _offer(reading, evidence, ranked)
    shown = tuple(ranked)
    options = tuple(_asked(each, reading) for each in shown)
    return Composition(_careful(Facts(Kind.OPTIONS, options=options), reading), shown)


def _asked(ranked: Ranked, reading: Reading) -> Facts:
    """Give the facts of an offer with what was asked about it and is not known."""
    return replace(offer_facts(ranked), unknown=_unknown(ranked, reading))


def _unknown(ranked: Ranked, reading: Reading) -> tuple[str, ...]:
    return reading.constraints.unknown_for(ranked.candidate.product)


def _careful(facts: Facts, reading: Reading) -> Facts:
    """Have the reply say that an allergy is for the store to answer: what is in it is not all known."""
    return replace(facts, tone="allergy") if reading.constraints.is_allergy else facts


def _own_data(reading: Reading, evidence: Evidence) -> Composition:
    """Tell where somebody's own data is in their hands, after the rule about it that was asked for."""
    rules = () if evidence.quote is None else (rule_quoted(evidence),)
    return Composition(Facts(Kind.ACCOUNT_PRIVACY, tone=reading.tone, before=rules))


def _fixed(reading: Reading, _: Evidence) -> Composition:
    return Composition(Facts(_FIXED_KINDS[reading.intent], tone=reading.tone))


_PRODUCT_COMPOSERS: Mapping[
    Intent, Callable[[Reading, Evidence, Sequence[Ranked]], Composition]
] = {
    Intent.NEED: _offer,
    Intent.PRODUCT_SEARCH: _search,
    Intent.RECOMMEND: _several,
    Intent.STORE_LOOKUP: store_asked_for,
}
_COMPOSERS: Mapping[Intent, Callable[[Reading, Evidence], Composition]] = {
    Intent.COUPONS: coupons_to_use,
    Intent.ORDER_STATUS: orders_waiting,
    Intent.HUMAN: somebody_to_ask,
    Intent.ORDER_CANCEL: how_to(Kind.HOW_TO_CANCEL),
    Intent.ORDER_CHANGE: how_to(Kind.HOW_TO_CHANGE),
    Intent.ACCOUNT_PRIVACY: _own_data,
}
_FIXED_KINDS: Mapping[Intent, Kind] = {
    Intent.SMALLTALK: Kind.SMALLTALK,
    Intent.OUT_OF_SCOPE: Kind.OUT_OF_SCOPE,
    Intent.CARE: Kind.CARE,
    Intent.COMPLAINT: Kind.COMPLAINT,
    Intent.ORDER_PLACE: Kind.HOW_TO_PLACE,
}
