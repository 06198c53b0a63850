"""Finding products, and whatever else goes by meaning: embedder and index together, each in one thread of its own.

One thread each, because an embedding that competes for cores takes fifty times as long, and so that the
event loop never waits. Vectors leave it only as numbers.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from typing import TypeVar

from knowledge.catalogue import Catalogue
from knowledge.search.base import Embedder, Vectors
from knowledge.search.holdings import Allowed
from knowledge.search.index import Hit, VectorIndex
from knowledge.search.upkeep import Upkeep
from storage.records import Product

_PRODUCTS = "products"
_Result = TypeVar("_Result")


class Finder:
    """Everything that is found by meaning. Open it once and close it when done."""

    def __init__(self, embedder: Embedder, index: VectorIndex) -> None:
        self._embedder = embedder
        self._index = index
        self._embedding = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedding")
        self._searching = ThreadPoolExecutor(max_workers=1, thread_name_prefix="searching")
        self._upkeep = Upkeep(index, embedder.fingerprint, self.encode, self._on_index)

    @property
    def embedder_fingerprint(self) -> str:
        """Name the model that the vectors are of."""
        return self._embedder.fingerprint

    async def refresh(self, catalogue: Catalogue) -> None:
        """Bring the index in line with the catalogue; does nothing when they agree."""
        products = list(catalogue.products.values())
        await self._upkeep.bring_in_line(
            _PRODUCTS, [p.id for p in products], [product_text(p) for p in products]
        )

    async def encode(self, texts: Sequence[str]) -> Vectors:
        """Give unit vectors, shape (len(texts), dim) float32."""
        return await _in_thread(self._embedding, lambda: self._embedder.encode(texts))

    async def remembered(self, name: str, texts: Sequence[str]) -> Vectors:
        """Give unit vectors like `encode`, kept in the index under a name: for texts that rarely change.

        Embedding some hundred texts takes seconds; reading them back takes milliseconds.
        """
        version = await self._upkeep.bring_in_line(name, _ids_of(texts), texts)
        return await self._on_index(lambda: self._index.vectors(name, version))

    async def products_near(
        self, vectors: Vectors, count: int, allowed: Allowed | None = None
    ) -> list[list[Hit]]:
        """Give for each vector, shape (n, dim), its nearest products, best first.

        `allowed` are ids, or a mask over the catalogue's products in their order; None = all.
        """
        return await self._query(_PRODUCTS, vectors, count, allowed)

    def close(self) -> None:
        """Stop the threads once what runs in them has finished."""
        for thread in (self._embedding, self._searching):
            thread.shutdown(wait=True, cancel_futures=True)

    async def _query(
        self, name: str, vectors: Vectors, count: int, allowed: Allowed | None = None
    ) -> list[list[Hit]]:
        def answer() -> list[list[Hit]]:
            # Asked here, in the index's thread, where no version can change in between.
            version = self._upkeep.serving(name)
            if version is None:
                return [[] for _ in vectors]
            return self._index.query(name, version, vectors, count, allowed)

        return await self._on_index(answer)

    async def _on_index(self, call: Callable[[], _Result]) -> _Result:
        return await _in_thread(self._searching, call)


async def _in_thread(thread: ThreadPoolExecutor, call: Callable[[], _Result]) -> _Result:
    return await asyncio.get_running_loop().run_in_executor(thread, call)


def product_text(product: Product) -> str:
    """Give the text a product is found by: what it is called first, then what is told about it."""
    traits = ", ".join(sorted(kind.value.replace("_", " ") for kind in product.sustainability))
    parts = (product.title, product.category, product.description, " ".join(product.tags), traits)
    return ". ".join(part.rstrip(".") for part in parts if part)


def _ids_of(texts: Sequence[str]) -> list[str]:
    """Give texts an id each that stays the same when others are put before it; twins are counted."""
    seen = Counter[str]()
    ids = []
    for text in texts:
        seen[text] += 1
        ids.append(f"{blake2b(text.encode(), digest_size=6).hexdigest()}.{seen[text]}")
    return ids
