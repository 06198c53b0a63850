"""What is told of stores themselves: the nearest that was asked for, their hours, and where somebody can be asked (pure)."""

import re
from collections.abc import Sequence
from dataclasses import replace
from zoneinfo import ZoneInfo

from knowledge.absence import nothing, shut
from knowledge.candidates import Found
from knowledge.composition import Composition, nothing_now, offer_facts
from knowledge.days_ahead import day_ahead
from knowledge.evidence import Evidence
from knowledge.facts import Facts, Kind
from knowledge.nearby.hours import next_opening, open_interval
from knowledge.nearby.outings import outing
from knowledge.nearby.reach import found_at
from knowledge.ranking import Ranked
from knowledge.search.words import words_in
from knowledge.sentences import HOURS
from knowledge.understanding import Reading
from storage.records import Store

_AS_GOOD = 0.12  # cosine within which a nearer store beats a better match (ours)
# A kind of store, by what it sells: "toy store", "book shop".
_KIND_OF_STORE = re.compile(r"\b([a-z]+)[ -]?(?:store|shop)s?\b", re.IGNORECASE)


def store_asked_for(reading: Reading, evidence: Evidence, ranked: Sequence[Ranked]) -> Composition:
    """Name the nearest store that was asked for, else the nearest that has what was asked for."""
    if evidence.is_any_store:
        return _any_store(reading, evidence)
    if evidence.nearby:
        store, metres = evidence.nearby[0]
        return Composition(_store_facts(store, metres, reading, evidence), stores=(store,))
    if not ranked:
        return nothing_now(evidence)
    best = max(each.candidate.similarity for each in ranked)
    fitting = [each for each in ranked if each.candidate.similarity >= best - _AS_GOOD]
    kind = _KIND_OF_STORE.search(reading.text)
    called_so = [each for each in ranked if kind and _is_called(each.candidate.store, kind[1])]
    nearest = min(
        called_so or fitting, key=lambda each: (each.candidate.distance_m or 0.0, -each.score)
    )
    facts = replace(
        offer_facts(nearest, kind=Kind.STORES), coupon_code=None, discount_percent=None
    )
    return Composition(facts, (nearest,))


def _is_called(store: Store, kind: str) -> bool:
    """Tell whether a store is named after what it sells: "Tin Whistle Toys" is a toy store."""
    return not set(words_in(kind)).isdisjoint(words_in(store.name))


def _any_store(reading: Reading, evidence: Evidence) -> Composition:
    """Tell the hours of the nearest store, and those of the next ones beside it."""
    if not evidence.nearby:
        is_unclear = not evidence.has_place
        return Composition(Facts(Kind.CLARIFY, tone="store") if is_unclear else nothing(evidence))
    told = [_store_facts(store, far, reading, evidence) for store, far in evidence.nearby]
    facts = replace(told[0], options=tuple(told[1:]))
    return Composition(facts, stores=tuple(store for store, _ in evidence.nearby))


def somebody_to_ask(_: Reading, evidence: Evidence) -> Composition:
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
    tone = HOURS if is_named else ""
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
        facts = replace(facts, day=day_ahead(found.at.astimezone(interval.opens.tzinfo), now))
    if interval.is_all_day:  # there is no closing time to tell
        return facts
    opens_at = interval.opens.time() if walk.is_named else None
    return replace(facts, opens_at=opens_at, closes_at=interval.closes.time())
