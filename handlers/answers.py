"""An answer of the concierge, kept and sent: turns, suggestions, quota and message in one transaction."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from handlers.callbacks import Signer
from handlers.debugging import may_debug, trace_text
from handlers.desk import Desk
from handlers.keyboards import Buttons, ask_place, side_by_side
from handlers.order_words import timeline
from handlers.rendering import Keyboard, edit, send, with_block, with_line
from knowledge.amounts import locale_for
from knowledge.answer import Answer
from knowledge.catalogue import Catalogue
from knowledge.facts import Kind
from knowledge.nearby.bands import distance_band_m
from knowledge.passing_over import STILL_SEEN, passed_over
from knowledge.ranking import Ranked
from storage.records import OrderStatus, Outgoing, Shopper, Suggestion, Turn
from storage.work import Work

_BY_STAFF = frozenset({Kind.HUMAN, Kind.COMPLAINT})
_TURNS_SEEN = 4  # the last answer and the one before it
MODEL_TURNS = "model_turns"  # the usage counter of replies in the model's words


@dataclass(frozen=True, slots=True)
class Occasion:
    """Who is answered, when (shop time), and which message to change instead of sending a new one.

    With a `catalogue` the story of an order that was asked about stands below it.
    """

    shopper: Shopper
    asked_at: datetime
    replaces_message_id: int | None = None
    catalogue: Catalogue | None = None


async def keep_and_send(
    desk: Desk,
    signer: Signer,
    answer: Answer,
    occasion: Occasion,
    also: Callable[[Work], Awaitable[None]] | None = None,
    *,
    afterwards: Callable[[Work], Awaitable[None]] | None = None,
) -> None:
    """Record an answer and put it into the outbox, in one transaction with the inbox item.

    `also` is whatever else belongs into that transaction, `afterwards` what is to be said after the answer.
    """
    shopper_id = occasion.shopper.id
    async with desk.work() as work:
        if also is not None:
            await also(work)
        if not _goes_on(answer):
            await _keep_passed_over(work, shopper_id, occasion.asked_at)
        numbers = await work.vault.keep(shopper_id, answer.entries, desk.received_at)
        await keep_turns(work, answer.settled(numbers), occasion)
        shown = await keep_suggestions(work, answer.shown, answer.wish, occasion)
        if answer.words.source == "model":
            day = desk.received_at.date()
            await work.usage.increment(shopper_id, MODEL_TURNS, day)
        buttons = Buttons(signer, shopper_id, locale_for(occasion.shopper.language))
        message = _message(answer, occasion, _keyboard(answer, buttons, shown))
        message = await _with_story(work, message, answer, occasion)
        await desk.enqueue(work, await _with_trace(work, message, answer, occasion.shopper))
        if afterwards is not None:
            await afterwards(work)
        await work.commit()


async def keep_suggestions(
    work: Work, shown: Sequence[Ranked], wish: str, occasion: Occasion
) -> list[Suggestion]:
    """Record what is shown and give it with its ids, in the order shown."""
    new = [_suggestion(ranked, wish, place, occasion) for place, ranked in enumerate(shown)]
    ids = await work.suggestions.add_many(new)
    return [replace(suggestion, id=key) for suggestion, key in zip(new, ids, strict=True)]


def _keyboard(answer: Answer, buttons: Buttons, shown: Sequence[Suggestion]) -> Keyboard | None:
    """Give the buttons of an answer; of one about several things, the first of each."""
    if answer.facts.choices:
        return buttons.choices(answer.facts.choices)
    own = keyboard_for(answer.kind, buttons, shown) or _where(answer, buttons)
    if answer.kind is Kind.NEEDS_PLACE:  # a keyboard that asks for a place stands alone
        return own
    about_order = None
    if answer.orders:
        first = answer.orders[0]
        is_collected = (
            first.status is OrderStatus.COLLECTED and answer.kind is not Kind.ORDER_STATUS
        )
        about_order = buttons.changes.collected([first]) if is_collected else buttons.order(first)
    kinds = {facts.kind for facts in (answer.facts, *answer.facts.before)}
    person = buttons.ask_person() if Kind.NOT_KNOWN in kinds else None
    several = [each for each in (about_order, own, person) if each is not None]
    return side_by_side(several) if len(several) > 1 else next(iter(several), None)


def _where(answer: Answer, buttons: Buttons) -> Keyboard | None:
    """Give the way to the store of an answer; one that sends to the staff always has a way to them."""
    if answer.stores:
        return buttons.store(answer.stores[0].id)
    return buttons.store(None) if answer.kind in _BY_STAFF else None


async def _with_story(
    work: Work, message: Outgoing, answer: Answer, occasion: Occasion
) -> Outgoing:
    """Put under the one order that was asked about what became of it and when."""
    is_one = answer.kind is Kind.ORDER_STATUS and len(answer.orders) == 1
    is_one = is_one and not answer.facts.before  # beside something else, one line is enough
    if not is_one or occasion.catalogue is None:
        return message
    (order,) = answer.orders
    events = (await work.order_events.of([order.code]))[order.code]
    zone = occasion.catalogue.zone_of(order.store_id)
    locale = locale_for(occasion.shopper.language)
    return with_line(message, timeline(events, zone, occasion.asked_at, locale))


async def _with_trace(work: Work, message: Outgoing, answer: Answer, shopper: Shopper) -> Outgoing:
    """Put under a message how it came about, if it is for somebody who looks behind replies."""
    person = await work.people.get(shopper.id)
    if answer.trace is None or person is None or not may_debug(person):
        return message
    return with_block(message, trace_text(answer.trace, locale_for(shopper.language)))


def keyboard_for(kind: Kind, buttons: Buttons, shown: Sequence[Suggestion]) -> Keyboard | None:
    """Give the buttons that go with a kind of reply."""
    if kind is Kind.NEEDS_PLACE:
        return ask_place(buttons.locale)
    if not shown:
        return None
    if kind is Kind.OPTIONS:
        return buttons.options(shown)
    if kind is Kind.CLOSED:
        return buttons.closed(shown[0])
    return buttons.offer(shown[0])


async def keep_turns(work: Work, answer: Answer, occasion: Occasion) -> None:
    """Record what was asked and answered, masked; the answer is settled."""
    shopper_id, at = occasion.shopper.id, occasion.asked_at
    asked = Turn(shopper_id, "shopper", answer.scrubbed_question, at, meant=answer.meant)
    await work.dialogues.add(asked)
    said = Turn(shopper_id, "concierge", answer.scrubbed_answer, at, answer.kind.value)
    await work.dialogues.add(said)


def _goes_on(answer: Answer) -> bool:
    """Tell whether an answer goes on with what was shown before it: "the cheaper one" leaves nothing alone."""
    return answer.trace is not None and bool(answer.trace.step)


async def _keep_passed_over(work: Work, shopper_id: int, now: datetime) -> None:
    """Learn from what was shown last and left untouched."""
    shown = await work.suggestions.shown_to(shopper_id, now - STILL_SEEN)
    if not shown:
        return
    turns = await work.dialogues.latest(shopper_id, limit=_TURNS_SEEN)
    answered_at = {turn.said_at for turn in turns if turn.role == "shopper"}
    touched = set(await work.signals.about(shopper_id, [each.id for each in shown]))
    orders = await work.orders.of_shopper(shopper_id, limit=_TURNS_SEEN)
    touched |= {each.suggestion_id for each in orders if each.suggestion_id is not None}
    for signal in passed_over(shown, answered_at, touched, now):
        await work.signals.add(signal)


def _suggestion(ranked: Ranked, wish: str, position: int, occasion: Occasion) -> Suggestion:
    candidate = ranked.candidate
    return Suggestion(
        id=0,
        shopper_id=occasion.shopper.id,
        need=wish,
        product_id=candidate.product.id,
        store_id=candidate.store.id,
        coupon_code=candidate.coupon.code if candidate.coupon else None,
        price_cents=candidate.product.price_cents,
        distance_band_m=distance_band_m(candidate.distance_m),
        contributions=ranked.contributions,
        position=position,
        shown_at=occasion.asked_at,
        relative_id=ranked.relative_id,
        alternatives=ranked.beside,
        propensity=ranked.propensity,
    )


def _message(answer: Answer, occasion: Occasion, keyboard: Keyboard | None) -> Outgoing:
    words = answer.words
    chat_id = occasion.shopper.id
    # A reply keyboard cannot be put under an edited message.
    if occasion.replaces_message_id is not None and answer.kind is not Kind.NEEDS_PLACE:
        return edit(
            chat_id, occasion.replaces_message_id, words.text, bold=words.bold, keyboard=keyboard
        )
    return send(chat_id, words.text, bold=words.bold, keyboard=keyboard)
