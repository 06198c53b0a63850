"""Evidence for a message: products, stores, coupons, orders or a policy, as its intent asks."""

import re
from dataclasses import replace

import numpy as np

from knowledge.candidates import Found
from knowledge.catalogue import Catalogue
from knowledge.constraints import Constraints, constraints_in, goods
from knowledge.context import ShopperContext
from knowledge.evidence import Evidence
from knowledge.facts import Kind
from knowledge.last_look import LastLook, held_to
from knowledge.measures import measures_in
from knowledge.naming import listed_in, named_in, wanted_by_name
from knowledge.nearby.reach import (
    exact_distance_m,
    open_stores_near,
    opens_when,
    store_distances,
)
from knowledge.opening import STORES_TOLD, asks_for_hours, open_first
from knowledge.prepared import Prepared
from knowledge.rules import ReplyRules
from knowledge.search.base import Vectors
from knowledge.shelves import Shelves
from knowledge.sought import Sought, looked_up
from knowledge.understanding import GIFT, PLACE_INTENTS, POLICY_INTENTS, Intent, Need, Reading
from knowledge.understanding.forms import asks
from knowledge.variants import nearest_sizes
from storage.database import Database
from storage.records import Coupon, Store

# What is recommended to a shopper nothing is known of: something warm, something fresh, something nice.
_COLD_START = ("a good coffee", "fresh pastry", "a small present")
_WORD = re.compile(r"[a-zà-ÿ]{2,}")  # the s of "where's" is none
_SELLING = re.compile(
    r"\b(?:with|sells?|selling|has|have|having|carr(?:y|ies)|stocks?)\b", re.IGNORECASE
)
_FEW_WORDS = 5  # in more than these there is talk around the thing (ours)
_FILLER = frozenset(
    "store shop the a an and of co in for nearest closest where is open near me".split()
)


