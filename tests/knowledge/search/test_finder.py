"""Searching a small shelf, with toy vectors: texts that share words are close."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.catalogue import Catalogue
from knowledge.geography.store_index import StoreIndex
from knowledge.search.base import Vectors
from knowledge.search.finder import Finder
from knowledge.search.fusion import Hit
from knowledge.search.index import VectorIndex
from knowledge.search.toy import ToyEmbedder
from storage.records import Product

BASE = Product("", "", "things", "Good for every day.", 500, "USD")
SHELF = [
    replace(BASE, id="cocoa", title="Hot Chocolate", category="hot drinks", description="Steamed milk and dark cocoa."),
    replace(BASE, id="bar", title="Chocolate Bar", category="sweets", description="Seventy percent."),
    replace(BASE, id="shoe44", title="Ridge Trail Shoes, EU 44", category="shoes", attributes={"size": "44"}),
    replace(BASE, id="shoe45", title="Ridge Trail Shoes, EU 45", category="shoes", attributes={"size": "45"}),
    replace(BASE, id="bank", title="Power Bank, 10 Ah", category="electronics", description="Charges a phone twice."),
    replace(BASE, id="shirt", title="Linen T-Shirt", category="shirts", attributes={"diet": "vegan"}),
]  # fmt: skip


class Learned(ToyEmbedder):
    """A toy that knows only some words of its language."""

    def knows(self, word: str) -> bool:
        return word in {"looking", "something", "percent"}


def catalogue(products: list[Product]) -> Catalogue:
    return Catalogue(StoreIndex([]), {each.id: each for each in products}, (), "1", {}, {})


async def opened(folder: Path, products: list[Product]) -> Finder:
    finder = Finder(Learned(), await asyncio.to_thread(VectorIndex.in_folder, folder))
    await finder.refresh(catalogue(products))
    return finder


@pytest.fixture
async def finder(tmp_path: Path) -> AsyncIterator[Finder]:
    opening = await opened(tmp_path / "index", SHELF)
    yield opening
    await asyncio.to_thread(opening.close)


async def search(finder: Finder, text: str, count: int = 3, **how: object) -> list[Hit]:
    vectors: Vectors = await finder.encode([text])
    return await finder.search(text, vectors, count, **how)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("hot chocolate", "cocoa"),
        ("a bar of chocolate", "bar"),
        ("trail shoes in 45", "shoe45"),
        ("do you have tshirts?", "shirt"),
        ("portable charger", "bank"),
        ("hot choclate", "cocoa"),
        ("trailshoes 44", "shoe44"),
        ("TRAIL SHOES 44!", "shoe44"),
    ],
)
async def test_what_is_asked_for_comes_first(finder: Finder, text: str, first: str) -> None:
    hits = await search(finder, text)
    assert hits[0].id == first
    assert hits == sorted(hits, key=lambda hit: -hit.score)


@pytest.mark.parametrize(
    "allowed", [{"bar", "shirt"}, np.array([False, True, False, False, False, True])]
)
async def test_only_what_is_allowed_is_found(finder: Finder, allowed: object) -> None:
    hits = await search(finder, "hot chocolate", count=6, allowed=allowed)
    assert {hit.id for hit in hits} == {"bar", "shirt"}
    assert hits[0].id == "bar"


async def test_a_kind_asked_for_by_its_name_beats_what_only_has_the_word(tmp_path: Path) -> None:
    cups = replace(BASE, title="Flat White", category="hot drinks", attributes={"aisle": "coffee"})
    beans = replace(
        BASE, title="Coffee Beans", category="groceries", description="Coffee, roasted."
    )
    finder = await opened(
        tmp_path / "kinds", [replace(cups, id="cup"), replace(beans, id="beans")]
    )
    words = {
        text: {hit.id: hit.words for hit in await search(finder, text)}
        for text in ("nearest store with coffee", "coffee beans", "hot drinks")
    }
    assert words["nearest store with coffee"] == {"cup": 1.0, "beans": 0.0}
    assert words["coffee beans"]["beans"] > words["coffee beans"]["cup"]
    assert words["hot drinks"] == {"cup": 1.0, "beans": 0.0}
    await asyncio.to_thread(finder.close)


@pytest.mark.parametrize(
    ("text", "is_named"),
    [
        ("hot chocolate", True),
        ("zzyzx chocolate", False),
        ("", False),
    ],
)
async def test_a_thing_of_the_shop_is_known_by_its_name(
    finder: Finder, text: str, is_named: bool
) -> None:
    assert await finder.is_named(text, (await finder.encode([text]))[0]) is is_named


@pytest.mark.parametrize(
    ("text", "share", "found"),
    [
        ("chocolate", 0.1, {"cocoa", "bar"}),
        ("hot choclate", 0.6, {"cocoa"}),
        ("zzyzx chocolate", 0.6, set()),
    ],
)
async def test_what_says_too_few_of_the_words_is_left_out(
    finder: Finder, text: str, share: float, found: set[str]
) -> None:
    hits = await finder.saying(text, await finder.encode([text]), 6, share)
    assert {hit.id for hit in hits} == found


async def test_what_nobody_knows_is_found_by_no_word(finder: Finder) -> None:
    assert all(hit.words == 0.0 for hit in await search(finder, "zzyzx"))


async def test_filler_alone_looks_nothing_up(finder: Finder) -> None:
    assert all(hit.words == 0.0 for hit in await search(finder, "do you have any?"))


async def test_diets_are_for_filters_not_for_words(finder: Finder) -> None:
    assert all(hit.words == 0.0 for hit in await search(finder, "vegan"))


async def test_all_that_is_asked_for_comes_and_each_once(finder: Finder) -> None:
    hits = await search(finder, "chocolate", count=100)
    assert sorted(hit.id for hit in hits) == sorted(each.id for each in SHELF)


async def test_an_empty_catalogue_finds_nothing(tmp_path: Path) -> None:
    finder = await opened(tmp_path / "empty", [])
    assert await search(finder, "hot choclate") == []
    await asyncio.to_thread(finder.close)


async def test_nothing_is_found_before_a_catalogue_is_read(tmp_path: Path) -> None:
    finder = Finder(Learned(), await asyncio.to_thread(VectorIndex.in_folder, tmp_path))
    assert await search(finder, "coffee") == []
    await asyncio.to_thread(finder.close)


async def test_words_follow_the_catalogue(finder: Finder) -> None:
    await finder.refresh(catalogue([*SHELF, replace(BASE, id="soup", title="Leek Soup")]))
    assert (await search(finder, "leek"))[0].id == "soup"
    await finder.refresh(catalogue(SHELF[1:]))
    assert "cocoa" not in {hit.id for hit in await search(finder, "hot chocolate", count=10)}
