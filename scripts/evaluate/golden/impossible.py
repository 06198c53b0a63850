"""What may never be suggested: looked up in the database, for each thing shown, without the concierge's own judgement."""

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from knowledge.facts import Facts, Kind
from knowledge.nearby.places import Fix
from knowledge.ranking import Ranked
from scripts.evaluate.golden.cases import Wanted, listed
from scripts.evaluate.golden.stage import Asked
from storage.database import Database
from storage.records import Coupon, Product, Store

_WALKING_M_PER_MIN = 80.0
_EARTH_M = 6_371_000.0
_SLACK = timedelta(seconds=30)  # between a sphere and the earth


@dataclass(frozen=True, slots=True)
class _Stored:
    """What the database says of one thing shown."""

    store: Store
    product: Product
    pieces: int
    coupon: Coupon | None
    uses: int


async def impossible(database: Database, asked: Asked, wanted: Wanted) -> list[str]:
    """Give everything that makes a thing shown impossible to have, or forbidden by the message; [] is well."""
    found = []
    for ranked, facts in _told(asked):
        stored = await _look_up(database, ranked, asked)
        name = f"{stored.product.title} at {stored.store.name}"
        reasons = [*_out_of_reach(stored, facts, asked), *_forbidden(stored.product, wanted)]
        found += [f"{name}: {reason}" for reason in reasons]
    return found


def _told(asked: Asked) -> list[tuple[Ranked, Facts]]:
    """Pair each thing shown with the facts told of it."""
    facts = asked.answer.facts
    told = facts.options if facts.options and facts.kind is Kind.OPTIONS else (facts,)
    return list(zip(asked.answer.shown, told, strict=False))


async def _look_up(database: Database, ranked: Ranked, asked: Asked) -> _Stored:
    candidate, shopper_id = ranked.candidate, asked.question.shopper.id
    async with database.reading() as work:
        store = await work.stores.get(candidate.store.id)
        product = await work.products.get(candidate.product.id)
        pieces = await work.stock.quantities([candidate.product.id], [candidate.store.id])
        code = candidate.coupon.code if candidate.coupon else None
        coupon = await work.coupons.get(code) if code else None
        uses = await work.coupons.uses(shopper_id)
    if store is None or product is None:
        raise LookupError(candidate.product.id)
    quantity = pieces.get((store.id, product.id), 0)
    return _Stored(store, product, quantity, coupon, uses.get(code or "", 0))


def _out_of_reach(stored: _Stored, facts: Facts, asked: Asked) -> list[str]:
    arrives = asked.question.asked_at + _walk(asked.question.fix, stored.store)
    reasons = [] if stored.pieces > 0 else ["out of stock"]
    # Told with its opening, a closed store is no broken promise.
    if facts.opens_at is None and not any(
        _is_open(stored.store, moment) for moment in (arrives - _SLACK, arrives + _SLACK)
    ):
        reasons.append(f"closed at {arrives:%a %H:%M}")
    coupon = stored.coupon
    if coupon is None:
        return reasons
    if not coupon.valid_from <= arrives < coupon.valid_until:
        reasons.append(f"{coupon.code} is not valid then")
    if coupon.is_paused or coupon.remaining == 0 or stored.uses >= coupon.per_shopper:
        reasons.append(f"{coupon.code} is paused or used up")
    return reasons


def _walk(fix: Fix | None, store: Store) -> timedelta:
    """Give the walk to a store by the haversine formula."""
    if fix is None:
        return timedelta()
    here, there = math.radians(fix.latitude), math.radians(store.latitude)
    half_way = math.radians(store.longitude - fix.longitude) / 2
    chord = (
        math.sin((there - here) / 2) ** 2
        + math.cos(here) * math.cos(there) * math.sin(half_way) ** 2
    )
    return timedelta(minutes=2 * _EARTH_M * math.asin(math.sqrt(chord)) / _WALKING_M_PER_MIN)


def _is_open(store: Store, at: datetime) -> bool:
    """Read the opening hours once more, by minutes of the week and by special days."""
    local = at.astimezone(ZoneInfo(store.time_zone))
    return any(_was_opened(store, local, days_ago) for days_ago in (0, 1))


def _was_opened(store: Store, local: datetime, days_ago: int) -> bool:
    day = local.date() - timedelta(days=days_ago)
    minute = local.hour * 60 + local.minute + days_ago * 24 * 60
    special = {each.day: each.hours for each in store.special_days}
    hours = special.get(
        day, tuple((h.opens, h.closes) for h in store.hours if h.weekday == day.weekday())
    )
    for opens, closes in hours:
        begins, ends = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
        if begins <= minute < (ends if ends > begins else ends + 24 * 60):
            return True
    return False


def _forbidden(product: Product, wanted: Wanted) -> list[str]:
    """Give what the message rules out, by the product's own attributes."""
    message, reasons = wanted.message, []
    if message.max_price is not None and product.price_cents > round(message.max_price * 100):
        reasons.append(f"costs {product.price_cents / 100:.2f}")
    has = {name: _values(product, name) for name in ("diet", "allergens", "size", "colour")}
    if message.size and message.size.casefold() not in has["size"]:
        reasons.append(f"size {product.attributes.get('size')}")
    colour = product.attributes.get("colour", "").replace("navy", "navy blue")
    if message.colour and message.colour not in colour:
        reasons.append(f"colour {product.attributes.get('colour')}")
    reasons += [f"not {diet}" for diet in listed(message.diet) if diet not in has["diet"]]
    if message.free_of and "allergens" not in product.attributes:
        reasons.append("allergens are not known")
    reasons += [f"contains {each}" for each in message.free_of if each in has["allergens"]]
    made = {kind.value for kind in product.sustainability}
    reasons += [f"not {each}" for each in message.sustain if each not in made]
    told = f"{product.title} {' '.join(product.tags)} {product.attributes.get('material', '')}"
    # At the beginning of a word: no chocolate is a cola.
    reasons += [
        f"is {word}"
        for word in message.never
        if re.search(rf"\b{re.escape(word)}", told.casefold())
    ]
    reasons += [
        f"{name} {product.attributes.get(name)}"
        for name, value in message.attributes.items()
        if product.attributes.get(name) != value
    ]
    return reasons


def _values(product: Product, attribute: str) -> set[str]:
    return {each.strip() for each in product.attributes.get(attribute, "").casefold().split(",")}
