"""The names in a message that only this shop knows: stores and brands (pure)."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from knowledge.constraints.colours import UNCOLOURED, Coloured

_STORE_BEFORE = r"\b(?:at|in|from|visit|to|by|of|does|do|is|has)\s+(?:the\s+)?"
# What is near a store is looked for around it.
_STORE_BESIDE = re.compile(
    r"\b(?:near|nearby|close to|next to|around|opposite|not far from)\s+(?:the\s+)?$"
)


@dataclass(frozen=True, slots=True)
class SpokenNames:
    """The names a message may say that only this shop knows, as they are written; `days` are its special ones.

    `coloured` are the colours of its own, and the things that come in them.
    """

    brands: frozenset[str] = frozenset()
    stores: frozenset[str] = frozenset()
    days: tuple[tuple[str, date], ...] = ()
    coloured: Coloured = UNCOLOURED


NO_NAMES = SpokenNames()


def store_and_brands(wanted: str, names: SpokenNames) -> tuple[str | None, frozenset[str]]:
    """Give the store and the brands that are named; a name of both is the store's behind "at" or "from"."""
    brands, wanted = brands_in(wanted, names), _unaccented(wanted)
    for store in sorted(names.stores, key=len, reverse=True):
        plain = _unaccented(store.casefold().replace("’", "'")).removeprefix("the ")
        name = re.escape(plain)
        said = re.search(rf"(?<!\w){name}(?!\w)", wanted)
        if said is None or _STORE_BESIDE.search(wanted[: said.start()]):
            continue
        if store not in brands or re.search(_STORE_BEFORE + name, wanted):
            return store, brands - {store}
    return None, brands


def _unaccented(text: str) -> str:
    """Give a text as it is typed in a hurry: "café" is "cafe"."""
    return "".join(
        each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each)
    )


def brands_in(text: str, names: SpokenNames) -> frozenset[str]:
    """Give the brands that are named, as they are written. `text` is in small letters."""
    return frozenset(
        brand
        for brand in names.brands
        if brand.casefold() in text
        and re.search(rf"(?<!\w){re.escape(brand.casefold())}(?!\w)", text)
    )
