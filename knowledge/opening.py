"""Questions after opening hours that name no store: whether one is asked, and which stores answer it.

The nearest store that is open then comes first, the next ones after it: hardly anybody asks about one alone.
"""

import re
from zoneinfo import ZoneInfo

from knowledge.constraints import When
from knowledge.context import Question
from knowledge.geography.store_index import StoreIndex
from knowledge.nearby.outings import outing
from knowledge.nearby.reach import exact_distance_m, found_at, store_distances
from knowledge.rules import ReplyRules
from storage.records import Store

STORES_TOLD = 3  # the nearest in a sentence, and two more in a line (ours)
_HOURS = re.compile(
    r"\b(?:opening|closing|business|store|shop|your|their|holiday) (?:hours|times?)\b|\b(?:what|when|how late|how long|until when)\b"
    r".*\b(?:open|opens|close[sd]?|opening|closing|shut)\b|^(?:and |so |but )?(?:are|is|will|do|does) (?:you|they|it|anything|anyone|"
    r"anybody|everything|the (?:stores?|shops?)|any (?:stores?|shops?)|(?:stores?|shops?))\b.*\b(?:open|closed?|shut)\b"
    r"|^(?:are you |still )?(?:open|closed)\b[^.]*\?$|^(?:hours|opening hours|what's open|what is open)\b",
    re.IGNORECASE,
)


_THEIR = re.compile(
    r"\b(?:are|do|is|does|will) (?:they|it|that (?:store|shop|one|place)|this (?:store|shop|one|place))\b|\btheir (?:opening )?hours\b",
    re.IGNORECASE,
)


def asks_for_their_hours(text: str) -> bool:
    """Tell whether a message asks when the store is open that was talked of."""
    return asks_for_hours(text) and _THEIR.search(text) is not None


def asks_for_hours(text: str) -> bool:
    """Tell whether a message asks when stores are open."""
    return _HOURS.search(text.strip()) is not None


def open_first(
    index: StoreIndex, when: When | None, question: Question, rules: ReplyRules
) -> list[tuple[Store, float | None]]:
    """Give the stores near by, those open at that time first, each lot with the nearest before the others."""
    near = store_distances(index, question.fix, rules)

    def order(store: Store) -> tuple[bool, float, str]:
        walk = outing(when, question.asked_at, ZoneInfo(store.time_zone))
        is_closed = found_at(store, walk.sets_out_at, walk).opens_at is not None
        return (is_closed, near[store.id] or 0.0, store.id)

    ordered = sorted((index.stores[key] for key in near), key=order)
    return [(store, exact_distance_m(store, question.fix)) for store in ordered]