class Retrieval:
    """Finds the evidence in a catalogue that was prepared, and in a database that holds the same."""

    def __init__(self, database: Database, prepared: Prepared, rules: ReplyRules) -> None:
        self._finder = prepared.finder
        self._catalogue = prepared.catalogue
        self._rules = rules
        self._shelves = Shelves(prepared, database, rules)
        self._rulebook = prepared.policies
        self._wants = prepared.wants
        self._needs = prepared.needs
        self._names = self._catalogue.spoken_names()

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
            worth = _asked_for(_worth_showing(context, self._catalogue), reading.text)
            return Evidence(asked_at, coupons=worth, time_zone=self._catalogue.time_zone.key)
        if reading.intent is Intent.HUMAN:
            return self._with_staff(context)
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
        if reading.intent is Intent.STORE_LOOKUP and not _asks_for_goods(context):
            nearby = self._stores_named(reading.constraints.store, context)
            if nearby:
                return Evidence(asked_at, nearby=nearby)
            if asks_for_hours(context.question.text):
                return self._from_any_store(reading, context)
        found = await self._found(reading, message, context)
        if found.is_empty and measures_in(reading.constraints.size or ""):
            # Few goods have what they hold as their size; told in the title, it brings them forward.
            reading = replace(reading, constraints=replace(reading.constraints, size=None))
            found = await self._found(reading, message, context)
        if found.is_empty and reading.constraints.size is not None:
            found = await self._with_other_sizes(found, reading, message, context)
        if (
            found.is_empty
            and not found.sold_out
            and not found.other_sizes
            and not found.is_relevant
        ):
            found = await self._from_a_hunch(found, reading, message, context)
        found = self._last_look(reading, context).at(found)
        return Evidence(
            asked_at,
            # Nobody is asked for a place to look for something that makes no sense.
            must_ask_place=must_ask and found.is_relevant,
            has_place=context.question.fix is not None,
            found=found,
        )

    async def _from_a_hunch(
        self, found: Found, reading: Reading, message: Vectors, context: ShopperContext
    ) -> Found:
        """Give what some words of a message ask for, else what helps the need it may come from, else what was found."""
        limits = reading.constraints
        for thing in wanted_by_name(reading.text):
            name = named_in(thing, limits)
            if not name or not self._finder.sells(name):
                continue
            sought = Sought(await self._finder.encode([thing]), thing)
            there = await self._shelves.find(sought, limits, context)
            if not there.is_empty:
                return there
        if reading.hunch is None:
            return found
        need = self._needs[reading.hunch.for_(limits.recipient)]
        held = replace(limits, excluded=limits.excluded | need.never)
        there = await self._shelves.find(self._helping(need, message), held, context)
        return found if there.is_empty else there

    async def _with_other_sizes(
        self, found: Found, reading: Reading, message: Vectors, context: ShopperContext
    ) -> Found:
        """Add in which sizes the thing can be had that is not there in the one asked for."""
        limits = replace(reading.constraints, size=None)
        others = await self._found(replace(reading, constraints=limits), message, context)
        best = max(others.available, key=lambda each: each.similarity, default=None)
        if best is None or goods.SIZE not in best.product.attributes:
            return found
        sizes = best.sizes or (best.product.attributes[goods.SIZE],)
        sizes = nearest_sizes(sizes, reading.constraints.size or "")
        return replace(found, other_sizes=(best.product, sizes))

    def _last_look(self, reading: Reading, context: ShopperContext) -> LastLook:
        whole = constraints_in(context.question.text, self._names)
        return LastLook(
            limits=held_to(reading.constraints, whole),
            words=self._catalogue.words,
            asked_at=context.question.asked_at,
            walking_m_per_min=self._rules.walking_m_per_min,
        )

    async def _found(self, reading: Reading, message: Vectors, context: ShopperContext) -> Found:
        """Look for the thing a message names, else for what helps the need; a recommendation for what is bought most."""
        limits = reading.constraints
        by_words = Sought(message[None, :], looked_up(reading.text, limits))
        if reading.intent is Intent.RECOMMEND:
            vectors = await self._finder.encode(self._favourites(context) or _COLD_START)
            return await self._shelves.find(Sought(vectors, is_open=True), limits, context)
        if reading.need is None:
            thing = await self._told_of(by_words.text, limits) or by_words
            found = await self._shelves.find(thing, limits, context)
            name = named_in(by_words.text, limits)
            head = " ".join(self._finder.head_of(name))
            if not found.is_empty or found.sold_out or self._finder.names_thing(name) or not head:
                return found
            # No "science fiction novel", then: but there are novels.
            alone = Sought(await self._finder.encode([head]), head)
            return await self._shelves.find(alone, limits, context)
        need = self._needs[reading.need.for_(limits.recipient)]
        named = await self._thing_wanted(need, by_words, limits)
        if named is not None:
            # What never helps the need may be the very thing: "hot chocolate" on a hot day.
            bare = replace(limits, excluded=limits.excluded - need.never)
            found = await self._shelves.find(named, bare, context)
            if not found.is_empty:
                return found
        found = await self._shelves.find(self._helping(need, message), limits, context)
        # When all that helps breaks a limit of this wish, its own words may know better.
        return await self._shelves.find(by_words, limits, context) if found.is_empty else found

    async def _thing_wanted(
        self, need: Need, by_words: Sought, limits: Constraints
    ) -> Sought | None:
        """Give the very thing that a message about a need asks for, beyond the words that tell of the need; None = none."""
        thing = await self._called(by_words.text, limits)
        if thing is None and await self._names_thing(need, by_words):
            return by_words
        return thing

    async def _told_of(self, text: str, limits: Constraints) -> Sought | None:
        """Give the thing that a long message calls for among other words; None when its own words will do."""
        is_long = len(text.split()) > _FEW_WORDS
        if not is_long or self._finder.names_thing(named_in(text, limits)):
            return None
        return await self._called(text, limits)

    async def _called(self, text: str, limits: Constraints) -> Sought | None:
        """Give the thing that some words of a message call for by its name; None = none do."""
        for thing in (*listed_in(text), *wanted_by_name(text)):
            if self._finder.names_thing(named_in(thing, limits)):
                return Sought(await self._finder.encode([thing]), thing)
        return None

    async def _names_thing(self, need: Need, by_words: Sought) -> bool:
        """Tell whether the message names something there is, beyond the words that tell of the need."""
        if await self._finder.is_named(by_words.text, by_words.vectors[0]):
            return True
        beyond = Sought(by_words.vectors, need.beyond(by_words.text))
        return await self._shelves.has_named(beyond)

    def _helping(self, need: Need, message: Vectors) -> Sought:
        """Give what helps a need, tinted by the message, so that "I'm cold, something vegan" prefers the vegan hot drink."""
        mixed = 0.65 * self._wants[need.name] + 0.35 * message
        units = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
        return Sought(np.asarray(units, np.float32), is_open=need.name == GIFT)

    def _favourites(self, context: ShopperContext) -> list[str]:
        counts = context.taste.products
        best = sorted(counts, key=lambda key: (-counts[key], key))[:3]
        return [self._catalogue.products[key].title for key in best]

    def _stores_named(
        self, name: str | None, context: ShopperContext
    ) -> list[tuple[Store, float | None]]:
        """Give the store of that name, else those whose name or kind the message says: open first, then the nearest."""
        named = [store for store in self._catalogue.stores.values() if store.name == name]
        if named:
            return [(named[0], exact_distance_m(named[0], context.question.fix))]
        said = set(_WORD.findall(context.question.text.casefold())) - _FILLER
        said |= {f"{word.removesuffix('store')}shop" for word in said if word.endswith("store")}
        distances = store_distances(
            self._catalogue.stores.values(), context.question.fix, self._rules
        )
        matching = [
            (self._catalogue.stores[key], far)
            for key, far in distances.items()
            if said & _words(self._catalogue.stores[key])
        ]
        now = context.question.asked_at
        return sorted(
            matching,
            key=lambda pair: (
                opens_when(pair[0], pair[1], now, self._rules) is not None,
                pair[1] or 0.0,
                pair[0].id,
            ),
        )

    def _from_any_store(self, reading: Reading, context: ShopperContext) -> Evidence:
        """Give the stores whose hours are asked for: those near by; without a place, all of a few."""
        question = context.question
        stores = self._catalogue.stores.values()
        is_known = question.fix is not None or len(stores) <= STORES_TOLD
        when = reading.constraints.when
        nearby = open_first(stores, when, question, self._rules) if is_known else []
        return Evidence(
            question.asked_at,
            has_place=question.fix is not None,
            nearby=nearby[:STORES_TOLD],
            is_any_store=True,
        )

    def _with_staff(self, context: ShopperContext) -> Evidence:
        """Give the nearest store in which somebody can be asked right away, if a place is known."""
        question = context.question
        if question.fix is None:
            return Evidence(question.asked_at)
        stores = self._catalogue.stores.values()
        nearby = open_stores_near(stores, question.fix, question.asked_at, self._rules)
        return Evidence(question.asked_at, nearby=nearby[:1])

    async def _from_policies(
        self, reading: Reading, message: Vectors, context: ShopperContext
    ) -> Evidence:
        question = context.question
        if self._rulebook is None:
            return Evidence(question.asked_at)
        zone = self._catalogue.time_zone
        today = question.asked_at.astimezone(zone).date()
        found = await self._rulebook.look_up(reading, message, question, today)
        return replace(found, time_zone=zone.key)


