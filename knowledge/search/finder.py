"""Finding products and policy sections: embedder and index together, in one thread of their own.

One thread, because an embedding that competes for cores takes fifty times as long, and so that the
event loop never waits. Vectors leave it only as numbers.
"""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TypeVar

from knowledge.catalogue import Catalogue
from knowledge.policies.quoting import Sentence
from knowledge.search.base import Embedder, Vectors
from knowledge.search.index import Hit, VectorIndex
from storage.records import Product

_PRODUCTS, _POLICIES = "products", "policies"
_Result = TypeVar("_Result")


class Finder:
    """Everything that is found by meaning. Open it once and close it when done."""

    def __init__(self, embedder: Embedder, index: VectorIndex) -> None:
        self._embedder = embedder
        self._index = index
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="finder")
        self._versions: dict[str, str] = {}
        self._sizes: dict[str, int] = {}
        self._sentences: list[Sentence] = []

    async def refresh(self, catalogue: Catalogue) -> None:
        """Bring the index in line with the catalogue; does nothing when they agree."""
        products = list(catalogue.products.values())
        await self._ensure(
            _PRODUCTS, [p.id for p in products], [product_text(p) for p in products]
        )
        sentences = [
            Sentence(section, text)
            for section in catalogue.sections()
            for text in section.sentences
        ]
        ids = [str(number) for number in range(len(sentences))]
        await self._ensure(_POLICIES, ids, [sentence_text(sentence) for sentence in sentences])
        self._sentences = sentences

    async def encode(self, texts: Sequence[str]) -> Vectors:
        """Give unit vectors, shape (len(texts), dim) float32."""
        return await self._off_loop(lambda: self._embedder.encode(texts))

    async def remembered(self, name: str, texts: Sequence[str]) -> Vectors:
        """Give unit vectors like `encode`, kept in the index under a name: for texts that rarely change.

        Embedding some hundred texts takes seconds; reading them back takes milliseconds.
        """
        ids = [str(number) for number in range(len(texts))]
        await self._ensure(name, ids, texts)
        version = self._versions[name]
        return await self._off_loop(lambda: self._index.vectors(name, version, ids))

    async def products_near(self, vectors: Vectors, count: int) -> list[list[Hit]]:
        """Give for each vector, shape (n, dim), its nearest products, best first."""
        return await self._query(_PRODUCTS, vectors, count)

    async def sentences_near(self, vector: Vectors, count: int) -> list[Sentence]:
        """Give the policy sentences nearest to a vector, shape (dim,), best first."""
        hits = (await self._query(_POLICIES, vector[None, :], count))[0]
        known = self._sentences
        return [replace(known[int(hit.id)], similarity=hit.similarity) for hit in hits]

    def close(self) -> None:
        """Stop the thread once what runs in it has finished."""
        self._thread.shutdown(wait=True, cancel_futures=True)

    async def _ensure(self, name: str, ids: Sequence[str], texts: Sequence[str]) -> None:
        version = _fingerprint(self._embedder.fingerprint, ids, texts)
        if self._versions.get(name) != version:
            await self._off_loop(lambda: self._build(name, version, ids, texts))
        self._versions[name], self._sizes[name] = version, len(ids)

    def _build(self, name: str, version: str, ids: Sequence[str], texts: Sequence[str]) -> None:
        if not self._index.has(name, version, len(ids)):
            self._index.build(name, version, ids, self._embedder.encode(texts))

    async def _query(self, name: str, vectors: Vectors, count: int) -> list[list[Hit]]:
        available = min(count, self._sizes.get(name, 0))
        if not available:
            return [[] for _ in vectors]
        version = self._versions[name]
        return await self._off_loop(lambda: self._index.query(name, version, vectors, available))

    async def _off_loop(self, call: Callable[[], _Result]) -> _Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, call)


def product_text(product: Product) -> str:
    """Give the text a product is found by: what it is called first, then what is told about it."""
    traits = ", ".join(sorted(kind.value.replace("_", " ") for kind in product.sustainability))
    parts = (product.title, product.category, product.description, " ".join(product.tags), traits)
    return ". ".join(part.rstrip(".") for part in parts if part)


def sentence_text(sentence: Sentence) -> str:
    """Give the text a sentence is found by: title and heading carry much of its meaning."""
    heading = sentence.section.heading.lstrip("0123456789. ")
    return f"{sentence.section.document}, {heading}: {sentence.text}"


def _fingerprint(model: str, ids: Sequence[str], texts: Sequence[str]) -> str:
    digest = hashlib.sha256(model.encode())
    for key, text in zip(ids, texts, strict=True):
        digest.update(f"\n{key}\t{text}".encode())
    return digest.hexdigest()[:16]
