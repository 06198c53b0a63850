"""The peers of bench_search: Chroma's own metadata filter, and numpy looking at everything."""

import sys
import time
from pathlib import Path

import chromadb
import numpy as np
from chromadb.config import Settings

from knowledge.search.base import Vectors
from scripts.bench.search_filters import SHARES
from scripts.bench.search_stage import SEED, Shop

BEARABLE = 100_000  # beyond, building with metadata and asking take minutes
_AT_ONCE = 4_000
_WISHES = 20
_COUNT = 10


def exact_ms(shop: Shop) -> list[float]:
    """Time numpy's scan of all vectors in memory, with a filter that keeps half: processor milliseconds."""
    vectors = np.ascontiguousarray(shop.vectors)
    mask = np.random.default_rng(SEED).random(len(vectors)) < SHARES[0]
    taken = []
    for wish in shop.goods.wishes(_WISHES)[0]:
        begun_s = time.process_time()
        np.argpartition(-np.where(mask, vectors @ wish, -2.0), _COUNT)[:_COUNT]
        taken.append(1e3 * (time.process_time() - begun_s))
    return taken


def chroma_ms(folder: Path, shop: Shop) -> dict[float, list[float]]:
    """Time Chroma's `where` for each share that a filter keeps: processor milliseconds, none where unbearable."""
    count = shop.goods.count
    if count > BEARABLE:
        return {}
    client = chromadb.PersistentClient(
        path=str(folder / f"peer{count}"), settings=Settings(anonymized_telemetry=False)
    )
    collection = client.get_or_create_collection(
        "products", embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
    )
    drawn = np.random.default_rng(SEED).random(count)
    for start in range(collection.count(), count, _AT_ONCE):
        rows = range(start, min(start + _AT_ONCE, count))
        collection.add(
            ids=[f"p{row}" for row in rows],
            embeddings=np.asarray(shop.vectors[rows.start : rows.stop]),
            metadatas=[
                {_label(share): bool(drawn[row] < share) for share in SHARES} for row in rows
            ],
        )
        print(
            f"{count:>9,} products with metadata: {rows.stop / count:6.1%} built", file=sys.stderr
        )
    return {
        share: [_asked_ms(collection, wish, share) for wish in shop.goods.wishes(_WISHES)[0]]
        for share in SHARES
    }


def _asked_ms(collection: chromadb.Collection, wish: Vectors, share: float) -> float:
    begun_s = time.process_time()
    collection.query(
        query_embeddings=wish[None, :],
        n_results=_COUNT,
        where={_label(share): True},
        include=["distances"],
    )
    return 1e3 * (time.process_time() - begun_s)


def _label(share: float) -> str:
    return f"kept_{share}"
