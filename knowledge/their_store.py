"""Which store is meant by "they" and "there", which only the talk before tells (pure)."""

import re
from collections.abc import Mapping

from knowledge.constraints import SpokenNames, constraints_in
from knowledge.facts import Kind
from knowledge.opening import asks_for_their_hours
from knowledge.talk import Talk
from knowledge.understanding import PLACE_INTENTS, Reading
from storage.records import Store

_OF_THEM = re.compile(r"\b(?:they|there|them)\b", re.IGNORECASE)


def store_pointed_at(reading: Reading, talk: Talk, stores: Mapping[str, Store]) -> str | None:
    """Give the store that is meant by "how late are they open": that of what was shown first."""
    if not talk.shown or not asks_for_their_hours(reading.text):
        return None
    store = stores.get(talk.shown[0].store_id)
    return None if store is None else store.name


def store_they_mean(reading: Reading, talk: Talk, names: SpokenNames) -> str | None:
    """Give the store that was asked about just before, when goods are asked for that "they" have."""
    is_asked = talk.topic in {Kind.STORES, Kind.CLOSED} and not talk.shown
    if not is_asked or reading.intent not in PLACE_INTENTS or reading.constraints.store:
        return None
    store = constraints_in(talk.wish.thing, names).store
    return store if store and _OF_THEM.search(reading.text) else None
