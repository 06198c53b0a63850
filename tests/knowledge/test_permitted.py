from collections import Counter
from dataclasses import replace

import pytest

from knowledge import permitted
from knowledge.catalogue import Catalogue
from knowledge.constraints import Constraints, product_words
from knowledge.geography.store_index import StoreIndex
from knowledge.permitted import Permitted
from storage.records import Sustainability
from tests.builders import product

GOODS = (
    product("choc", price_cents=350),
    product("tea", price_cents=250, sustainability=frozenset()),
    product("cake", price_cents=900),
)
CHEAP = Constraints(max_price_cents=400)


class Words(dict[str, frozenset[str]]):
    """Counts how often a product was looked at."""

    def __init__(self) -> None:
        super().__init__({each.id: product_words(each) for each in GOODS})
        self.looks = Counter[str]()

    def __getitem__(self, key: str) -> frozenset[str]:
        self.looks[key] += 1
        return super().__getitem__(key)


def catalogue(words: Words) -> Catalogue:
    return Catalogue(
        index=StoreIndex([]),
        products={each.id: each for each in GOODS},
        policies=(),
        version="1",
        words=words,
        shares={},
    )


async def test_what_keeps_to_the_limits_is_permitted() -> None:
    shelf = Permitted(catalogue(Words()))
    assert await shelf.by(CHEAP) == {"choc", "tea"}
    vegan = replace(CHEAP, sustainability=frozenset({Sustainability.VEGAN}))
    assert await shelf.by(vegan) == {"choc"}


async def test_the_same_limits_are_looked_at_once() -> None:
    words = Words()
    shelf = Permitted(catalogue(words))
    assert await shelf.by(CHEAP) is await shelf.by(replace(CHEAP))
    assert set(words.looks.values()) == {1}


async def test_limits_long_out_of_use_are_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(permitted, "_REMEMBERED", 2)
    words = Words()
    shelf = Permitted(catalogue(words))
    for cents in (100, 200, 300, 100):
        await shelf.by(Constraints(max_price_cents=cents))
    assert words.looks["tea"] == 4
