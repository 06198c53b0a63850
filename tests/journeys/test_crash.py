"""kill -9 at every step of a conversation: what the concierge promises, no more and no less.

Every point is died at on each database, in one step or two; with CONCIERGE_TEST_EVERY_KILL set, in every step.
"""

import os
import signal
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from scripts.phone import Message, Phone, labels_of, text_of
from storage.records import Order
from tests.journeys.stage import POINTS, RunningBot, Stage

# Telegram had the message and we could not know: the only case in which one may come twice.
MAY_COME_TWICE = {"message accepted"}
LOST_PLACE = "lost that place"


@dataclass(slots=True)
class Shopper:
    """A shopper in a conversation, who remembers the last offer."""

    phone: Phone
    centre: tuple[float, float]
    offer: Message | None = None

    async def greet(self) -> None:
        await self.phone.write("/start")

    async def ask(self) -> None:
        await self.phone.write("I'm cold")

    async def share(self) -> None:
        await self.phone.share_place(*self.centre)

    async def book(self) -> None:
        assert self.offer is not None
        await self.phone.tap(self.offer, "Book it")

    async def ask_for_order(self) -> None:
        await self.phone.write("where is my order?")

    async def hear(self) -> list[str]:
        """Wait for an answer and give what is there of it."""
        heard = await self.phone.hear()
        for message in heard:
            if "Book it" in labels_of(message):
                self.offer = message
        return [text_of(message) for message in heard]


Step = Callable[[Shopper], Awaitable[None]]
STEPS: dict[str, Step] = {
    "greet": Shopper.greet,
    "ask": Shopper.ask,
    "share": Shopper.share,
    "book": Shopper.book,
    "ask for order": Shopper.ask_for_order,
}


NAMES = list(STEPS)
# In which steps a point is met on SQLite, and in which on PostgreSQL. Booking, which moves most, meets most of them.
MEETINGS: dict[str, tuple[set[str], set[str]]] = {
    "updates fetched": ({"greet"}, {"book"}),
    "inbox committed": ({"share"}, {"ask"}),
    "item claimed": ({"ask"}, {"share"}),
    "desk opened": ({"book"}, {"greet"}),
    "effects written": ({"book"}, {"ask for order"}),
    "effects committed": ({"ask for order"}, {"book"}),
    "row claimed": ({"book"}, {"ask"}),
    "message accepted": ({"ask", "book"}, {"greet", "book"}),
    "row settled": ({"ask for order"}, {"share"}),
}
EVERY_KILL = "CONCIERGE_TEST_EVERY_KILL" in os.environ
BEFORE = {name: NAMES[: NAMES.index(name)] for name in NAMES}


async def orders_of(stage: Stage, shopper_id: int) -> list[Order]:
    async with stage.database.reading() as work:
        return await work.orders.of_shopper(shopper_id)


async def booked(stage: Stage, shopper: Shopper) -> None:
    """Wait until the message with the offer has become a confirmation, of the one order there is."""
    assert shopper.offer is not None
    message_id = shopper.offer["message_id"]
    await shopper.phone.see(message_id, lambda message: "Book it" not in labels_of(message))
    (order,) = await orders_of(stage, shopper.phone.user_id)
    await shopper.phone.see(message_id, lambda message: order.code in text_of(message))


async def shelf(stage: Stage, order: Order) -> int:
    """Give how many pieces are left where an order was taken from."""
    async with stage.database.reading() as work:
        quantities = await work.stock.quantities([order.product_id], [order.store_id])
    return quantities[order.store_id, order.product_id]


async def play(stage: Stage, shopper: Shopper, names: list[str]) -> None:
    """Play steps without trouble."""
    for name in names:
        await STEPS[name](shopper)
        if name == "book":
            await booked(stage, shopper)
        else:
            assert len(await shopper.hear()) == 1


async def crash_in(stage: Stage, bot: RunningBot, shopper: Shopper, step: str) -> None:
    """Play up to a step and let the bot die in it, at the point it was started with."""
    await play(stage, shopper, BEFORE[step])
    await stage.settled()
    stage.armed.touch()
    await STEPS[step](shopper)
    assert await bot.ended() == -signal.SIGKILL
    stage.armed.unlink()


async def answers_after(stage: Stage, shopper: Shopper, step: str) -> list[str]:
    """Wait for the answer to a step from the next process, and give it as often as it came."""
    if step == "book":
        await booked(stage, shopper)
        return ["booked"]
    heard = await shopper.hear()
    # Whatever comes twice stands before the answer to what is asked next.
    await shopper.phone.write("/help")
    while "/forget" not in heard[-1]:
        heard += await shopper.hear()
    return heard[:-1]


def points_of(step: str, database_url: str) -> list[str]:
    """Give the points at which the bot is killed in a step, in their order."""
    place = 0 if database_url.startswith("sqlite") else 1
    return [point for point in POINTS if EVERY_KILL or step in MEETINGS[point][place]]


@pytest.mark.parametrize("place", [0, 1])
def test_every_point_is_met_on_each_database(place: int) -> None:
    assert list(MEETINGS) == list(POINTS)
    assert all(met[place] for met in MEETINGS.values())
    assert set().union(*(met[place] for met in MEETINGS.values())) == set(STEPS)


@pytest.mark.parametrize("step", STEPS)
async def test_kill_at_the_points_of_a_step(
    stage: Stage, centre: tuple[float, float], step: str
) -> None:
    points = points_of(step, stage.database_url)
    bot = await stage.start(crash_at=points[0])
    for number, point in enumerate(points):
        shopper = Shopper(stage.phone(1000 + number), centre)
        await crash_in(stage, bot, shopper, step)
        bot = await stage.start(crash_at=[*points, ""][number + 1])
        answers = await answers_after(stage, shopper, step)
        most = 2 if point in MAY_COME_TWICE else 1
        assert 1 <= len(answers) <= most, (point, answers)
        assert len(set(answers)) == 1, point
        orders = await orders_of(stage, shopper.phone.user_id)
        assert len(orders) == (1 if "book" in [*BEFORE[step], step] else 0), point
    assert await bot.stop() == 0
