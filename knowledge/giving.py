"""Presents for a shopper's people: whom a wish is for, what pleases them most, and why.

It reads what this shopper told and booked, and nothing of anybody else.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from babel import Locale

from knowledge.catalogue import Catalogue
from knowledge.context import ShopperContext
from knowledge.language import Sentence, told
from knowledge.people_meant import meant_in, receiver_of
from knowledge.preferences import Taste
from knowledge.ranking import Ranked
from knowledge.receivers import Hint, Hints, Receiver
from knowledge.spanish import in_english
from knowledge.term_weights import TermWeights
from knowledge.understanding import GIFT, Intent, Reading
from storage.database import Database
from storage.records import Product, Suggestion

_SURPRISES = timedelta(days=60)  # by then a present is given (ours)
LIKED = "liked"  # the factor's name
_WEIGHT = 1.6  # as much as the fit: of what fits a present, what they like comes first (ours)
_LIKES = Sentence("{nickname} likes {things}")
_LIKE_GIVEN = Sentence("it is like {item}, which you gave {nickname}")
_KIN_LIKES = Sentence("{nickname} likes {things}, and may be like them")


class Giving:
    """Finds out about presents in one catalogue."""

    def __init__(self, database: Database, catalogue: Catalogue, weights: TermWeights) -> None:
        self._database = database
        self._catalogue = catalogue
        self._weights = weights

    async def for_whom(
        self, context: ShopperContext, reading: Reading, written: str
    ) -> ShopperContext:
        """Give the context of a wish for one of the shopper's people; any other as it is.

        `written` is the message as it was written, unmasked.
        """
        context = await self._without_surprises(context, reading)
        recipient = reading.constraints.recipient
        if recipient is None and not _is_gift(reading):
            return context
        shopper_id = context.question.shopper.id
        async with self._database.reading() as work:
            relatives = await work.links.people(shopper_id)
            presents = await work.presents.of_shopper(shopper_id)
        # The reading is masked: "a friend" in it may be anybody whose name was.
        said = [written, in_english(written)]
        if recipient is not None and recipient.who != "friend":
            said.append(reading.text)
        meant = meant_in(said, relatives)
        if meant is None:
            return context
        receiver = receiver_of(meant, relatives, presents, self._catalogue.products)
        excluding = context.question.excluding | receiver.given
        return replace(
            context,
            question=replace(context.question, excluding=excluding),
            taste=Taste.learned_from((), self._catalogue.shares, context.question.asked_at),
            receiver=receiver,
        )

    async def _without_surprises(
        self, context: ShopperContext, reading: Reading
    ) -> ShopperContext:
        """Leave out of what is recommended what somebody linked booked for this very shopper."""
        question = context.question
        if reading.intent is not Intent.RECOMMEND and not _is_gift(reading):
            return context
        async with self._database.reading() as work:
            since = question.asked_at - _SURPRISES
            kept = await work.links.kept_from(question.shopper.id, since)
        if not kept:
            return context
        return replace(context, question=replace(question, excluding=question.excluding | kept))

    def weighed(
        self, ranked: Sequence[Ranked], context: ShopperContext, *, cheapest_first: bool
    ) -> list[Ranked]:
        """Put first what pleases most whom it is for; by price alone where the cheapest is wanted."""
        receiver = context.receiver
        if receiver is None:
            return list(ranked)
        scores = self._scores(receiver, [each.candidate.product for each in ranked])
        pleasing = [
            replace(
                each,
                contributions={**each.contributions, LIKED: _WEIGHT * score},
                relative_id=receiver.relative.id,
            )
            for each, (score, _) in zip(ranked, scores, strict=True)
        ]
        if cheapest_first:
            return pleasing
        return sorted(pleasing, key=lambda each: (-each.score, each.candidate.product.id))

    async def reason(self, suggestion: Suggestion, locale: Locale) -> str:
        """Say why it may please whom it is for; "" when it is for nobody the shopper tells of."""
        whose = (suggestion.shopper_id, suggestion.relative_id)
        return await self.reason_for(suggestion.product_id, *whose, locale)

    async def reason_for(
        self, product_id: str, shopper_id: int, relative_id: int | None, locale: Locale
    ) -> str:
        """Say why a product may please one of a shopper's people; "" when nothing is known that speaks for it."""
        product = self._catalogue.products.get(product_id)
        if relative_id is None or product is None:
            return ""
        async with self._database.reading() as work:
            relatives = await work.links.people(shopper_id)
            presents = await work.presents.of_shopper(shopper_id)
        whom = next((each for each in relatives if each.id == relative_id), None)
        if whom is None:
            return ""
        before = [each for each in presents if each.product_id != product.id]
        receiver = receiver_of(whom, relatives, before, self._catalogue.products)
        ((_, hint),) = self._scores(receiver, [product])
        return "" if hint is None else _told(hint, locale)

    def _scores(
        self, receiver: Receiver, products: Sequence[Product]
    ) -> list[tuple[float, Hint | None]]:
        """Give for each product how much the best hint speaks for it, 0-1, and which that is; None = none does."""
        hints = receiver.hints
        cosines = self._weights.cosines([hint.text for hint in hints], products)
        scores = list[tuple[float, Hint | None]]()
        for column in range(len(products)):
            best: tuple[float, Hint | None] = (0.0, None)
            for row, hint in enumerate(hints):
                score = hint.trust * float(cosines[row, column])
                if score > best[0]:
                    best = (score, hint)
            scores.append(best)
        return scores


def _is_gift(reading: Reading) -> bool:
    return reading.need is not None and reading.need.name == GIFT


def _told(hint: Hint, locale: Locale) -> str:
    if hint.kind is Hints.GIVEN:
        return told(_LIKE_GIVEN, locale, item=hint.said, nickname=hint.of)
    sentence = _LIKES if hint.kind is Hints.LIKED else _KIN_LIKES
    return told(sentence, locale, nickname=hint.of, things=hint.said)
