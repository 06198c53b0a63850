"""Records with everything filled in, so that a test names only what it is about."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from typing import Any

from storage.records import (
    Birthday,
    Coupon,
    Gate,
    OpeningHours,
    Order,
    OrderStatus,
    Outcome,
    Outgoing,
    Product,
    Purchase,
    Reading,
    Receipt,
    Relation,
    Relative,
    Shopper,
    Store,
    Suggestion,
    Sustainability,
)

NOON = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


def shopper(shopper_id: int = 7, **changes: Any) -> Shopper:
    base = Shopper(shopper_id, "Ana", "en", created_at=NOON, last_seen_at=NOON)
    return replace(base, **changes)


def relative(nickname: str = "mum", shopper_id: int = 7, **changes: Any) -> Relative:
    told = (Relation.PARENT, "candles, vegan", Birthday(5, 12))
    return replace(Relative(1, shopper_id, nickname, *told, created_at=NOON), **changes)


def store(store_id: str = "cafe", **changes: Any) -> Store:
    hours = tuple(OpeningHours(day, time(8), time(18)) for day in range(5))
    place = ("1 Main Street", 52.5, 13.4, "Europe/Berlin")
    return replace(Store(store_id, "Downtown Café", "café", *place, hours=hours), **changes)


def product(product_id: str = "choc", **changes: Any) -> Product:
    base = Product(
        id=product_id,
        title="Hot Chocolate",
        category="drinks",
        description="Dark and thick.",
        price_cents=350,
        currency="USD",
        brand="Kakaw",
        attributes={"size": "large"},
        sustainability=frozenset({Sustainability.VEGAN, Sustainability.FAIR_TRADE}),
        tags=("warm", "sweet"),
    )
    return replace(base, **changes)


def coupon(code: str = "WARM15", **changes: Any) -> Coupon:
    week = timedelta(days=7)
    return replace(Coupon(code, "15 % off", 15, NOON - week, NOON + week), **changes)


def order(code: str = "K7-2291", shopper_id: int = 7, **changes: Any) -> Order:
    base = Order(
        code=code,
        shopper_id=shopper_id,
        store_id="cafe",
        product_id="choc",
        quantity=1,
        price_cents=350,
        currency="USD",
        status=OrderStatus.PLACED,
        placed_at=NOON,
        changed_at=NOON,
    )
    return replace(base, **changes)


def purchase(shopper_id: int = 7, **changes: Any) -> Purchase:
    return replace(Purchase(shopper_id, "cafe", "choc", 1, 350, NOON), **changes)


def suggestion(shopper_id: int = 7, **changes: Any) -> Suggestion:
    base = Suggestion(
        id=0,
        shopper_id=shopper_id,
        need="something warm",
        product_id="choc",
        store_id="cafe",
        coupon_code=None,
        price_cents=350,
        distance_band_m=50,
        contributions={"need": 1.25, "distance": 0.5},
        position=0,
        shown_at=NOON,
    )
    return replace(base, **changes)


def receipt(shopper_id: int = 7, **changes: Any) -> Receipt:
    base = Receipt(
        shopper_id=shopper_id,
        visit_id=3,
        store_id="cafe",
        coupon_code="WARM15",
        product_id="choc",
        outcome=Outcome.SILENT,
        readings=(Reading(Gate.CONSENT, True), Reading(Gate.PER_DAY, 1, 1)),
        within_m=150,
        decided_on=NOON.date(),
    )
    return replace(base, **changes)


def outgoing(chat_id: int = 7, text: str = "hello", **changes: Any) -> Outgoing:
    return replace(Outgoing(chat_id, "sendMessage", {"chat_id": chat_id, "text": text}), **changes)