def _asks_for_goods(context: ShopperContext) -> bool:
    """Tell whether a store is looked for by what it sells: "the nearest store with coffee"."""
    return bool(_SELLING.search(context.question.text))


def _must_ask_place(context: ShopperContext) -> bool:
    """Tell whether to ask where the shopper is: never twice in a row, never after a no."""
    question = context.question
    if question.fix is not None or question.just_search or question.location_refused:
        return False
    said = [turn for turn in context.turns if turn.role == "concierge"]
    return not (said and said[-1].topic == Kind.NEEDS_PLACE)


def _worth_showing(context: ShopperContext, catalogue: Catalogue) -> list[Coupon]:
    """Order the usable coupons: saved ones, then what the shopper buys, then the highest discount."""

    def interest(coupon: Coupon) -> int:
        kinds = coupon.categories | {
            catalogue.products[key].category
            for key in coupon.product_ids
            if key in catalogue.products
        }
        return sum(context.taste.categories.get(kind, 0) for kind in kinds)

    return sorted(
        context.coupons,
        key=lambda c: (
            c.code not in context.saved_codes,
            -interest(c),
            -c.discount_percent,
            c.code,
        ),
    )


def _asked_for(coupons: list[Coupon], text: str) -> list[Coupon]:
    """Give the coupons whose codes a message says, all when it says none."""
    said = set(re.findall(r"[A-Z0-9]+", text.upper()))
    return [coupon for coupon in coupons if coupon.code in said] or coupons


def _words(store: Store) -> set[str]:
    return set(_WORD.findall(f"{store.name} {store.category}".casefold())) - _FILLER
