"""Shows how a shopper who buys vegan things is learned from: weights, scores, the order of the list, and the words for it.

A fresh sample shop in a temporary folder, its real database and the real concierge; the same figures on every machine.
Scores are told on the scale of the requirement, `score = 100 × Σ weight × attribute + base` over the seven attributes of
sustainability (weight 0.3–2.0, attribute 0 or 1), where `base` is 100 × what the ranking gives for all the rest and stays
as it is. The last line is one JSON object; exit status 1 = something that must show did not.

Usage: python -m scripts.learning_demo [--model FOLDER]
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter
from zoneinfo import ZoneInfo

from handlers.texts_preferences import bar, contrast_told
from knowledge.acquaintance import Acquaintance, acquaintance
from knowledge.amounts import ENGLISH
from knowledge.catalogue import Catalogue
from knowledge.concierge import Concierge, Mind
from knowledge.context import Question
from knowledge.nearby.places import Fix
from knowledge.phrasing import Phrasing
from knowledge.preferences import HIGHEST, LOWEST, PREFERENCE
from knowledge.ranking import Ranked
from knowledge.rules import ReplyRules
from knowledge.search.base import Embedder
from knowledge.search.embedder import SentenceEmbedder
from knowledge.search.finder import Finder
from knowledge.search.index import VectorIndex
from knowledge.search.toy import ToyEmbedder
from knowledge.templates import Templates
from knowledge.understanding import Examples
from scripts.demo.load import load_sample_shop
from scripts.demo.town import town_plan
from storage.crypto import Cipher
from storage.database import Database
from storage.records import Product, Purchase, Shopper, Signal, SignalKind, Sustainability

TODAY = date(2026, 11, 20)
NOW = datetime(2026, 11, 20, 10, 30, tzinfo=ZoneInfo("America/New_York")).astimezone(UTC)
ASKED = "chocolate"
BOUGHT, EVERY = 30, timedelta(days=2)
TURNED_DOWN = 8
_SHOPPER_ID = 424_242
_LEAST_ATTRIBUTES = 3  # what she buys is vegan and as good otherwise, as people who care buy
MUST_RISE = 248.0  # the requirement's own figure


@dataclass(frozen=True, slots=True)
class Look:
    """What is known of the shopper, and what the ranking makes of one question, best first."""

    known: Acquaintance
    ranked: Sequence[Ranked]

    @property
    def order(self) -> list[str]:
        """Name the products in their order."""
        return [each.candidate.product.id for each in self.ranked]


def points(ranked: Ranked, weights: Mapping[Sustainability, float]) -> float:
    """Give the score on the requirement's scale."""
    base = 100.0 * (ranked.score - ranked.contributions[PREFERENCE])
    return 100.0 * sum(weights[kind] for kind in ranked.candidate.product.sustainability) + base


def basket(products: Sequence[Product]) -> list[Product]:
    """Give what she buys, by id: vegan things with at least two other good sides."""
    liked = [
        each
        for each in products
        if Sustainability.VEGAN in each.sustainability
        and len(each.sustainability) >= _LEAST_ATTRIBUTES
    ]
    return sorted(liked, key=lambda each: (-len(each.sustainability), each.id))[:BOUGHT]


def turned_down(products: Sequence[Product]) -> list[Product]:
    """Give what she says "Not for me" to, by id: organic things with milk or meat in them."""
    disliked = [
        each
        for each in products
        if Sustainability.ORGANIC in each.sustainability
        and Sustainability.VEGAN not in each.sustainability
    ]
    return sorted(disliked, key=lambda each: each.id)[:TURNED_DOWN]


async def demonstrate(folder: Path, embedder: Embedder) -> dict[str, object]:
    """Play it in an empty folder, print it, and give the figures."""
    url = f"sqlite+aiosqlite:///{folder}/concierge.db"
    database = await Database.open(url, cipher=Cipher([Cipher.new_key()]))
    index = await asyncio.to_thread(VectorIndex.in_folder, folder / "index")
    finder = Finder(embedder, index)
    try:
        await database.migrate()
        await load_sample_shop(database, today=TODAY)
        mind = await asyncio.to_thread(_mind)
        concierge = Concierge(database, finder, mind)
        await concierge.refresh()
        async with database.work() as work:
            shopper, _ = await work.shoppers.load_or_create(_SHOPPER_ID, "Mia", "en", NOW)
            await work.commit()
        before = await _look(database, concierge, shopper)
        _print("Before anything is bought", before)
        await _live(database, await concierge.catalogue())
        began = perf_counter()
        after = await _look(database, concierge, shopper)
        seconds = perf_counter() - began
        title = (
            f"{BOUGHT} vegan things bought, {TURNED_DOWN} others turned down, asked again at once"
        )
        _print(title, after)
    finally:
        await asyncio.to_thread(finder.close)
        await database.close()
    return _figures(before, after, seconds)


