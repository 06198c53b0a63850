"""What is told of coupons, orders and policies (pure)."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from knowledge.composition import Composition
from knowledge.days_ahead import opening_day
from knowledge.evidence import Evidence
from knowledge.facts import Facts, Kind
from knowledge.order_rules import Refused
from knowledge.policies.sections import sections_of
from knowledge.understanding import Reading
from storage.records import Coupon, Order, OrderStatus, Policy

COUPONS_SHOWN = 5
_WORD = re.compile(r"[^\W\d_]+")
_SHORT = 2  # letters: "of" names no thing
_WAITING = (OrderStatus.READY, OrderStatus.PLACED)


def coupons_to_use(_: Reading, evidence: Evidence) -> Composition:
    """Tell the coupons that can be used."""
    zone = ZoneInfo(evidence.time_zone)
    coupons = tuple(_coupon_facts(coupon, zone) for coupon in evidence.coupons[:COUPONS_SHOWN])
    return Composition(Facts(Kind.COUPONS, coupons=coupons))


def orders_waiting(_: Reading, evidence: Evidence) -> Composition:
    """Tell every order that waits, what is ready first; when none does, the newest."""
    waiting = list(_open_orders(evidence))
    waiting.sort(key=lambda order: _WAITING.index(order.status))
    orders = tuple(waiting or evidence.orders[:1])
    return Composition(_orders_facts(orders, evidence), orders=orders)


def order_named(reading: Reading, evidence: Evidence) -> tuple[Order, ...]:
    """Give the collected order that a message about bringing something back speaks of, none when it names none."""
    said = set(_WORD.findall(reading.text.casefold()))
    said |= {word.removesuffix("s") for word in said}
    found = []
    for order in evidence.orders:
        title = evidence.item_names.get(order.product_id, "").casefold()
        words = {word for word in _WORD.findall(title) if len(word) > _SHORT}
        if order.status is OrderStatus.COLLECTED and not words.isdisjoint(said):
            found.append(order)
    return tuple(found[:1])


def rule_quoted(evidence: Evidence) -> Facts:
    """Quote the rule that answers, or tell that none does."""
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


def quote_of(why: Refused, policies: Sequence[Policy], today: date) -> tuple[str, str] | None:
    """Give the sentence of the shop's rules that refuses something, and where it stands; None when none does.

    It is the one that names the days, else the first of its section, as the section says best what it is about.
    """
    for policy in policies:
        if not policy.valid_from <= today or (policy.valid_to and policy.valid_to < today):
            continue
        for section in sections_of(policy):
            if section.reference == why.rule:
                said = [each.text for each in section.sentences]
                days = re.compile(rf"\b{why.days} days\b")
                named = [text for text in said if why.days and days.search(text)]
                return (named or said)[0], section.reference
    return None


def _coupon_facts(coupon: Coupon, zone: ZoneInfo) -> Facts:
    """Give the facts of one coupon; its last day is the one in `zone` in which it can still be used."""
    last_moment = coupon.valid_until.astimezone(zone) - timedelta(microseconds=1)
    return Facts(
        kind=Kind.COUPONS,
        item=coupon.title,
        coupon_code=coupon.code,
        discount_percent=coupon.discount_percent,
        expires_on=last_moment.date(),
    )


def how_to(kind: Kind) -> Callable[[Reading, Evidence], Composition]:
    """Tell how an open order is changed or given up, with the buttons of the newest one."""

    def told(reading: Reading, evidence: Evidence) -> Composition:
        return Composition(Facts(kind, tone=reading.tone), orders=_open_orders(evidence)[:1])

    return told


def _open_orders(evidence: Evidence) -> tuple[Order, ...]:
    return tuple(order for order in evidence.orders if order.status in _WAITING)


def _orders_facts(orders: Sequence[Order], evidence: Evidence) -> Facts:
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
