"""What a message means in its talk: its reading, and after an unfinished wish the whole of it.

Reads no database: what was said before is given.
"""

from collections.abc import Mapping
from dataclasses import replace

from knowledge.catalogue import Catalogue
from knowledge.clarifying import in_sense, sense_said, senses
from knowledge.constraints import constraints_in, wished_in
from knowledge.context import Question, ShopperContext
from knowledge.facts import Kind
from knowledge.followups import FollowUp, Step, follow_up, says_thing
from knowledge.grown_wishes import GrownWishes, label_of
from knowledge.heard import Heard, Part, asked_in, goes_on_with
from knowledge.namesakes import unnamed
from knowledge.naming import as_named, may_be_a_name, named_in
from knowledge.nearby.landmarks import landmark, without_place
from knowledge.nearby.reach import exact_distance_m
from knowledge.plain_questions import as_asked
from knowledge.presents import as_present
from knowledge.rulebook import Rulebook
from knowledge.ruled import as_ruled
from knowledge.search.base import Vectors
from knowledge.search.finder import Finder
from knowledge.talk import Talk, talk_before
from knowledge.their_store import store_pointed_at, store_they_mean
from knowledge.understanding import (
    GIFT,
    PLACE_INTENTS,
    Intent,
    Need,
    Reading,
    Understanding,
    texts_of,
    vector_of,
)
from knowledge.understanding.wording import plainer
from knowledge.wish import Wish


