"""What happens to orders by the clock: those nobody answered are told on, those nobody collected go back on the shelf.

Each order is a transaction of its own, with the messages about it, and begins with a conditional UPDATE: a tick that
comes twice, or after a crash, finds nothing left to do. Everything goes by shop time, so a moved clock moves it too.
"""

from datetime import datetime, timedelta

from handlers import texts
from handlers.staff.telling import Telling
from handlers.unasked import UnaskedParts
from knowledge.catalogue import Catalogue
from knowledge.holding import expire
from knowledge.language import Sentence
from storage.records import Order
from storage.work import Work

_AT_ONCE = 50  # orders a tick; the next one goes on


class OrderWatch:
    """Looks after open orders. `answer_within` is how long a store may be silent."""

    def __init__(self, parts: UnaskedParts, answer_within: timedelta) -> None:
        self._parts = parts
        self._answer_within = answer_within

    async def tick(self) -> None:
        """Do what is due; first what is over, so that nobody is told of an order that is gone."""
        catalogue, now = await self._parts.concierge.catalogue(), self._parts.now()
        async with self._parts.database.reading() as work:
            overdue = await work.orders.overdue(now, _AT_ONCE)
        for code in overdue:
            await self._expire(code, catalogue, now)
        async with self._parts.database.reading() as work:
            unanswered = await work.orders.unanswered(now - self._answer_within, _AT_ONCE)
        for code in unanswered:
            await self._tell_on(code, catalogue, now)

    async def _expire(self, code: str, catalogue: Catalogue, now: datetime) -> None:
        async with self._parts.database.work() as work:
            order = await expire(work, code, now)
            if order is None:
                return
            telling = self._telling(work, catalogue, now)
            await telling.tell_shopper(order, _end_of(order))
            await telling.change_cards(order)
            await work.commit()

    async def _tell_on(self, code: str, catalogue: Catalogue, now: datetime) -> None:
        async with self._parts.database.work() as work:
            is_due = await work.orders.escalate(code, now)
            order = await work.orders.get(code) if is_due else None
            if order is None:
                return
            telling = self._telling(work, catalogue, now)
            is_told = await telling.ask_those_in_charge(order)
            sentence = texts.ORDER_SILENCE_TOLD if is_told else texts.ORDER_SILENCE
            await telling.tell_shopper(order, sentence, lambda theirs: theirs.order(order))
            await work.commit()

    def _telling(self, work: Work, catalogue: Catalogue, now: datetime) -> Telling:
        return Telling(work, catalogue, self._parts.signer, now, self._parts.machine_now())


def _end_of(order: Order) -> Sentence:
    """Say that it is over; where nobody ever looked, it may have been collected without a word to us."""
    return texts.ORDER_EXPIRED_UNSEEN if order.asked_at is None else texts.ORDER_EXPIRED
