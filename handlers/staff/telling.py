"""Who hears what about an order: cards for the store, news for the shopper, all in the transaction of the change.

A card is remembered by its key in the outbox, so that it can be changed in place when somebody else acts. No card
holds anything about the shopper: the code is enough.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from babel import Locale

from handlers import texts as shopper_texts
from handlers.callbacks import Signer
from handlers.keyboards import Buttons
from handlers.order_words import OrderWords, order_words
from handlers.rendering import Keyboard, edit, send, unasked
from handlers.staff import texts
from handlers.staff.cards import card, new_card, unanswered_card
from knowledge.amounts import locale_for
from knowledge.catalogue import Catalogue
from knowledge.counter import may_serve
from knowledge.language import Sentence, told
from storage.records import Order, Person, Role, Shopper
from storage.work import Work

_NEW, _LATE = "new", "late"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who works here and can be written to."""

    person: Person
    shopper: Shopper

    @property
    def is_here(self) -> bool:
        """Tell whether they work in the order's own store, whose name they need not be told."""
        return self.person.role is Role.STAFF


@dataclass(frozen=True, slots=True)
class Tapped:
    """The card that somebody tapped a button of; None for one that cannot be changed any more."""

    chat_id: int
    message_id: int | None

    def may_be(self, chat_id: int, message_id: int | None) -> bool:
        """Tell whether a card is this one; one whose id is not known yet may be."""
        return chat_id == self.chat_id and message_id in (None, self.message_id)


@dataclass(frozen=True, slots=True)
class Telling:
    """Queues messages about orders in a work. `now` is shop time, `due_at` the machine's."""

    work: Work
    catalogue: Catalogue
    signer: Signer
    now: datetime
    due_at: datetime

    async def ask_store(self, order: Order) -> bool:
        """Show a new order to the store's staff, or without any to who runs the shop; False when nobody is there."""
        colleagues = await self._colleagues(order)
        staff = [each for each in colleagues if each.person.role is Role.STAFF]
        for each in staff or colleagues:
            words, locale = self._words(order, each.shopper)
            text = new_card(words, locale, is_here=each.is_here)
            await self._card(each, order, text, _NEW)
        if colleagues:
            await self.work.orders.asked(order.code, self.now)
        return bool(colleagues)

    async def ask_those_in_charge(self, order: Order) -> bool:
        """Show an order nobody answered to who runs the shop; False when nobody is there."""
        colleagues = await self._colleagues(order)
        in_charge = [each for each in colleagues if each.person.role is not Role.STAFF]
        is_known = await self._writable(order.shopper_id) is not None
        for each in in_charge:
            words, locale = self._words(order, each.shopper)
            text = unanswered_card(words, locale, shopper_knows=is_known)
            await self._card(each, order, text, _LATE)
        return bool(in_charge)

    async def tell_shopper(
        self,
        order: Order,
        sentence: Sentence,
        keyboard: Callable[[Buttons], Keyboard | None] | None = None,
    ) -> bool:
        """Tell the shopper; False when they are gone, cannot be reached or want no messages.

        `keyboard` picks what stands below from the shopper's buttons.
        """
        shopper = await self._writable(order.shopper_id)
        if shopper is None:
            return False
        words, locale = self._words(order, shopper)
        if words.until:
            sentence = shopper_texts.NEWS_UNTIL.get(sentence, sentence)
        text = told(sentence, locale, o=words, coupon=order.coupon_code)
        below = None if keyboard is None else keyboard(self.buttons(shopper))
        message = send(shopper.id, text, bold=(words.store, order.code), keyboard=below)
        await self.work.outbox.add(unasked(message), self.due_at)
        return True

    async def ask_shopper(self, order: Order) -> Sentence | None:
        """Tell the shopper, once, that the store has a question; gives why not, None when it was done."""
        shopper = await self._writable(order.shopper_id)
        if shopper is None:
            return texts.NOT_TOLD
        words, locale = self._words(order, shopper)
        text = told(shopper_texts.ORDER_QUESTION, locale, o=words)
        keyboard = self.buttons(shopper).order(order)
        message = send(shopper.id, text, bold=(order.code,), keyboard=keyboard)
        key = _key(order, "question", shopper.id)
        added = await self.work.outbox.add(unasked(message, key), self.due_at)
        return None if added is not None else texts.ASKED_BEFORE

    async def change_cards(
        self, order: Order, by: Sentence | None = None, *, but_for: Tapped | None = None
    ) -> None:
        """Bring everybody's cards up to date, but for one that is changed anyway; `by` names who changed it."""
        for each in await self._colleagues(order):
            chat_id = each.shopper.id
            keys = [_key(order, kind, chat_id) for kind in (_NEW, _LATE)]
            known = await self.work.outbox.keyed(keys)
            for message_id in known.values():
                if but_for is not None and but_for.may_be(chat_id, message_id):
                    continue
                text = self.card(each, order, by)
                keyboard = self.buttons(each.shopper).store_order(order)
                # A card that is still on its way cannot be changed; this follows it.
                message = (
                    send(chat_id, text, bold=(order.code,), keyboard=keyboard)
                    if message_id is None
                    else edit(chat_id, message_id, text, bold=(order.code,), keyboard=keyboard)
                )
                await self.work.outbox.add(unasked(message), self.due_at)

    def card(self, colleague: Colleague, order: Order, by: Sentence | None = None) -> str:
        """Give the words of somebody's card as the order stands now; `by` names who brought it there."""
        words, locale = self._words(order, colleague.shopper)
        return card(order.status, words, locale, is_here=colleague.is_here, by=by)

    def buttons(self, shopper: Shopper) -> Buttons:
        """Give the maker of somebody's buttons."""
        return Buttons(self.signer, shopper.id, locale_for(shopper.language))

    async def _card(self, colleague: Colleague, order: Order, text: str, kind: str) -> None:
        chat_id = colleague.shopper.id
        keyboard = self.buttons(colleague.shopper).store_order(order)
        message = send(chat_id, text, bold=(order.code,), keyboard=keyboard)
        key = _key(order, kind, chat_id)
        await self.work.outbox.add(unasked(message, key), self.due_at)

    def _words(self, order: Order, reader: Shopper) -> tuple[OrderWords, Locale]:
        locale = locale_for(reader.language)
        return order_words(order, self.catalogue, self.now, locale), locale

    async def _colleagues(self, order: Order) -> list[Colleague]:
        """Give who may act on the order and can be written to, the longest here first."""
        people = [each for each in await self.work.people.all() if may_serve(each, order)]
        known = [(each, await self._writable(each.shopper_id)) for each in people]
        return [Colleague(person, shopper) for person, shopper in known if shopper is not None]

    async def _writable(self, shopper_id: int) -> Shopper | None:
        shopper = await self.work.shoppers.get(shopper_id)
        if shopper is None or not shopper.is_reachable or shopper.stopped_at is not None:
            return None
        return shopper


def _key(order: Order, kind: str, chat_id: int) -> str:
    return f"order {order.code} {kind} {chat_id}"
