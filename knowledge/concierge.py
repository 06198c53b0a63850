"""The concierge: one question in, one answer out, in eight steps.

scrub → understand → context → retrieve → rank → phrase → ground-check → unscrub

It reads the database and writes nothing: whoever asks keeps what is to be kept.
"""

import asyncio
import logging
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from datetime import datetime
from random import Random
from typing import TypeVar

from knowledge.aloud import Listener, unless_overtaken
from knowledge.amounts import locale_for
from knowledge.answer import Answer
from knowledge.catalogue import Catalogue
from knowledge.clarifying import sizes
from knowledge.compose import choice_of, compose
from knowledge.composition import Composition, offer_facts
from knowledge.context import Question, ShopperContext, gather_context
from knowledge.drafting import ModelTurn
from knowledge.evidence import Evidence
from knowledge.explaining import Explaining
from knowledge.facts import Facts
from knowledge.filling import Manner
from knowledge.giving import Giving
from knowledge.heard import Heard, Part
from knowledge.leaving import as_written, for_the_record, is_said_again, manner_for, unscrubbed
from knowledge.listing import listed
from knowledge.nearby.places import Fix
from knowledge.phrasing import Phrasing, grounded
from knowledge.prepared import Prepared
from knowledge.previewing import Leaving, preview_of
from knowledge.privacy.tagging.base import TextTagger
from knowledge.privacy.vault import VaultedScrub
from knowledge.ranking import Ranked, keeping_alternatives, rank
from knowledge.recalled import recalled
from knowledge.retrieval import Retrieval
from knowledge.rules import ReplyRules
from knowledge.search.finder import Finder
from knowledge.several import together
from knowledge.shelves import Shelves
from knowledge.shown_alone import shown_alone
from knowledge.spanish import in_english
from knowledge.templates import Words
from knowledge.trace import Told, Trace
from knowledge.understanding import Examples, Intent, Reading
from storage.database import Database
from storage.records import Shopper, Suggestion

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


@dataclass(frozen=True, slots=True)
class Mind:
    """What a concierge thinks with. Without a `tagger` personal data is found by rules alone, without `dice` nothing is explored."""

    phrasing: Phrasing
    examples: Examples
    rules: ReplyRules
    tagger: TextTagger | None = None
    dice: Random | None = None


