"""Places of the town that a message names, known by the names and addresses of the stores there (pure)."""

import re
from dataclasses import dataclass

from knowledge.geography.store_index import StoreIndex
from storage.records import Store

_BESIDE_M = 250.0  # what people call near a corner of the town: three minutes on foot (ours)
_WORD = re.compile(r"[^\W\d_]+")
_SPELLED = {"harbour": "harbor", "centre": "center", "st": "street", "rd": "road"}
# A store is at none of these alone, though many a name ends so.
_SAYS_LITTLE = frozenset("store shop street road lane the and of co house corner".split())


@dataclass(frozen=True, slots=True)
class Landmark:
    """A place that was named, as stores write it, and the ids of the stores there: on a street, around a store."""

    name: str
    store_ids: frozenset[str]


def landmark(said: str, index: StoreIndex) -> Landmark | None:
    """Give the place of a street, a quay or a store that is named; None when no store stands there."""
    words = _folded(said)
    if not words or _SAYS_LITTLE.issuperset(words):
        return None
    known = index.stores.values()
    at = [each for each in known if _is_whole(each.name, words)]
    on = [each for each in known if _holds(_street(each), words)]
    if (
        not (at or on) and len(words) > 1
    ):  # one word of a name is no place: every town has a "corner"
        at = [each for each in known if _holds(each.name, words)]
    if at:
        beside = index.within(at[0].latitude, at[0].longitude, _BESIDE_M)
        return Landmark(at[0].name, frozenset(store.id for store, _ in beside))
    return Landmark(_street(on[0]), frozenset(each.id for each in on)) if on else None


def without_place(text: str, near: str) -> str:
    """Give a message without the words for a place that it names; as it is when nothing else is left."""
    rest = re.sub(rf"\s*\b\S+(?: to)?(?: the)? {re.escape(near)}", "", text, flags=re.IGNORECASE)
    return rest if any(map(str.isalpha, rest)) else text


def _street(store: Store) -> str:
    return store.address.partition(",")[0].lstrip("0123456789 ")


def _is_whole(name: str, words: list[str]) -> bool:
    return _folded(name) == words


def _holds(written: str, words: list[str]) -> bool:
    return f" {' '.join(words)} " in f" {' '.join(_folded(written))} "


def _folded(said: str) -> list[str]:
    words = [_spelled(word) for word in _WORD.findall(said)]
    return words[1:] if words[:1] == ["the"] else words


def _spelled(word: str) -> str:
    folded = word.casefold()
    return _SPELLED.get(folded, folded)