class Hearing:
    """Understands messages, each in the talk it belongs to."""

    def __init__(
        self,
        finder: Finder,
        understanding: Understanding,
        needs: Mapping[str, Need],
        catalogue: Catalogue,
        rulebook: Rulebook | None = None,
    ) -> None:
        """Take what it understands by; without a `rulebook` nothing is held against the rules."""
        self._rulebook = rulebook
        self._finder = finder
        self._understanding = understanding
        self._needs = needs
        self._grown = GrownWishes(finder, understanding, needs, catalogue)
        self._catalogue = catalogue
        self._names = catalogue.spoken_names()

    async def hear(self, text: str, question: Question, intent: Intent | None = None) -> Heard:
        """Understand a masked text by itself; `intent` is what a command says it is about."""
        wish = Wish.read(text)
        if question.from_record and (wish.added or wish.before):
            return replace(await self._grown.read(wish, question.sense), is_settled=True)
        text = await self._finder.mended(plainer(text))
        texts = texts_of(text)
        vectors = await self._finder.encode(texts)
        reading = self._understanding.read(texts, vectors)
        if reading.intent in _MAY_BE_FOR_SOMEBODY and unnamed(text) != text:
            # A placeholder means nothing to a search by meaning; that it is for somebody does.
            text = unnamed(text)
            texts = texts_of(text)
            vectors = await self._finder.encode(texts)
            reading = self._understanding.read(texts, vectors)
        wished = self._without_place(wished_in(text))
        if reading.intent in PLACE_INTENTS and wished != text and says_thing(wished):
            # What is denied means nothing to look for: "no tea" is close to tea. Nor does the street it is sold in.
            texts = texts_of(wished)
            of_wish = await self._finder.encode(texts)
            wished_for = self._understanding.read(texts, of_wish)
            if wished_for.intent in PLACE_INTENTS:  # what is left may be too little to read
                reading, vectors = self._with_limits(wished_for, text), of_wish
        reading = as_present(reading, self._needs.get(GIFT))
        reading = self._called_by_name(reading)
        reading = as_asked(reading, names_thing=self._finder.names_thing, sells=self._finder.sells)
        reading = await self._held_against_rules(reading, vectors, question)
        if intent is not None:
            limits = constraints_in(text, self._names)
            reading = Reading(intent, 1.0, None, limits, text=text)
        if question.sense:
            reading = in_sense(reading, question.sense)
        parts = tuple(Part(each, vector_of(each, vectors)) for each in asked_in(reading))
        if intent is not None or question.from_record:
            return Heard(parts, is_settled=True)
        return Heard(parts, goes_on_with(parts), senses=senses(reading), may_ask=True)

    def _without_place(self, text: str) -> str:
        """Give a message without the place of the town that it names, which the limits hold."""
        limits = constraints_in(text, self._names)
        is_place = landmark(limits.near or "", self._catalogue.index) is not None
        return (
            without_place(text, limits.near)
            if is_place and limits.near and not limits.store
            else text
        )

    def _called_by_name(self, reading: Reading) -> Reading:
        """Give the reading of a message that only names a thing there is as a search for it."""
        name = named_in(reading.text, reading.constraints)
        is_thing = may_be_a_name(reading) and self._finder.names_thing(name)
        return as_named(reading) if is_thing else reading

    async def _held_against_rules(
        self, reading: Reading, vectors: Vectors, question: Question
    ) -> Reading:
        """Give the reading of a message that the rules answer as a question to them."""
        if self._rulebook is None:
            return reading
        today = question.asked_at.astimezone(self._catalogue.time_zone).date()
        return await as_ruled(reading, vector_of(reading, vectors), self._rulebook, today)

    def _with_limits(self, reading: Reading, text: str) -> Reading:
        """Give the reading of what is wished for, with the limits of the whole message."""
        never = reading.need.never if reading.need else frozenset()
        limits = constraints_in(text, self._names)
        limits = replace(limits, excluded=limits.excluded | never)
        return replace(reading, constraints=limits)

    async def in_talk(self, heard: Heard, context: ShopperContext) -> Heard:
        """Complete what was heard by what was said before it."""
        if heard.is_settled:
            return heard
        talk = talk_before(context.turns, context.shown, context.question.asked_at)
        if talk is not None:
            discounts = {each.code: each.discount_percent for each in context.coupons}
            talk = replace(talk, discounts=discounts)
        if _just_asked_back(context):
            sense = sense_said(heard.parts[0].reading.text) if talk is not None else None
            if talk is not None and sense is not None:
                return await self._in_sense(talk, sense, context.question)
            heard = replace(heard, senses=(), may_ask=False)
        if talk is not None and (of_store := await self._of_their_store(heard, talk, context)):
            return of_store
        step = follow_up(heard.parts[0].reading, talk) if len(heard.parts) == 1 else None
        if step is None or talk is None:
            return heard
        whole = await self._grown.read(step.wish, label_of(step, talk))
        if step.step is Step.CLOSER:
            whole = _anywhere(whole)
        return replace(
            whole,
            meant=str(step.wish),
            may_ask=heard.may_ask,
            step=step.step,
            excluding=step.excluding,
            only=step.only,
            closer_than_m=self._nearest_m(step, context.question),
        )

    async def _of_their_store(
        self, heard: Heard, talk: Talk, context: ShopperContext
    ) -> Heard | None:
        """Hear "how late are they open" and "have they got a toy" as said of the store that is meant; None = of none."""
        reading = heard.reading
        hours_of = store_pointed_at(reading, talk, self._catalogue.stores)
        goods_of = store_they_mean(reading, talk, self._names)
        store = hours_of or goods_of
        if store is None:
            return None
        asked = f"{reading.text.rstrip(' ?.!')} at {store}?"
        intent = Intent.STORE_LOOKUP if hours_of else None
        return replace(await self.hear(asked, context.question, intent), meant=asked)

    async def _in_sense(self, talk: Talk, sense: str, question: Question) -> Heard:
        asked = str(talk.wish)
        heard = await self.hear(asked, replace(question, from_record=True, sense=sense))
        return replace(heard, meant=asked)

    def _nearest_m(self, step: FollowUp, question: Question) -> float | None:
        """Give how far the nearest of the stores is that everything must be closer than; None = no limit."""
        stores = [
            self._catalogue.stores[key]
            for key in step.closer_than
            if key in self._catalogue.stores
        ]
        far = [exact_distance_m(store, question.fix) for store in stores]
        return min((metres for metres in far if metres is not None), default=None)


def _anywhere(heard: Heard) -> Heard:
    """Let go of the store or street that was named: closer is elsewhere."""
    parts = tuple(
        replace(
            part,
            reading=replace(
                part.reading, constraints=replace(part.reading.constraints, store=None, near=None)
            ),
        )
        for part in heard.parts
    )
    return replace(heard, parts=parts)


def _just_asked_back(context: ShopperContext) -> bool:
    return bool(context.turns) and context.turns[-1].topic == Kind.CLARIFY


_MAY_BE_FOR_SOMEBODY = PLACE_INTENTS | {Intent.OUT_OF_SCOPE, Intent.SMALLTALK}
