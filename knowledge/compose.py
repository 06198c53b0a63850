"""From evidence to facts: which of them the reply states, and what is shown (pure)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from knowledge.absence import absence, in_other_sizes, missing, nothing, shut, sooner
from knowledge.amounts import day_asked, opening_day
from knowledge.candidates import Found
from knowledge.evidence import Evidence
from knowledge.facts import Facts, Kind
from knowledge.followups import Step
from knowledge.nearby.hours import next_opening, open_interval
from knowledge.nearby.outings import outing
from knowledge.nearby.reach import found_at
from knowledge.ranking import Ranked
from knowledge.understanding import PLACE_INTENTS, POLICY_INTENTS, Intent, Reading
from storage.records import Coupon, Order, OrderStatus, Store

COUPONS_SHOWN = 5
# These leave out what was shown; with nothing left, the talk before says why.
_STEPS_AMONG_SHOWN = (Step.PICK, Step.CHEAPER, Step.CLOSER, Step.OTHER)
_WAITING = (OrderStatus.READY, OrderStatus.PLACED)
_AS_GOOD = 0.12  # cosine within which a nearer store beats a better match (ours)


@dataclass(frozen=True, slots=True)
class Composition:
    """The facts to put into words, and the ranked things, the orders or the stores behind them, in the order told."""

    facts: Facts
    shown: tuple[Ranked, ...] = ()
    orders: tuple[Order, ...] = ()
    stores: tuple[Store, ...] = ()


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
        return Composition(_policy(evidence))
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


def offer_facts(ranked: Ranked, *, kind: Kind = Kind.OFFER, reason: str | None = None) -> Facts:
    """Give the facts of one product at one store."""
    candidate = ranked.candidate
    coupon, opens, closes = candidate.coupon, candidate.opens_at, candidate.closes_at
    return Facts(
        kind=kind,
        store=candidate.store.name,
        distance_m=None if candidate.distance_m is None else round(candidate.distance_m),
        item=candidate.product.title,
        price_cents=candidate.product.price_cents,
        currency=candidate.product.currency,
        coupon_code=coupon.code if coupon else None,
        discount_percent=coupon.discount_percent if coupon else None,
        reason=reason,
        opens_at=opens.time() if opens else None,
        opens_day=candidate.opens_day,
        closes_at=closes.time() if closes else None,
        day=candidate.day,
    )


def coupon_facts(coupon: Coupon, zone: ZoneInfo) -> Facts:
    """Give the facts of one coupon; its last day is the one in `zone` in which it can still be used."""
    last_moment = coupon.valid_until.astimezone(zone) - timedelta(microseconds=1)
    return Facts(
        kind=Kind.COUPONS,
        item=coupon.title,
        coupon_code=coupon.code,
        discount_percent=coupon.discount_percent,
        expires_on=last_moment.date(),
    )


def order_facts(orders: Sequence[Order], evidence: Evidence) -> Facts:
    """Give the facts of orders; none of them means that there is nothing to tell."""
    told = tuple(_order_facts(order, evidence) for order in orders)
    return told[0] if len(told) == 1 else Facts(Kind.ORDER_STATUS, options=told)


def _order_facts(order: Order, evidence: Evidence) -> Facts:
    facts = Facts(
        kind=Kind.ORDER_STATUS,
        order_code=order.code,
        status=order.status,
        store=evidence.store_names.get(order.store_id),
    )
    if order.kept_until is None or order.status not in _WAITING:
        return facts
    local = order.kept_until.astimezone(ZoneInfo(evidence.time_zone))
    day = opening_day(local, evidence.asked_at)
    return replace(facts, kept_until=local.time(), kept_day=day)


def _offer(reading: Reading, evidence: Evidence, ranked: Sequence[Ranked]) -> Composition:
    if not ranked:
        sizes = in_other_sizes(evidence, reading.constraints.size)
        return _nothing_now(evidence) if sizes is None else Composition(sizes)
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


def _nothing_now(evidence: Evidence) -> Composition:
    facts, candidate = absence(evidence)
    return Composition(facts, () if candidate is None else (Ranked(candidate, {}),))


def _stores(reading: Reading, evidence: Evidence, ranked: Sequence[Ranked]) -> Composition:
    """Name the nearest store that was asked for, else the nearest that has what was asked for."""
    if evidence.is_any_store:
        return _any_store(reading, evidence)
    if evidence.nearby:
        store, metres = evidence.nearby[0]
        return Composition(_store_facts(store, metres, reading, evidence), stores=(store,))
    if not ranked:
        return _nothing_now(evidence)
    best = max(each.candidate.similarity for each in ranked)
    fitting = [each for each in ranked if each.candidate.similarity >= best - _AS_GOOD]
    nearest = min(fitting, key=lambda each: (each.candidate.distance_m or 0.0, -each.score))
    facts = replace(
        offer_facts(nearest, kind=Kind.STORES), coupon_code=None, discount_percent=None
    )
    return Composition(facts, (nearest,))


def _any_store(reading: Reading, evidence: Evidence) -> Composition:
    """Tell the hours of the nearest store, and those of the next ones beside it."""
    if not evidence.nearby:
        is_unclear = not evidence.has_place
        return Composition(Facts(Kind.CLARIFY, tone="store") if is_unclear else nothing(evidence))
    told = [_store_facts(store, far, reading, evidence) for store, far in evidence.nearby]
    facts = replace(told[0], options=tuple(told[1:]))
    return Composition(facts, stores=tuple(store for store, _ in evidence.nearby))


def _human(_: Reading, evidence: Evidence) -> Composition:
    """Name the nearest store with somebody in it, for nobody can come into the chat."""
    if not evidence.nearby:
        return Composition(Facts(Kind.HUMAN))
    store, metres = evidence.nearby[0]
    interval = open_interval(store, evidence.asked_at)
    closes = None if interval is None or interval.is_all_day else interval.closes.time()
    distance_m = None if metres is None else round(metres)
    facts = Facts(Kind.HUMAN, store=store.name, distance_m=distance_m, closes_at=closes)
    return Composition(facts, stores=(store,))


def _store_facts(
    store: Store, metres: float | None, reading: Reading, evidence: Evidence
) -> Facts:
    """Give a store with its hours now, or at the time that is asked about."""
    distance_m = None if metres is None else round(metres)
    is_named = evidence.is_any_store or reading.constraints.store == store.name
    tone = "hours" if is_named else ""
    facts = Facts(Kind.STORES, store=store.name, distance_m=distance_m, tone=tone)
    now = evidence.asked_at
    walk = outing(reading.constraints.when, now, ZoneInfo(store.time_zone))
    found = found_at(store, walk.sets_out_at, walk)
    interval = open_interval(store, found.at)
    if interval is None:
        asked_for = found.at if walk.is_named else None
        asked = replace(evidence, found=Found(asked_for=asked_for))
        return shut(facts, store, next_opening(store, found.at), asked)
    if walk.is_named:
        facts = replace(facts, day=day_asked(found.at.astimezone(interval.opens.tzinfo), now))
    if interval.is_all_day:  # there is no closing time to tell
        return facts
    opens_at = interval.opens.time() if walk.is_named else None
    return replace(facts, opens_at=opens_at, closes_at=interval.closes.time())


def _coupons(_: Reading, evidence: Evidence) -> Composition:
    zone = ZoneInfo(evidence.time_zone)
    coupons = tuple(coupon_facts(coupon, zone) for coupon in evidence.coupons[:COUPONS_SHOWN])
    return Composition(Facts(Kind.COUPONS, coupons=coupons))


def _order(_: Reading, evidence: Evidence) -> Composition:
    """Tell every order that waits, what is ready first; when none does, the newest."""
    waiting = [order for order in evidence.orders if order.status in _WAITING]
    waiting.sort(key=lambda order: _WAITING.index(order.status))
    orders = tuple(waiting or evidence.orders[:1])
    return Composition(order_facts(orders, evidence), orders=orders)


def _policy(evidence: Evidence) -> Facts:
    if evidence.section is None or evidence.quote is None:
        return Facts(Kind.NOT_KNOWN)
    section = evidence.section
    today = evidence.asked_at.astimezone(ZoneInfo(evidence.time_zone)).date()
    # The last day of a rule that still holds is for the next time: it may be kept on.
    is_past = section.valid_to is not None and section.valid_to < today
    return Facts(
        Kind.POLICY,
        quote=evidence.quote,
        document=section.reference,
        valid_from=section.valid_from,
        valid_to=section.valid_to if is_past else None,
    )


def _fixed(reading: Reading, _: Evidence) -> Composition:
    return Composition(Facts(_FIXED_KINDS[reading.intent], tone=reading.tone))


_PRODUCT_COMPOSERS: Mapping[
    Intent, Callable[[Reading, Evidence, Sequence[Ranked]], Composition]
] = {
    Intent.NEED: _offer,
    Intent.PRODUCT_SEARCH: _search,
    Intent.RECOMMEND: _several,
    Intent.STORE_LOOKUP: _stores,
}
_COMPOSERS: Mapping[Intent, Callable[[Reading, Evidence], Composition]] = {
    Intent.COUPONS: _coupons,
    Intent.ORDER_STATUS: _order,
    Intent.HUMAN: _human,
}
_FIXED_KINDS: Mapping[Intent, Kind] = {
    Intent.SMALLTALK: Kind.SMALLTALK,
    Intent.OUT_OF_SCOPE: Kind.OUT_OF_SCOPE,
    Intent.CARE: Kind.CARE,
    Intent.COMPLAINT: Kind.COMPLAINT,
    Intent.ACCOUNT_PRIVACY: Kind.ACCOUNT_PRIVACY,
    Intent.ORDER_PLACE: Kind.HOW_TO_PLACE,
    Intent.ORDER_CANCEL: Kind.HOW_TO_CANCEL,
    Intent.ORDER_CHANGE: Kind.HOW_TO_CHANGE,
}
