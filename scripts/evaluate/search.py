"""How well products are found: by the product's search, and by its two sides alone.

Products: {"id", "title"} and, where known, "short_description", "attributes" (a text, or names with values), "brand",
"category", "price_cents". Queries: {"query"}, each counted once.
Ratings, in a file of their own or in that of the queries: {"query", "docid", "rating"}, above 0 = relevant.
Prediction: {"query", "ranking": [ids, best first, 1,000 where there are as many]}

Figures, over the queries with a relevant product:
  ndcg10           condensed: unrated products are skipped; a rating is its own gain
  ndcg10_doubling  the same with the gain 2 to the power of the rating, less 1
  relevant10       share of the first ten that is rated relevant
  …_halves         each of them on either half of the queries, parted by their letters
  p50_ms, p95_ms   time for one query, embedding it included; for words alone without

Embedding takes minutes for each 10,000 products; --index keeps the vectors in a folder for the next time.
"""

import argparse
import asyncio
import json
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TextIO

from knowledge.catalogue import Catalogue
from knowledge.geography.store_index import StoreIndex
from knowledge.search.base import Embedder, Vectors
from knowledge.search.embedder import SentenceEmbedder
from knowledge.search.finder import Finder
from knowledge.search.index import VectorIndex
from knowledge.search.terms import Synonyms
from knowledge.search.wording import Wording
from scripts.evaluate.reading import Id, Row, predictions, read_rows
from scripts.evaluate.relevance import (
    Ratings,
    condensed_ndcg,
    fused_by_rank,
    mean,
    relevant_on_top,
)
from scripts.evaluate.reporting import (
    EVERY_S,
    Figures,
    percentile,
    print_table,
    rounded,
    watched,
)
from storage.records import Product

MODEL = Path("models") / "all-MiniLM-L6-v2"
RANKED = 1_000
OURS, MEANING, WORDS, RRF = "concierge", "meaning", "words", "rrf"


@dataclass(frozen=True, slots=True)
class Goods:
    """The products, and the ids as the file writes them by those we use."""

    products: Mapping[str, Product]
    written: Mapping[str, Id]


@dataclass(slots=True)
class Contender:
    """A way to search and its rankings so far; `taken_s` is empty for one made of others' rankings."""

    name: str
    rankings: dict[str, list[str]] = field(default_factory=dict)
    taken_s: list[float] = field(default_factory=list)


class WatchedEmbedder:
    """Tells on stderr how many texts were embedded, every few seconds."""

    def __init__(self, embedder: Embedder) -> None:
        self.fingerprint = embedder.fingerprint
        self._embedder = embedder
        self._done, self._told_s = 0, time.monotonic()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give unit vectors, shape (len(texts), dim) float32."""
        vectors = self._embedder.encode(texts)
        self._done += len(texts)
        if time.monotonic() - self._told_s >= EVERY_S:
            self._told_s = time.monotonic()
            print(f"search: {self._done:,} texts embedded", file=sys.stderr, flush=True)
        return vectors

    def knows(self, word: str) -> bool:
        """Tell whether a lower-case word is one the model has learnt whole."""
        return self._embedder.knows(word)


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command line takes."""
    parser.add_argument("--products", type=Path, required=True, metavar="FILE", help=".jsonl[.gz]")
    parser.add_argument("--queries", type=Path, required=True, metavar="FILE", help=".jsonl[.gz]")
    parser.add_argument("--qrels", type=Path, metavar="FILE", help="ratings, if not in --queries")
    parser.add_argument("--out", type=Path, metavar="FILE", help="gets the predictions")
    parser.add_argument("--index", type=Path, metavar="FOLDER", help="keeps the vectors there")
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of the search model")


def measure(options: argparse.Namespace) -> Figures:
    """Rank the products for every query, write our predictions, print the table.

    Raises:
        EvaluateError: the data is bad, or the predictions cannot be written.
        ModelFolderMissingError: the search model is missing.
    """
    goods = read_goods(options.products)
    queries, ratings = read_queries(options.queries, options.qrels)
    embedder = WatchedEmbedder(SentenceEmbedder(options.model, backend="onnx", threads=1))
    with TemporaryDirectory() as passing:
        folder = options.index or Path(passing)
        contenders = asyncio.run(compare(goods, queries, embedder, folder))
    with predictions(options.out, data=options.queries) as out:
        if out is not None:
            write_rankings(contenders[0], goods, out)
    print_table(*table(contenders, ratings))
    own, *peers = (figures(each, ratings) for each in contenders)
    named = zip((peer.name for peer in contenders[1:]), peers, strict=True)
    size = {"products": len(goods.products), "queries": len(queries)}
    return {"task": "search", **size, **own, **dict(named)}


def write_rankings(contender: Contender, goods: Goods, out: TextIO) -> None:
    """Write a contender's rankings with the ids of the file."""
    for query, ranking in contender.rankings.items():
        line = {"query": query, "ranking": [goods.written[each] for each in ranking]}
        out.write(json.dumps(line, ensure_ascii=False) + "\n")


def read_goods(path: Path) -> Goods:
    """Read the products.

    Raises:
        BadFile: the file, a line or a field cannot be used, or an id stands there twice.
    """
    products: dict[str, Product] = {}
    written: dict[str, Id] = {}
    for row in read_rows(path):
        key = str(row.id())
        if key in products:
            raise row.bad(f"id {key!r} stands there twice")
        products[key], written[key] = _product(row, key), row.id()
    return Goods(products, written)


