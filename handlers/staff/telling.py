"""Who hears what about an order: cards for the store, news for the shopper, all in the transaction of the change.

A card is remembered by its key in the outbox, so that it can be changed in place when somebody else acts. No card
holds anything about the shopper: the code is enough.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from handlers import texts as shopper_texts
from handlers.callbacks import Signer
from handlers.keyboards import Buttons
from handlers.order_words import OrderWords, order_words
from handlers.rendering import Keyboard, edit, send, unasked
from handlers.saying import say
from handlers.staff import texts
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
            await self._card(each, order, texts.NEW, _NEW)
        if colleagues:
            await self.work.orders.asked(order.code, self.now)
        return bool(colleagues)

    async def ask_those_in_charge(self, order: Order) -> bool:
        """Show an order nobody answered to who runs the shop; False when nobody is there."""
        colleagues = await self._colleagues(order)
        in_charge = [each for each in colleagues if each.person.role is not Role.STAFF]
        is_known = await self._writable(order.shopper_id) is not None
        sentence = f"{texts.UNANSWERED} {texts.SHOPPER_KNOWS if is_known else texts.NOT_TOLD}"
        for each in in_charge:
            await self._card(each, order, sentence, _LATE)
        return bool(in_charge)

    async def tell_shopper(
        self,
        order: Order,
        sentence: Sentence,
        keyboard: Callable[[Buttons], Keyboard | None] | None = None,
        **more: str,
    ) -> bool:
        """Tell the shopper; False when they are gone, cannot be reached or want no messages.

        `more` fills what the sentence needs beside the order; `keyboard` makes the buttons under it.
        """
        shopper = await self._writable(order.shopper_id)
        if shopper is None:
            return False
        words = self._words(order, shopper)
        if words.until:
            sentence = shopper_texts.NEWS_UNTIL.get(sentence, sentence)
        text = told(sentence, locale_for(shopper.language), count=1, o=words, **more)
        shown = None if keyboard is None else keyboard(self.buttons(shopper))
        message = send(shopper.id, text, bold=(words.store, order.code), keyboard=shown)
        await self.work.outbox.add(unasked(message), self.due_at)
        return True

    async def ask_shopper(self, order: Order) -> str | None:
        """Tell the shopper, once, that the store has a question; gives why not, None when it was done."""
        shopper = await self._writable(order.shopper_id)
        if shopper is None:
            return texts.NOT_TOLD
        text = say(shopper, shopper_texts.ORDER_QUESTION, o=self._words(order, shopper))
        keyboard = self.buttons(shopper).order(order)
        message = send(shopper.id, text, bold=(order.code,), keyboard=keyboard)
        key = _key(order, "question", shopper.id)
        added = await self.work.outbox.add(unasked(message, key), self.due_at)
        return None if added is not None else texts.ASKED_BEFORE

    async def change_cards(
        self, order: Order, by: str = "", *, but_for: Tapped | None = None
    ) -> None:
        """Bring everybody's cards up to date, but for one that is changed anyway."""
        for each in await self._colleagues(order):
            chat_id = each.shopper.id
            keys = [_key(order, kind, chat_id) for kind in (_NEW, _LATE)]
            known = await self.work.outbox.keyed(keys)
            for message_id in known.values():
                if but_for is not None and but_for.may_be(chat_id, message_id):
                    continue
                text = self._fill(texts.CARD[order.status], each, order, by)
                keyboard = self.buttons(each.shopper).store_order(order)
                # A card that is still on its way cannot be changed; this follows it.
                message = (
                    send(chat_id, text, bold=(order.code,), keyboard=keyboard)
                    if message_id is None
                    else edit(chat_id, message_id, text, bold=(order.code,), keyboard=keyboard)
                )
                await self.work.outbox.add(unasked(message), self.due_at)

    async def card(self, person: Person, order: Order, by: str = "") -> str:
        """Give the words of somebody's card as the order stands now; `by` names who brought it there."""
        reader = await self.work.shoppers.get(person.shopper_id)
        assert reader is not None  # noqa: S101  # a role ends with its person
        return self._fill(texts.CARD[order.status], Colleague(person, reader), order, by)

    def buttons(self, reader: Shopper) -> Buttons:
        """Give the maker of somebody's buttons."""
        return Buttons(self.signer, reader.id, locale_for(reader.language))

    async def _card(self, colleague: Colleague, order: Order, sentence: str, kind: str) -> None:
        chat_id = colleague.shopper.id
        text = self._fill(sentence, colleague, order)
        keyboard = self.buttons(colleague.shopper).store_order(order)
        message = send(chat_id, text, bold=(order.code,), keyboard=keyboard)
        key = _key(order, kind, chat_id)
        await self.work.outbox.add(unasked(message, key), self.due_at)

    def _fill(self, sentence: str, colleague: Colleague, order: Order, by: str = "") -> str:
        words = self._words(order, colleague.shopper)
        is_here = colleague.person.role is Role.STAFF
        return sentence.format(
            o=words,
            kept=f" {words.kept}" if words.kept else "",
            at="" if is_here else texts.AT_STORE.format(store=words.store),
            by=texts.BY.format(who=by) if by else "",
        )

    def _words(self, order: Order, reader: Shopper) -> OrderWords:
        return order_words(order, self.catalogue, self.now, locale_for(reader.language))

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
