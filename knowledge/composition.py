"""What a reply comes to: the facts to put into words, and what is behind them (pure)."""

from dataclasses import dataclass

from knowledge.absence import absence
from knowledge.evidence import Evidence
from knowledge.facts import Facts, Kind
from knowledge.ranking import Ranked
from storage.records import Order, Store


@dataclass(frozen=True, slots=True)
class Composition:
    """The facts to put into words, and the ranked things, the orders or the stores behind them, in the order told."""

    facts: Facts
    shown: tuple[Ranked, ...] = ()
    orders: tuple[Order, ...] = ()
    stores: tuple[Store, ...] = ()


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


def nothing_now(evidence: Evidence) -> Composition:
    """Tell of what comes nearest when nothing can be had right now."""
    facts, candidate = absence(evidence)
    return Composition(facts, () if candidate is None else (Ranked(candidate, {}),))