def read_queries(path: Path, qrels: Path | None) -> tuple[list[str], dict[str, dict[str, float]]]:
    """Read each query once, in order, and by query what people said of products; {} when nobody did.

    Raises:
        BadFile: a file, a line or a field cannot be used.
    """
    rows = read_rows(path)
    queries = list(dict.fromkeys(row.text("query") for row in rows))
    ratings: dict[str, dict[str, float]] = {}
    for row in read_rows(qrels) if qrels is not None else rows:
        if "rating" in row.columns:
            product, rating = _rating(row)
            ratings.setdefault(row.text("query"), {})[product] = rating
    return queries, ratings


async def compare(
    goods: Goods, queries: Sequence[str], embedder: Embedder, folder: Path
) -> list[Contender]:
    """Let each contender rank the products for each query; the product's own search is the first."""
    products = list(goods.products.values())
    finder = Finder(embedder, await asyncio.to_thread(VectorIndex.in_folder, folder))
    await finder.refresh(Catalogue(StoreIndex([]), goods.products, (), "measured", {}, {}))
    wording = await asyncio.to_thread(lambda: Wording.of(products, Synonyms.shipped()))
    ours, meaning, words = Contender(OURS), Contender(MEANING), Contender(WORDS)
    await finder.search("warm up", await finder.encode(["warm up"]), RANKED)
    for query in watched(queries, "search"):
        for contender, text in ((ours, query), (meaning, "")):
            begun_s = time.perf_counter()
            hits = await finder.search(text, await finder.encode([query]), RANKED)
            contender.taken_s.append(time.perf_counter() - begun_s)
            contender.rankings[query] = [hit.id for hit in hits]
        begun_s = time.perf_counter()
        words.rankings[query] = wording.best(wording.scores(query), RANKED, None)
        words.taken_s.append(time.perf_counter() - begun_s)
    await asyncio.to_thread(finder.close)
    both = (meaning.rankings, words.rankings)
    fused = {query: fused_by_rank(each[query] for each in both)[:RANKED] for query in queries}
    return [ours, meaning, words, Contender(RRF, fused)]


def figures(contender: Contender, ratings: Mapping[str, Ratings]) -> Figures:
    """Give a contender's figures; without ratings, speed alone."""
    found: Figures = {}
    for name, values in measured(contender, ratings).items():
        halves = [[v for query, v in values.items() if _half(query) == half] for half in (0, 1)]
        found[name] = rounded(mean(list(values.values())))
        found[f"{name}_halves"] = [rounded(mean(half)) for half in halves]
    if contender.taken_s:
        found["p50_ms"] = rounded(1e3 * percentile(contender.taken_s, 0.5))
        found["p95_ms"] = rounded(1e3 * percentile(contender.taken_s, 0.95))
    return found


def measured(contender: Contender, ratings: Mapping[str, Ratings]) -> dict[str, dict[str, float]]:
    """Give each figure by query, for the queries with a relevant product; {} when there is none."""
    rated = {
        query: (ranking, ratings[query])
        for query, ranking in contender.rankings.items()
        if any(rating > 0 for rating in ratings.get(query, {}).values())
    }
    if not rated:
        return {}
    return {
        "ndcg10": {q: condensed_ndcg(*each) for q, each in rated.items()},
        "ndcg10_doubling": {q: condensed_ndcg(*each, doubling=True) for q, each in rated.items()},
        "relevant10": {q: relevant_on_top(*each) for q, each in rated.items()},
    }


def table(
    contenders: Sequence[Contender], ratings: Mapping[str, Ratings]
) -> tuple[list[str], list[list[object]]]:
    """Give head and rows: one line a figure, one column a contender."""
    columns = [figures(contender, ratings) for contender in contenders]
    rows: list[list[object]] = []
    for name, value in columns[0].items():
        cells = [column.get(name) for column in columns]
        if isinstance(value, list):
            for half in range(len(value)):
                part = [each[half] if isinstance(each, list) else None for each in cells]
                rows.append([f"  {name.removesuffix('_halves')}, half {half + 1}", *part])
        else:
            rows.append([name, *cells])
    return ["", *(contender.name for contender in contenders)], rows


def _half(query: str) -> int:
    return sha256(query.encode()).digest()[-1] % 2


def _product(row: Row, key: str) -> Product:
    columns = row.columns
    attributes = columns.get("attributes") or ""
    if isinstance(attributes, Mapping):
        attributes = "; ".join(f"{name}: {value}" for name, value in attributes.items())
    told = (columns.get("short_description"), attributes)
    price = columns.get("price_cents")
    return Product(
        id=key,
        title=row.text("title"),
        category=str(columns.get("category") or ""),
        description=". ".join(str(each) for each in told if each),
        price_cents=price if isinstance(price, int) else 0,
        currency="USD",
        brand=str(columns["brand"]) if columns.get("brand") else None,
    )


def _rating(row: Row) -> tuple[str, float]:
    product, rating = row.columns.get("docid"), row.columns["rating"]
    if isinstance(product, bool) or not isinstance(product, str | int):
        raise row.bad("field docid must be the id of a product")
    if isinstance(rating, bool) or not isinstance(rating, int | float):
        raise row.bad("field rating must be a number")
    return str(product), float(rating)
