"""What is on the shelves for a message that wishes for something, by its name or by what it needs it for.

Where several ways lead to goods, the surest is tried first; when it finds nothing, the next.
"""

import re
from dataclasses import replace

import numpy as np

from knowledge.candidates import Found
from knowledge.constraints import Constraints, constraints_in, goods
from knowledge.context import ShopperContext
from knowledge.last_look import LastLook, held_to
from knowledge.likeness import Likeness
from knowledge.measures import measures_in
from knowledge.naming import listed_in, named_in, wanted_by_name
from knowledge.prepared import Prepared
from knowledge.rules import ReplyRules
from knowledge.search.base import Vectors
from knowledge.shelves import Shelves
from knowledge.sought import Sought, looked_up
from knowledge.understanding import GIFT, Intent, Need, Reading
from knowledge.variants import nearest_sizes
from storage.database import Database

# What is recommended to a shopper nothing is known of: something warm, something fresh, something nice.
_COLD_START = ("a good coffee", "fresh pastry", "a small present")
_DOES = re.compile(
    r"\b(?:thing|one|it|flask|bottle|mug|cup|box|bag)s? (?:that|which|to) (?:can |will )?(?:keeps?|holds?|stores?|warms?|cools?|heats?)\b",
    re.IGNORECASE,
)
_LIKED = 0.7  # the similarity of what is liked where nothing else fits a present (ours)
_FEW_WORDS = 5  # in more than these there is talk around the thing (ours)


class Wishes:
    """Finds the goods for a wish in a catalogue that was prepared, and in a database that holds the same."""

    def __init__(self, database: Database, prepared: Prepared, rules: ReplyRules) -> None:
        self._finder = prepared.finder
        self._catalogue = prepared.catalogue
        self._rules = rules
        self._shelves = Shelves(prepared, database, rules)
        self._likeness = Likeness(prepared)
        self._wants = prepared.wants
        self._needs = prepared.needs
        self._names = self._catalogue.spoken_names()

    async def find(self, reading: Reading, message: Vectors, context: ShopperContext) -> Found:
        """Give what fits a wish with its unit vector, shape (dim,), none of it beyond a limit of the message."""
        found = await self._found(reading, message, context)
        if found.is_empty and measures_in(reading.constraints.size or ""):
            # Few goods have what they hold as their size; told in the title, it brings them forward.
            reading = replace(reading, constraints=replace(reading.constraints, size=None))
            found = await self._found(reading, message, context)
        if found.is_empty and (reading.constraints.size or reading.constraints.colours):
            found = await self._with_other_makes(found, reading, message, context)
        is_told = found.sold_out or found.other_makes or found.is_relevant
        if found.is_empty and not is_told:
            found = await self._from_a_hunch(found, reading, message, context)
        return self._last_look(reading, context).at(found)

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
            is_told = found.sold_out or limits.store or not limits.diets
            if found.is_empty and not is_told and name and self._finder.sells(name):
                # "Is your chicken halal": its name finds what the question around it hides.
                called = " ".join(name)
                by_name = Sought(await self._finder.encode([called]), called)
                found = await self._shelves.find(by_name, limits, context)
            if not found.is_empty or found.sold_out or self._finder.names_thing(name) or not head:
                return found
            # No "science fiction novel", then: but there are novels.
            alone = Sought(await self._finder.encode([head]), head)
            return await self._shelves.find(alone, limits, context)
        need = self._needs[reading.need.for_(limits.recipient)]
        named = await self._thing_wanted(need, by_words, limits)
        if named is not None:
            # What never helps the need may be the very thing: "hot chocolate" on a hot day. Not when it is called as
            # people call it in that need: who is out of coffee at home wants no cup of it.
            is_usual = bool(named.text) and not need.beyond(named.text)
            bare = limits if is_usual else replace(limits, excluded=limits.excluded - need.never)
            found = await self._shelves.find(named, bare, context)
            if not found.is_empty:
                return found
        found = await self._shelves.find(self._helping(need, message), limits, context)
        found = await self._with_liked(found, limits, context)
        # When all that helps breaks a limit of this wish, its own words may know better.
        return await self._shelves.find(by_words, limits, context) if found.is_empty else found

    async def _thing_wanted(
        self, need: Need, by_words: Sought, limits: Constraints
    ) -> Sought | None:
        """Give the very thing that a message about a need asks for, beyond the words that tell of the need; None = none."""
        if _DOES.search(by_words.text):
            return None  # what is kept hot is not what is wished for
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
        return await self._likeness.has_named(beyond)

    def _helping(self, need: Need, message: Vectors) -> Sought:
        """Give what helps a need, tinted by the message, so that "I'm cold, something vegan" prefers the vegan hot drink."""
        mixed = 0.65 * self._wants[need.name] + 0.35 * message
        units = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
        return Sought(np.asarray(units, np.float32), is_open=need.name == GIFT)

    async def _with_liked(
        self, found: Found, limits: Constraints, context: ShopperContext
    ) -> Found:
        """Add to presents what they like whom one is for: as fit for a present as the best, no fitter."""
        receiver = context.receiver
        if receiver is None:
            return found
        there = {each.product.id: each for each in found.available}
        best = max((each.similarity for each in found.available), default=_LIKED)
        for text in receiver.looked_for:
            sought = Sought(await self._finder.encode([text]), text, is_open=True)
            liked = (await self._shelves.find(sought, limits, context)).available
            for each in liked:
                there.setdefault(each.product.id, replace(each, similarity=best))
        return replace(found, available=tuple(there.values()))

    def _favourites(self, context: ShopperContext) -> list[str]:
        counts = context.taste.products
        best = sorted(counts, key=lambda key: (-counts[key], key))[:3]
        return [self._catalogue.products[key].title for key in best]

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

    async def _with_other_makes(
        self, found: Found, reading: Reading, message: Vectors, context: ShopperContext
    ) -> Found:
        """Add in which sizes, else in which colours, the thing can be had that is not there as asked for."""
        asked = reading.constraints
        if asked.size is not None:
            attribute, limits = goods.SIZE, replace(asked, size=None)
        else:
            attribute, limits = goods.COLOUR, replace(asked, colours=frozenset())
        others = await self._found(replace(reading, constraints=limits), message, context)
        best = max(others.available, key=lambda each: each.similarity, default=None)
        if best is None or attribute not in best.product.attributes:
            return found
        makes = best.sizes if attribute == goods.SIZE else best.colours
        makes = makes or (best.product.attributes[attribute],)
        makes = nearest_sizes(makes, asked.size) if asked.size else makes
        return replace(found, other_makes=(best.product, makes))

    def _last_look(self, reading: Reading, context: ShopperContext) -> LastLook:
        whole = constraints_in(context.question.text, self._names)
        return LastLook(
            limits=held_to(reading.constraints, whole),
            words=self._catalogue.words,
            asked_at=context.question.asked_at,
            walking_m_per_min=self._rules.walking_m_per_min,
            standing=context.standing if reading.constraints.recipient is None else None,
        )
