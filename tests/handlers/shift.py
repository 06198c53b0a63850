"""The café's people on a shift, and Mia, who books there: what tests of store orders have in common."""

from dataclasses import dataclass
from datetime import timedelta

from handlers.callbacks import Action
from handlers.staff.watch import OrderWatch
from handlers.unasked import UnaskedParts
from knowledge.concierge import Concierge
from storage.records import Order, Person, Role
from tests.builders import shopper, suggestion
from tests.handlers.conftest import Counter, Phone, Sent, phone

OWNER, ADMIN, EVE, JON, OTHER = 1001, 1002, 1003, 1004, 1005
CAFE, BAKERY = "downtown-cafe", "corner-bakery"
HERE = {
    OWNER: (Role.OWNER, None),
    ADMIN: (Role.ADMIN, None),
    EVE: (Role.STAFF, CAFE),
    JON: (Role.STAFF, CAFE),
    OTHER: (Role.STAFF, BAKERY),
}


@dataclass
class Shift:
    """Who works today, and Mia, who books at the café."""

    counter: Counter
    mia: Phone
    concierge: Concierge

    async def begins(self, *people: int) -> None:
        now = self.counter.clock()
        async with self.counter.database.work() as work:
            for key in people:
                role, store_id = HERE[key]
                await work.shoppers.add_many([shopper(key, created_at=now, last_seen_at=now)])
                await work.people.grant(Person(key, role, store_id, now))
            await work.commit()

    async def books(self) -> tuple[Order, Sent]:
        """Have Mia book a hot chocolate at the café; gives the order and all that was sent."""
        sent = await self.mia.taps(await self.offer())
        return await self.order(), sent

    async def offer(self) -> str:
        """Give the data of a button that books."""
        await self.mia.says("/start")
        offered = suggestion(
            self.mia.shopper_id,
            product_id="hot-chocolate",
            store_id=CAFE,
            coupon_code="WARM15",
            shown_at=self.counter.clock(),
        )
        async with self.counter.database.work() as work:
            (key,) = await work.suggestions.add_many([offered])
            await work.commit()
        return self.mia.button(Action.BOOK, key)

    async def order(self) -> Order:
        async with self.counter.database.reading() as work:
            (order,) = await work.orders.of_shopper(self.mia.shopper_id)
        return order

    async def left(self, order: Order) -> int:
        async with self.counter.database.reading() as work:
            quantities = await work.stock.quantities([order.product_id], [order.store_id])
        return quantities[order.store_id, order.product_id]

    async def waits(self, **how_long: float) -> Sent:
        """Let time pass, and have the orders looked after; gives what that led to."""
        self.counter.clock.pass_by(**how_long)
        await self.watch().tick()
        return await self.counter.deliver()

    def watch(self) -> OrderWatch:
        counter = self.counter
        parts = UnaskedParts(
            counter.database, self.concierge, counter.signer, counter.clock, counter.clock
        )
        return OrderWatch(parts, timedelta(minutes=15))

    async def taps(self, who: int, action: Action, order: Order, on: Sent | int = 1) -> Sent:
        by = phone(self.counter, who, "Eve")
        return await by.taps(by.button(action, order.code), on)


def to(sent: Sent, chat_id: int) -> Sent:
    """Give what went to one chat."""
    return Sent([item for item in sent.items if item.outgoing.chat_id == chat_id])


def chats(sent: Sent) -> set[int]:
    return {item.outgoing.chat_id for item in sent.items}