def _mind() -> Mind:
    return Mind(Phrasing(Templates.shipped(), None), Examples.shipped(), ReplyRules())


async def _look(database: Database, concierge: Concierge, shopper: Shopper) -> Look:
    fix = Fix(town_plan().latitude, town_plan().longitude, 10.0, NOW)
    answer = await concierge.reply(Question(shopper, ASKED, NOW, fix), use_model=False)
    catalogue = await concierge.catalogue()
    async with database.reading() as work:
        known = await acquaintance(work, catalogue, shopper.id, NOW)
    ranked = () if answer.trace is None else answer.trace.told[0].ranked
    return Look(known, ranked)


async def _live(database: Database, catalogue: Catalogue) -> None:
    """Let her turn things down, and buy others as the counter writes it down, the last one a moment ago."""
    store_id, products = min(catalogue.stores), list(catalogue.products.values())
    for product in turned_down(products):
        async with database.work() as work:
            await work.signals.add(Signal(_SHOPPER_ID, product.id, SignalKind.DISMISS, NOW))
            await work.commit()
    for place, product in enumerate(reversed(basket(products))):
        at = NOW - EVERY * place
        bought = Purchase(_SHOPPER_ID, store_id, product.id, 1, product.price_cents, at)
        async with database.work() as work:
            await work.purchases.add_many([bought])
            await work.commit()


def _figures(before: Look, after: Look, seconds: float) -> dict[str, object]:
    old, new = before.known.taste.weights, after.known.taste.weights
    rises = {
        each.candidate.product.id: points(each, new) - points(each, old)
        for each in after.ranked
        if Sustainability.VEGAN in each.candidate.product.sustainability
    }
    most = max(rises, key=lambda key: (rises[key], key))
    sentence = contrast_told(new, ENGLISH)
    print(f"\n{sentence}")
    print(f"{most} rises by {rises[most]:.0f} points.")
    figures: dict[str, object] = {
        "weights": {kind.value: round(new[kind], 2) for kind in Sustainability},
        "within_range": all(LOWEST <= each <= HIGHEST for each in new.values()),
        "product": most,
        "points_before": round(points(_of(before, most), old), 1),
        "points_after": round(points(_of(before, most), new), 1),
        "rise": round(rises[most], 1),
        "place_before": before.order.index(most) + 1,
        "place_after": after.order.index(most) + 1,
        "reranked": before.order != after.order,
        "answered_s": round(seconds, 2),
        "sentence": sentence,
    }
    figures["ok"] = bool(
        figures["within_range"] and rises[most] >= MUST_RISE and figures["reranked"] and sentence
    )
    return figures


def _of(look: Look, product_id: str) -> Ranked:
    return next(each for each in look.ranked if each.candidate.product.id == product_id)


def _print(title: str, look: Look) -> None:
    print(f"\n{title}")
    for kind in Sustainability:
        print(f"  {bar(kind, look.known.taste, look.known.declared, ENGLISH)}")
    print(f"  “{ASKED}”, best first:")
    for place, each in enumerate(look.ranked[:8], 1):
        product = each.candidate.product
        good = ", ".join(sorted(product.sustainability)) or "-"
        told = points(each, look.known.taste.weights)
        print(f"  {place}. {product.title}: {told:.0f} points ({good})")


def main() -> int:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--model", type=Path, help="folder of the search model; without it words")
    wanted = parser.parse_args()
    embedder: Embedder = ToyEmbedder() if wanted.model is None else SentenceEmbedder(wanted.model)
    with tempfile.TemporaryDirectory() as folder:
        figures = asyncio.run(demonstrate(Path(folder), embedder))
    print(json.dumps(figures, ensure_ascii=False))
    return 0 if figures["ok"] else 1


if __name__ == "__main__":
    sys.exit(main())
