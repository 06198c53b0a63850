"""What is told when nothing can be had right now: the nearest thing to it, and what is in the way (pure)."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from knowledge.candidates import Candidate
from knowledge.constraints import Constraints
from knowledge.days_ahead import day_ahead, opening_day
from knowledge.evidence import Evidence
from knowledge.facts import Facts, Kind
from knowledge.nearby.hours import last_closing, next_opening, special_day
from storage.records import Store


def absence(evidence: Evidence) -> tuple[Facts, Candidate | None]:
    """Tell of the closed store that has it and opens soonest, else of one too far, else that there is nothing.

    The candidate is what is told of, None when nothing is.
    """
    found = evidence.found
    # A store whose hours nobody entered has an opening time that is only good for sorting.
    closed = [each for each in found.closed if next_opening(each.store, evidence.asked_at)]
    if closed:
        soonest = min(closed, key=_opens_soonest_and_near)
        return shut(_thing(soonest), soonest.store, soonest.opens_at, evidence), soonest
    if found.far:
        nearest = min(found.far, key=lambda each: (each.distance_m or 0.0, -each.similarity))
        return replace(_thing(nearest), kind=Kind.NOTHING_NEAR, tone="far"), nearest
    if found.sold_out:
        return Facts(Kind.NOTHING_NEAR, item=found.sold_out[0].title, tone="sold_out"), None
    return nothing(evidence), None


def in_other_makes(evidence: Evidence, limits: Constraints) -> Facts | None:
    """Tell which sizes or colours there are of what cannot be had in the one asked for; None when there is none."""
    found = evidence.found.other_makes
    if found is None:
        return None
    product, makes = found
    asked = (limits.size,) if limits.size else tuple(sorted(limits.colours))
    # A title names the thing first, then its colour and size.
    item = product.title.partition(",")[0]
    return Facts(Kind.NOTHING_NEAR, item=item, asked=asked, choices=makes, tone="other_makes")


def missing(evidence: Evidence) -> Facts | None:
    """Tell why it cannot be had in the store, or the street, that was asked for; None when it can, or none was."""
    missed = evidence.found.missed
    if missed is None:
        return None
    if missed.store is None:
        return Facts(Kind.NOTHING_NEAR, store=missed.place, tone="not_around")
    if missed.opens_at is not None:
        return shut(
            Facts(Kind.CLOSED, store=missed.store.name), missed.store, missed.opens_at, evidence
        )
    return Facts(Kind.NOTHING_NEAR, store=missed.store.name, tone="not_there")


def sooner(evidence: Evidence) -> Facts | None:
    """Tell that nothing is open at the time that was asked about, where something is right now; else None."""
    asked_for = evidence.found.asked_for
    if asked_for is None or not evidence.found.is_sooner:
        return None
    local = asked_for.astimezone(ZoneInfo(evidence.time_zone))
    return Facts(Kind.NOTHING_NEAR, tone="then", day=day_ahead(local, evidence.asked_at))


def nothing(evidence: Evidence) -> Facts:
    """Tell that there is nothing."""
    return Facts(Kind.NOTHING_NEAR, tone="" if evidence.has_place else "anywhere")


def shut(facts: Facts, store: Store, opens: datetime | None, evidence: Evidence) -> Facts:
    """Add that the store is closed, why, and when it opens; without an opening there is nothing to tell."""
    if opens is None:
        return nothing(evidence)
    asked_for = evidence.found.asked_for
    at = asked_for or evidence.asked_at
    special, closed = special_day(store, at), last_closing(store, at)
    local = at.astimezone(ZoneInfo(store.time_zone))
    return replace(
        facts,
        kind=Kind.CLOSED,
        opens_at=opens.time(),
        opens_day=opening_day(opens, evidence.asked_at),
        closed_at=None if closed is None else closed.time(),
        holiday=special.name if special is not None and not special.hours else None,
        day=None if asked_for is None else day_ahead(local, evidence.asked_at),
    )


def _thing(candidate: Candidate) -> Facts:
    far = candidate.distance_m
    return Facts(
        Kind.CLOSED,
        store=candidate.store.name,
        distance_m=None if far is None else round(far),
        item=candidate.product.title,
        price_cents=candidate.product.price_cents,
        currency=candidate.product.currency,
    )


def _opens_soonest_and_near(candidate: Candidate) -> tuple[float, float, str]:
    opens = candidate.opens_at.timestamp() if candidate.opens_at else float("inf")
    return (opens // 3600, candidate.distance_m or 0.0, candidate.product.id)
