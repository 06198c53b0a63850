"""A text as the words it is found by: folded, so that "Crème", "creme" and "cremes" are the same (pure).

Query and catalogue pass the same way, so a folded word need not look like a word: "cookie" is "cooky".
"""

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+(?:-[^\W_]+)*")
_APOSTROPHE = re.compile(r"['’](?:s\b)?")
_UNEVEN = {
    "scarves": "scarf", "knives": "knife", "loaves": "loaf", "leaves": "leaf", "shelves": "shelf",
    "mice": "mouse", "feet": "foot", "teeth": "tooth", "men": "man", "women": "woman",
    "children": "child",
}  # fmt: skip
_HISSING = ("se", "xe", "ze", "che", "she", "oe")
_SHORT = 3
# A catalogue says the same few thousand words over and over; more than that is not kept.
_WORDS_KEPT = 1 << 16

# What people say around the thing they look for. None of it is looked up.
_TALK = """
    a about all am an and any anyone anything are around as ask at available be because been but buy by can cant could
    did didnt do does doesnt dont during for from get getting give go going gonna good got great had has have havent
    hello help here hey hi hope how i id if ill im in into is isnt it its ive just kind know let lets like ll look looking
    lot love many maybe me might more most much must my nearby need needing no not now of ok okay on one or our out over
    please pls prefer really right same search see sell selling shall she shop should show so some somebody someone
    something somewhere stock stuff such take tell than thank thanks that the their them then there these they thing
    this those today to tonight too under up upon us use very wanna want wanting was we well were what whats when where
    wheres which while who whom whose why will with without wont would yes you your
    cheap cheaper cheapest close closer closest near nearer nearest next store
"""


def words_in(text: str) -> list[str]:
    """Give the folded words of a text in order; a hyphenated one as one word: "T-Shirts" → "t-shirt"."""
    letters = _APOSTROPHE.sub("", text.casefold())
    if not letters.isascii():
        marks = unicodedata.normalize("NFKD", letters)
        letters = "".join(mark for mark in marks if not unicodedata.combining(mark))
    return [folded(word) for word in _WORD.findall(letters)]


def parts_of(word: str) -> tuple[str, ...]:
    """Give the words a hyphenated word is made of: "t-shirt" → t, shirt; of any other word itself."""
    return tuple(folded(part) for part in word.split("-"))


def indexed_words(text: str) -> list[str]:
    """Give what a text is filed under: a hyphenated word under its parts, and joined: t, shirt, tshirt."""
    found: list[str] = []
    for word in words_in(text):
        found += parts_of(word)
        if "-" in word:
            found.append(word.replace("-", ""))
    return found


@lru_cache(_WORDS_KEPT)
def folded(word: str) -> str:
    """Take the plural off a lower-case word, the same way for both forms; words with digits stay."""
    word = _UNEVEN.get(word, word)
    if any(sign.isdigit() for sign in word):
        return word
    if word.endswith("ies") and len(word) > _SHORT + 1:
        return f"{word[:-3]}y"
    if word.endswith("s") and len(word) > _SHORT and not word.endswith(("ss", "us", "is", "lens")):
        word = word[:-1]
    if word.endswith("ie") and len(word) > _SHORT + 1:
        return f"{word[:-2]}y"
    if len(word) > _SHORT and word.endswith(_HISSING):
        return word[:-1]
    return word


FILLER = frozenset(map(folded, _TALK.split()))
