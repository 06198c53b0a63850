"""What handlers work with: the concierge, places, the signer and the shop's clock, and how to ask."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers import texts
from handlers.answers import MODEL_TURNS, Occasion, keep_and_send
from handlers.asking import ASK_AGAIN_AFTER, nudges_question
from handlers.callbacks import Signer
from handlers.desk import Desk
from handlers.keyboards import Buttons
from handlers.nudging import Nudging
from handlers.saying import say
from knowledge.aloud import Listener
from knowledge.amounts import locale_for
from knowledge.concierge import Concierge
from knowledge.context import Question
from knowledge.nearby.places import Fix, Places
from knowledge.order_rules import Occasion as OrderOccasion
from knowledge.order_rules import OrderLimits
from knowledge.sample_town import TownPlanner
from knowledge.understanding import Intent
from storage.records import Consent, ConsentKind, Shopper
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Ask:
    """How a message is to be answered.

    `intent` skips understanding (a command says what it is about); `excluding` holds product ids not to
    show again, `excluding_at` pairs of store and product id; `replaces_message_id` changes that message instead of
    sending a new one; `agrees_to_place`: with this very message the use of the place is agreed to; `from_record`:
    the text comes from the record, masked as it is kept there; `sense` is what it was said to mean; `unused` are reasons that shall not count from now on.
    """

    text: str
    intent: Intent | None = None
    just_search: bool = False
    excluding: frozenset[str] = frozenset()
    excluding_at: frozenset[tuple[str, str]] = frozenset()
    replaces_message_id: int | None = None
    agrees_to_place: bool = False
    from_record: bool = False
    sense: str = ""
    unused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Kept:
    """For how many days what is known of a shopper is kept: what was said, shown and done, and stores that were passed."""

    said_days: int
    shown_days: int
    done_days: int
    passed_days: int


@dataclass(frozen=True, slots=True)
class Shop:
    """The shop as handlers see it. `now` gives shop time, aware UTC; without `plan_town` no sample town is laid out."""

    name: str
    concierge: Concierge
    places: Places
    nudging: Nudging
    signer: Signer
    now: Callable[[], datetime]
    model_turns_per_day: int
    kept: Kept
    plan_town: TownPlanner | None = None
    order_limits: OrderLimits = field(default_factory=OrderLimits)

    def buttons(self, shopper: Shopper) -> Buttons:
        """Give the maker of a shopper's buttons."""
        return Buttons(self.signer, shopper.id, locale_for(shopper.language))

    def order_occasion(self, zone: ZoneInfo) -> OrderOccasion:
        """Give what an order is judged by now, in the time zone of its store."""
        return OrderOccasion(self.now(), zone, self.order_limits)

    async def place_of(self, desk: Desk, shopper: Shopper) -> Fix | None:
        """Give where a shopper is, None when it is not known, not fresh or not to be used."""
        async with desk.reading() as work:
            consents = await work.consents.current(shopper.id)
        if _is_refused(consents):
            return None
        return self.places.latest(shopper.id, desk.received_at)

    async def offer(
        self,
        desk: Desk,
        shopper: Shopper,
        product_id: str,
        also: Callable[[Work], Awaitable[None]] | None = None,
    ) -> bool:
        """Offer one product, which was pointed at and not asked for; False when the shop does not have it (any more)."""
        product = (await self.concierge.catalogue()).products.get(product_id)
        if product is None:
            return False
        fix = await self.place_of(desk, shopper)
        question = Question(shopper, product.title, self.now(), fix, just_search=True)
        answer = await self.concierge.show(product_id, question)
        if answer is None:
            return False
        occasion = Occasion(shopper, question.asked_at)
        await keep_and_send(desk, self.signer, answer, occasion, also)
        return True

    async def answer(
        self,
        desk: Desk,
        shopper: Shopper,
        ask: Ask,
        also: Callable[[Work], Awaitable[None]] | None = None,
    ) -> None:
        """Answer a message: ask the concierge, keep what was said and shown, send it.

        `also` is whatever else belongs into the transaction of the reply.
        """
        async with desk.reading() as work:
            consents = await work.consents.current(shopper.id)
            turns = await work.usage.count(shopper.id, MODEL_TURNS, desk.received_at.date())
        is_refused = _is_refused(consents) and not ask.agrees_to_place
        question = Question(
            shopper=shopper,
            text=ask.text,
            asked_at=self.now(),
            fix=None if is_refused else self.places.latest(shopper.id, desk.received_at),
            just_search=ask.just_search,
            excluding=ask.excluding,
            excluding_at=ask.excluding_at,
            from_record=ask.from_record,
            sense=ask.sense,
            unused=ask.unused,
            location_refused=is_refused and not _has_lapsed(consents, self.now()),
        )
        answer = await self.concierge.reply(
            question,
            intent=ask.intent,
            use_model=turns < self.model_turns_per_day,
            listener=_listener(desk, ask),
        )
        if ask.excluding and not answer.shown:
            answer = answer.saying(say(shopper, texts.NOTHING_ELSE))
        occasion = Occasion(
            shopper,
            question.asked_at,
            ask.replaces_message_id,
            await self.concierge.catalogue(),
        )

        async def ask_for_nudges(work: Work) -> None:
            """Ask after an answer that was of use, while a live location is shared."""
            if not answer.shown or not self.nudging.is_live(shopper.id):
                return
            buttons = self.buttons(shopper)
            ask = await nudges_question(work, shopper, buttons, question.asked_at)
            if ask is not None:
                await desk.enqueue(work, ask)

        await keep_and_send(desk, self.signer, answer, occasion, also, afterwards=ask_for_nudges)


def _listener(desk: Desk, ask: Ask) -> Listener | None:
    """Give who waits; an answer in the place of an earlier message is not shown below it while it is written."""
    if desk.listener is None or ask.replaces_message_id is None:
        return desk.listener
    return Listener(desk.listener.overtaken)


def _has_lapsed(consents: Mapping[ConsentKind, Consent], now: datetime) -> bool:
    """Tell whether a no to the place is so old that it may be asked for again; used it is not."""
    location = consents.get(ConsentKind.LOCATION)
    return location is not None and now - location.decided_at >= ASK_AGAIN_AFTER


def _is_refused(consents: Mapping[ConsentKind, Consent]) -> bool:
    location = consents.get(ConsentKind.LOCATION)
    return location is not None and not location.is_granted
