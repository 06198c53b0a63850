"""A wish that several messages made, understood as one: what is wanted now, within all that was said of it.

Reads no database: the wish is given.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from knowledge.catalogue import Catalogue
from knowledge.constraints import Constraints, SpokenNames, constraints_in
from knowledge.facts import Kind
from knowledge.followups import FollowUp, Step
from knowledge.heard import Heard, Part
from knowledge.namesakes import unnamed
from knowledge.opening import asks_for_hours
from knowledge.search.finder import Finder
from knowledge.talk import ABOUT_POLICIES, Talk
from knowledge.understanding import (
    PLACE_INTENTS,
    POLICY_INTENTS,
    Intent,
    Need,
    Reading,
    Understanding,
    texts_of,
)
from knowledge.wish import Wish

_POLICY = Intent.POLICY.value
_OF_THE_THING: Mapping[str, Any] = {
    "size": None,
    "colours": frozenset(),
    "brands": frozenset(),
    "quantity": None,
    "store": None,
}


class GrownWishes:
    """Understands wishes that grew over several messages."""

    def __init__(
        self,
        finder: Finder,
        understanding: Understanding,
        needs: Mapping[str, Need],
        catalogue: Catalogue,
    ) -> None:
        self._finder = finder
        self._understanding = understanding
        self._needs = needs
        self._names = catalogue.spoken_names()

    async def read(self, wish: Wish, label: str) -> Heard:
        """Read a wish that several messages made, as the kind of wish that it was before, if known."""
        wish = Wish.read(unnamed(str(wish)))
        texts = texts_of(wish.thing)
        vectors = await self._finder.encode([*texts, wish.query])
        reading = self._understanding.read(texts, vectors[:-1])
        reading = replace(reading, others=(), rival=None, text=wish.query)
        reading = self._labelled(reading, label, is_thing=bool(wish.before))
        never = reading.need.never if reading.need else frozenset()
        limits = _limits_of(wish, self._names)
        limits = replace(limits, excluded=limits.excluded | never)
        return Heard((Part(replace(reading, constraints=limits), vectors[-1]),))

    def _labelled(self, reading: Reading, label: str, *, is_thing: bool) -> Reading:
        """Give the reading as the kind of wish it was before, else as one for goods."""
        need = self._needs.get(label)
        if need is not None:
            return replace(reading, intent=Intent.NEED, need=need, confidence=1.0)
        if label == _POLICY:
            intent = reading.intent if reading.intent in POLICY_INTENTS else Intent.POLICY
            return replace(reading, intent=intent, need=None, confidence=1.0)
        if label in frozenset(PLACE_INTENTS):
            return replace(reading, intent=Intent(label), need=None, confidence=1.0)
        if reading.intent in PLACE_INTENTS and reading.is_sure and not is_thing:
            return reading
        return replace(reading, intent=Intent.PRODUCT_SEARCH, need=None, confidence=1.0)


def label_of(step: FollowUp, talk: Talk) -> str:
    """Name the kind of wish that a follow-up goes on with."""
    if talk.topic in ABOUT_POLICIES:
        return _POLICY
    if talk.topic is Kind.STORES or (
        talk.topic is Kind.CLARIFY and asks_for_hours(talk.wish.thing)
    ):
        return Intent.STORE_LOOKUP.value
    return talk.shown[0].need if talk.shown and step.step is not Step.INSTEAD else ""


def _limits_of(wish: Wish, names: SpokenNames) -> Constraints:
    """Give all limits of a wish; those of the make of an earlier thing go with it."""
    limits = Constraints()
    for said in wish.earlier:
        limits = limits.then(constraints_in(said, names))
    limits = replace(limits, **_OF_THE_THING)
    for said in (wish.thing, *wish.added):
        limits = limits.then(constraints_in(said, names))
    return limits