class Concierge:
    """Answers shoppers. `refresh` loads what it knows; call it again when the catalogue changed."""

    def __init__(self, database: Database, finder: Finder, mind: Mind) -> None:
        self._database = database
        self._finder = finder
        self._phrasing = mind.phrasing
        self._examples = mind.examples
        self._tagger = mind.tagger
        self._dice = mind.dice
        self.rules = mind.rules
        loop = asyncio.get_running_loop()
        self._catalogue: asyncio.Future[Catalogue] = loop.create_future()
        self._shop: asyncio.Future[_Shop] = loop.create_future()

    @property
    def is_ready(self) -> bool:
        """Tell whether the first `refresh` has finished."""
        return self._shop.done()

    async def refresh(self) -> None:
        """Load the catalogue and bring the search index in line with it."""
        catalogue = await Catalogue.load(self._database)
        self._catalogue = _replaced(self._catalogue, catalogue)
        self.take_up(await Prepared.of(catalogue, self._finder, self._examples, self._tagger))

    def take_up(self, prepared: Prepared) -> None:
        """Answer from now on by what was worked out from the catalogue that the database holds."""
        self._catalogue = _replaced(self._catalogue, prepared.catalogue)
        shop = _Shop(
            prepared,
            Retrieval(self._database, prepared, self.rules),
            Giving(self._database, prepared.catalogue, prepared.weights),
            VaultedScrub(self._database, prepared.scrubber, prepared.catalogue.time_zone.key),
        )
        self._shop = _replaced(self._shop, shop)

    async def catalogue(self) -> Catalogue:
        """Give the catalogue; at the start it is there seconds before questions can be answered."""
        return await asyncio.shield(self._catalogue)

    async def reply(
        self,
        question: Question,
        *,
        intent: Intent | None = None,
        use_model: bool = True,
        listener: Listener | None = None,
    ) -> Answer:
        """Answer one message; waits for the first `refresh` to finish.

        Args:
            question: The message, who sent it, from where and when.
            intent: What it is about, when a command says so; None = read the text.
            use_model: False once the shopper's share of the model is used up.
            listener: Who waits; None = somebody who waits as long as a model takes.
        """
        shop = await asyncio.shield(self._shop)
        mask = shop.scrub.recall if question.from_record else shop.scrub.scrub
        scrubbed = await mask(question.shopper, question.text)
        said = in_english(scrubbed.text)
        if said != scrubbed.text:
            question = replace(question, text=said)
        heard, context = await asyncio.gather(
            shop.prepared.hearing.hear(said, question, intent),
            gather_context(self._database, shop.prepared.catalogue, question),
        )
        heard = await shop.prepared.hearing.in_talk(heard, context)
        written = as_written(scrubbed)
        found = [await self._found(shop, heard, part, context, written) for part in heard.parts]
        composition = together([self._composed(heard, each) for each in found])
        reading = heard.reading
        manner = manner_for(question, shop.prepared.catalogue.time_zone)
        leaving = Leaving(composition.facts, reading, manner, scrubbed, context)
        turn = None
        if use_model and self._phrasing.asks_model(composition.facts, reading, manner):
            gate = await shop.scrub.gate(question.shopper, scrubbed)
            turn = ModelTurn(gate, preview_of(leaving, shop.prepared.names, listener))
        words = await self._said(leaving, turn, listener)
        if is_said_again(words, composition.facts, context):
            words = self._phrasing.plain(composition.facts, manner.other())
        checked = self._ground(shop, words, composition.facts, reading, manner)
        told = unscrubbed(scrubbed, checked)
        if told is None:
            told = checked = self._phrasing.floor(composition.facts, reading, manner)
        return Answer(
            words=told,
            facts=composition.facts,
            shown=composition.shown,
            orders=composition.orders,
            stores=composition.stores,
            wish=reading.label,
            scrubbed_question=scrubbed.text,
            scrubbed_answer=for_the_record(checked.text, composition.facts, manner),
            entries=scrubbed.entries,
            meant=heard.meant or ("" if said == scrubbed.text else said),
            trace=Trace(tuple(found), heard.step or "", heard.meant),
        )

    async def describe(
        self, suggestion: Suggestion, shopper: Shopper, fix: Fix | None, now: datetime
    ) -> Words | None:
        """Put an earlier suggestion into words again, as things are now; None when it is gone."""
        shop = await asyncio.shield(self._shop)
        question = Question(shopper, "", now, fix)
        context = await gather_context(self._database, shop.prepared.catalogue, question)
        candidate = recalled(suggestion, shop.prepared.catalogue, context)
        if candidate is None:
            return None
        facts = offer_facts(Ranked(candidate, suggestion.contributions))
        return self._phrasing.plain(facts, manner_for(question, shop.prepared.catalogue.time_zone))

    async def explain(self, suggestion: Suggestion, shopper: Shopper, now: datetime) -> Words:
        """Tell a shopper why this was suggested, as the ranking counted it, and what else would have been."""
        shop = await asyncio.shield(self._shop)
        catalogue, near_m = shop.prepared.catalogue, self.rules.near_m
        explaining = Explaining(catalogue, self._database, shop.giving, near_m)
        return await explaining.why(suggestion, locale_for(shopper.language), now)

    async def show(self, product_id: str, question: Question) -> Answer | None:
        """Offer one product that was not wished for but pointed at; None when the shop does not have it."""
        shop = await asyncio.shield(self._shop)
        context = await gather_context(self._database, shop.prepared.catalogue, question)
        shelves = Shelves(shop.prepared, self._database, self.rules)
        product = shop.prepared.catalogue.products.get(product_id)
        if product is None:
            return None
        zone = shop.prepared.catalogue.time_zone
        return await shown_alone(product, context, shelves, self._phrasing, zone)

    async def giving(self) -> Giving:
        """Give what knows about presents in the shop as it is."""
        return (await asyncio.shield(self._shop)).giving

    async def _found(
        self, shop: "_Shop", heard: Heard, part: Part, context: ShopperContext, written: str
    ) -> Told:
        """Look for one thing that was asked, and rank what is found; `written` is the message unmasked."""
        if heard.senses:
            return Told(part.reading, Evidence(context.question.asked_at))
        asked = heard.asked_in(context, part)
        asked = await shop.giving.for_whom(asked, part.reading, written)
        evidence = await shop.retrieval.gather(part.reading, part.vector, asked)
        cheapest_first = part.reading.constraints.wants_cheapest
        ranked = rank(evidence.found.available, asked.taste, cheapest_first=cheapest_first)
        ranked = shop.giving.weighed(ranked, asked, cheapest_first=cheapest_first)
        ranked = heard.narrowed(ranked)
        if not cheapest_first:  # else the price decides, and the sum tells nothing
            shown = self.rules.options_shown
            ranked = keeping_alternatives(listed(ranked, part.reading, asked, shown, self._dice))
        return Told(part.reading, evidence, tuple(ranked))

    def _composed(self, heard: Heard, told: Told) -> Composition:
        """Decide what is said about one thing that was asked, or ask back."""
        if heard.senses:
            return choice_of(heard.senses, tone="")
        shown = self.rules.options_shown
        composition = compose(told.reading, told.evidence, told.ranked, shown, heard.step)
        if heard.may_ask and composition.shown:
            choices = sizes(told.reading, told.ranked)
            return choice_of(choices, tone="size") if choices else composition
        return composition

    async def _said(
        self, leaving: Leaving, turn: ModelTurn | None, listener: Listener | None
    ) -> Words:
        """Put a reply into words; into ours at once when a newer message of the same shopper waits."""

        def say() -> Coroutine[None, None, Words]:
            text = leaving.scrubbed.text
            return self._phrasing.say(
                leaving.facts, leaving.reading, text, leaving.manner, turn=turn
            )

        if listener is None or turn is None:
            return await say()
        words = await unless_overtaken(say, listener.overtaken)
        if words is None:
            _log.info("draft given up for a newer message")
            return self._phrasing.floor(leaving.facts, leaving.reading, leaving.manner)
        return words

    def _ground(
        self, shop: "_Shop", words: Words, facts: Facts, reading: Reading, manner: Manner
    ) -> Words:
        if words.source == "template":
            return grounded(words, words, facts, manner, shop.prepared.names)
        floor = self._phrasing.floor(facts, reading, manner)
        return grounded(words, floor, facts, manner, shop.prepared.names)


@dataclass(frozen=True, slots=True)
class _Shop:
    """What questions are answered with, swapped as one."""

    prepared: Prepared
    retrieval: Retrieval
    giving: Giving
    scrub: VaultedScrub


def _replaced(future: asyncio.Future[_Result], result: _Result) -> asyncio.Future[_Result]:
    """Give a future with the result: the same one the first time, since somebody may wait for it."""
    if future.done():
        future = asyncio.get_running_loop().create_future()
    future.set_result(result)
    return future
