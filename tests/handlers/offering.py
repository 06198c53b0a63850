"""Gets an offer, and looks up what became of it."""

from datetime import timedelta

from storage.records import Coupon, Order, Signal, Suggestion
from tests.handlers.conftest import Counter, Phone, Sent
from tests.sample_town import MORNING


async def offered(phone: Phone, text: str = "I'm cold") -> Sent:
    """Ask from the café's door, and get one offer."""
    await phone.shares()
    reply = await phone.says(text)
    assert "Book it" in reply.buttons
    return reply


async def orders_of(counter: Counter, shopper_id: int) -> list[Order]:
    async with counter.database.reading() as work:
        return await work.orders.of_shopper(shopper_id)


async def signals_of(counter: Counter, shopper_id: int) -> list[Signal]:
    async with counter.database.reading() as work:
        return await work.signals.of_shopper(shopper_id)


async def suggestions_of(counter: Counter, shopper_id: int) -> list[Suggestion]:
    async with counter.database.reading() as work:
        return await work.suggestions.shown_to(shopper_id, MORNING - timedelta(days=1))


async def on_shelf(counter: Counter, suggestion: Suggestion) -> int:
    key = (suggestion.store_id, suggestion.product_id)
    async with counter.database.reading() as work:
        return (await work.stock.quantities([key[1]], [key[0]]))[key]


async def add_coupon(counter: Counter, **changes: object) -> None:
    known = {"discount_percent": 90, "remaining": None, "per_shopper": 1} | changes
    coupon = Coupon(
        "NINETY90",
        "Ninety off",
        valid_from=MORNING - timedelta(days=1),
        valid_until=MORNING + timedelta(days=9),
        **known,  # type: ignore[arg-type]
    )
    async with counter.database.work() as work:
        await work.coupons.add_many([coupon])
        await work.commit()
