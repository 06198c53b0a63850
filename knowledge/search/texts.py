"""The texts a product is found by: one for its meaning, and its words with their weights (pure).

A word in the title says what a thing is; the same word in a list of attributes may say what it fits into.
"""

import re
from collections.abc import Iterable

from knowledge.search.words import indexed_words
from storage.records import Product

# How often a word counts by where it stands (ours; revisit with scripts/evaluate search).
_TITLE, _ELSEWHERE = 3, 1
# Attributes that are for filters: their words would find a thing by what it is not.
_NOT_FOUND_BY = frozenset({"diet", "allergens", "sensitive"})
# Behind these a title tells more of the thing that it has named.
_TITLE_ENDS = re.compile(r",| with | and | in | on | for |\(")
_IN_BRACKETS = re.compile(r"\(([^)]*)\)")  # "Fog! (cooperative game)" tells its kind there


def meaning_text(product: Product) -> str:
    """Give the text that is embedded: what it is called first, then what is told about it."""
    traits = ", ".join(sorted(kind.value.replace("_", " ") for kind in product.sustainability))
    parts = (product.title, product.category, product.description, " ".join(product.tags), traits)
    return ". ".join(part.rstrip(".") for part in parts if part)


def heads_of(title: str) -> tuple[str, ...]:
    """Give the words of a title that call the thing: its beginning, and what stands in brackets."""
    lowered = title.casefold()
    return (_TITLE_ENDS.split(lowered)[0], *_IN_BRACKETS.findall(lowered))


def suiting_text(product: Product) -> str:
    """Give the text that tells what a product is, how, and with what in it; not what else is told about it."""
    has = [name.replace("_", " ") for name, value in product.attributes.items() if value == "yes"]
    holds = product.attributes.get("allergens", "")
    return ". ".join(filter(None, (product.title, ", ".join([*product.tags, *has]), holds)))


def weighted_words(product: Product) -> list[str]:
    """Give the folded words a product is filed under, each as often as it counts."""
    told = (
        product.brand or "",
        product.category,
        product.description,
        *product.tags,
        *_said(product),
    )
    return indexed_words(product.title) * _TITLE + indexed_words(" ; ".join(told)) * _ELSEWHERE


def kind_names(product: Product) -> tuple[str, ...]:
    """Give what a shop calls this kind of thing: its category, and the aisle it stands in, if known."""
    return tuple(filter(None, (product.category, product.attributes.get("aisle", ""))))


def _said(product: Product) -> Iterable[str]:
    """Give the attributes as words: the name of those that are "yes", the value of the others."""
    for name, value in product.attributes.items():
        if name not in _NOT_FOUND_BY and value != "no":
            yield name.replace("_", " ") if value == "yes" else value
    yield from (kind.value.replace("_", " ") for kind in product.sustainability)
