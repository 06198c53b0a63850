"""Evidence for a message: products, stores, coupons, orders or a policy, as its intent asks."""

import re
from dataclasses import replace

from knowledge.catalogue import Catalogue
from knowledge.context import ShopperContext
from knowledge.evidence import Evidence
from knowledge.facts import Kind
from knowledge.opening import asks_for_hours
from knowledge.prepared import Prepared
from knowledge.rules import ReplyRules
from knowledge.search.base import Vectors
from knowledge.stores_asked import any_store, asks_for_goods, stores_named, with_staff
from knowledge.understanding import PLACE_INTENTS, POLICY_INTENTS, Intent, Reading
from knowledge.understanding.forms import asks
from knowledge.wishing import Wishes
from storage.database import Database
from storage.records import Coupon


class Retrieval:
    """Finds the evidence in a catalogue that was prepared, and in a database that holds the same."""

    def __init__(self, database: Database, prepared: Prepared, rules: ReplyRules) -> None:
        self._catalogue = prepared.catalogue
        self._rules = rules
        self._wishes = Wishes(database, prepared, rules)
        self._rulebook = prepared.policies

    async def gather(
        self, reading: Reading, message: Vectors, context: ShopperContext
    ) -> Evidence:
        """Give the evidence for a message with its unit vector, shape (dim,)."""
        asked_at = context.question.asked_at
        if reading.intent in PLACE_INTENTS:
            return await self._for_a_wish(reading, message, context)
        is_on_privacy = reading.intent is Intent.ACCOUNT_PRIVACY and asks(reading.text)
        if reading.intent in POLICY_INTENTS or is_on_privacy:
            return await self._from_policies(reading, message, context)
        if reading.intent is Intent.COUPONS:
            there = stores_named(
                reading.constraints.store, context.question, self._catalogue, self._rules
            )
            worth = _asked_for(_worth_showing(context, self._catalogue), reading.text)
            worth = _of_stores(worth, frozenset(store.id for store, _ in there))
            return Evidence(asked_at, coupons=worth, time_zone=self._catalogue.time_zone.key)
        if reading.intent is Intent.HUMAN:
            return with_staff(context.question, self._catalogue, self._rules)
        names = {store.id: store.name for store in self._catalogue.stores.values()}
        return Evidence(
            asked_at,
            orders=context.orders,
            store_names=names,
            time_zone=self._catalogue.time_zone.key,
        )

    async def _for_a_wish(
        self, reading: Reading, message: Vectors, context: ShopperContext
    ) -> Evidence:
        asked_at = context.question.asked_at
        must_ask = _must_ask_place(context)
        if must_ask and reading.is_sure:
            return Evidence(asked_at, must_ask_place=True)
        question = context.question
        if reading.intent is Intent.STORE_LOOKUP and not asks_for_goods(question.text):
            limits = reading.constraints
            nearby = stores_named(limits.store, question, self._catalogue, self._rules)
            if nearby:
                return Evidence(asked_at, nearby=nearby)
            if asks_for_hours(question.text):
                return any_store(limits.when, question, self._catalogue, self._rules)
        found = await self._wishes.find(reading, message, context)
        return Evidence(
            asked_at,
            # Nobody is asked for a place to look for something that makes no sense.
            must_ask_place=must_ask and found.is_relevant,
            has_place=question.fix is not None,
            found=found,
        )

    async def _from_policies(
        self, reading: Reading, message: Vectors, context: ShopperContext
    ) -> Evidence:
        question = context.question
        if self._rulebook is None:
            return Evidence(question.asked_at)
        zone = self._catalogue.time_zone
        today = question.asked_at.astimezone(zone).date()
        found = await self._rulebook.look_up(reading, message, question, today)
        return replace(
            found,
            time_zone=zone.key,
            orders=context.orders if reading.intent is Intent.REFUND_RETURN else (),
            item_names={
                order.product_id: self._catalogue.products[order.product_id].title
                for order in context.orders
                if order.product_id in self._catalogue.products
            },
        )


def _must_ask_place(context: ShopperContext) -> bool:
    """Tell whether to ask where the shopper is: never twice in a row, never after a no."""
    question = context.question
    if question.fix is not None or question.just_search or question.location_refused:
        return False
    said = [turn for turn in context.turns if turn.role == "concierge"]
    return not (said and said[-1].topic == Kind.NEEDS_PLACE)


def _worth_showing(context: ShopperContext, catalogue: Catalogue) -> list[Coupon]:
    """Order the usable coupons: saved ones, then what the shopper buys, then the highest discount."""

    def interest(coupon: Coupon) -> float:
        kinds = coupon.categories | {
            catalogue.products[key].category
            for key in coupon.product_ids
            if key in catalogue.products
        }
        return sum(context.taste.categories.get(kind, 0.0) for kind in kinds)

    return sorted(
        context.coupons,
        key=lambda c: (
            c.code not in context.saved_codes,
            -interest(c),
            -c.discount_percent,
            c.code,
        ),
    )


def _of_stores(coupons: list[Coupon], store_ids: frozenset[str]) -> list[Coupon]:
    """Give the coupons of these stores alone first; all in their order when no store is meant."""
    return sorted(coupons, key=lambda coupon: not (coupon.store_ids & store_ids))


def _asked_for(coupons: list[Coupon], text: str) -> list[Coupon]:
    """Give the coupons whose codes a message says, all when it says none."""
    said = set(re.findall(r"[A-Z0-9]+", text.upper()))
    return [coupon for coupon in coupons if coupon.code in said] or coupons
