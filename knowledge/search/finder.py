"""Finding products by meaning and by words, and whatever else goes by meaning: embedder and index together.

Each has one thread of its own, because an embedding that competes for cores takes fifty times as long, and so
that the event loop never waits. Vectors leave it only as numbers.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import blake2b
from typing import TypeVar

from knowledge.catalogue import Catalogue
from knowledge.search.base import Embedder, Vectors
from knowledge.search.fusion import Hit, best_of, in_order
from knowledge.search.holdings import Allowed
from knowledge.search.index import VectorIndex
from knowledge.search.lexical import Scores
from knowledge.search.terms import Synonyms
from knowledge.search.texts import meaning_text
from knowledge.search.upkeep import Upkeep
from knowledge.search.wording import Wording

_PRODUCTS = "products"
# What names a thing of the shop: its words, and meaning it (ours, on the sample shop).
_NAMED_BY_WORDS, _NAMED_BY_MEANING = 0.6, 0.5
# How many either side brings in before all are put in one order; what fits best is seldom further down (ours).
_BY_MEANING, _BY_WORDS = 100, 50
_Result = TypeVar("_Result")


class Finder:
    """Everything that is found by meaning. Open it once and close it when done."""

    def __init__(self, embedder: Embedder, index: VectorIndex) -> None:
        self._embedder = embedder
        self._index = index
        self._embedding = ThreadPoolExecutor(max_workers=1, thread_name_prefix="embedding")
        self._searching = ThreadPoolExecutor(max_workers=1, thread_name_prefix="searching")
        self._upkeep = Upkeep(index, embedder.fingerprint, self.encode, self._on_index)
        self._wording: Wording | None = None

    @property
    def embedder_fingerprint(self) -> str:
        """Name the model that the vectors are of."""
        return self._embedder.fingerprint

    async def refresh(
        self,
        catalogue: Catalogue,
        said: Sequence[str] = (),
        known: frozenset[str] = frozenset(),
    ) -> None:
        """Bring the index in line with the catalogue; does nothing when they agree.

        `said` spells more words; those `known` are right, though nothing is called so.
        """
        products = list(catalogue.products.values())
        await self._upkeep.bring_in_line(
            _PRODUCTS, [p.id for p in products], [meaning_text(p) for p in products]
        )
        # In another thread: questions asked meanwhile are answered by the words known so far.
        self._wording = await asyncio.to_thread(
            lambda: Wording.of(products, Synonyms.shipped(), said, known)
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

    async def search(
        self, text: str, vectors: Vectors, count: int, allowed: Allowed | None = None
    ) -> list[Hit]:
        """Give the products that fit by meaning and by words, best first.

        Args:
            text: What is asked for; "" = only by meaning.
            vectors: What it means, unit vectors of shape (n, dim); a product counts by the one it is closest to.
            count: How many hits are wanted.
            allowed: Ids, or a mask over the catalogue's products in their order; None = all.
        """
        return await self._found(text, vectors, count, allowed)

    async def saying(self, text: str, vectors: Vectors, count: int, share: float) -> list[Hit]:
        """Give those among the best `count` that say at least a share of the words asked for.

        Mostly none does, which the words alone tell: then nothing is looked for by meaning.
        """
        hits = await self._found(text, vectors, count, said=share)
        return [hit for hit in hits if hit.words >= share]

    def of_kind(self, name: Sequence[str]) -> frozenset[str]:
        """Give the ids of the products whose kind is called so, in folded words; none when no kind is."""
        return self._wording.of_kind(name) if self._wording else frozenset()

    def names_thing(self, name: Sequence[str]) -> bool:
        """Tell whether some kind, or some product, is called just so, in folded words."""
        return self._wording is not None and self._wording.names_thing(name)

    def head_of(self, name: Sequence[str]) -> tuple[str, ...]:
        """Give the last thing in a name, when something is called so; () else."""
        return self._wording.head_of(name) if self._wording else ()

    def sells(self, name: Sequence[str]) -> bool:
        """Tell whether something is called so, or at least says the last of these folded words."""
        return self._wording is not None and self._wording.sells(name)

    async def mended(self, text: str) -> str:
        """Give a text with its slips of spelling put right, and with what it names called as in the catalogue."""
        wording = self._wording
        if wording is None:
            return text
        if wording.is_strange(text):
            text = await _in_thread(
                self._embedding, lambda: wording.mended(text, self._embedder.knows)
            )
        return wording.called(text)

    async def is_named(self, text: str, vector: Vectors) -> bool:
        """Tell whether a text with its unit vector, shape (dim,), does little else than name something there is."""
        hits = await self.saying(text, vector[None, :], 1, _NAMED_BY_WORDS)
        return any(hit.similarity >= _NAMED_BY_MEANING for hit in hits)

    def close(self) -> None:
        """Stop the threads once what runs in them has finished."""
        for thread in (self._embedding, self._searching):
            thread.shutdown(wait=True, cancel_futures=True)

    async def _found(
        self,
        text: str,
        vectors: Vectors,
        count: int,
        allowed: Allowed | None = None,
        *,
        said: float = 0.0,
    ) -> list[Hit]:
        """Give the best hits; none when no product says the share `said` of the words."""
        wording = self._wording
        if wording is None:
            return []
        mended = await self.mended(text)
        scores = await self._on_index(lambda: wording.scores(mended))
        if float(scores.max(initial=0.0)) < said:
            return []
        if mended != text:
            vectors = await self.encode([mended])
        return await self._on_index(lambda: self._fused(wording, scores, vectors, count, allowed))

    def _fused(
        self,
        wording: Wording,
        scores: Scores,
        vectors: Vectors,
        count: int,
        allowed: Allowed | None,
    ) -> list[Hit]:
        """Find by either side, then have both judge what either found."""
        # Without words nothing is moved up from farther down, and Chroma is paid by the neighbour.
        depth = max(count, _BY_MEANING) if scores.any() else count
        near = best_of(self._near(vectors, depth, allowed))
        unseen = set(wording.best(scores, _BY_WORDS, allowed)) - near.keys()
        if unseen:
            near |= best_of(self._near(vectors, len(unseen), unseen))
        return in_order((wording.judged(hit, scores) for hit in near.values()), count)

    def _near(self, vectors: Vectors, count: int, allowed: Allowed | None) -> list[list[Hit]]:
        # Asked here, in the index's thread, where no version can change in between.
        version = self._upkeep.serving(_PRODUCTS)
        if version is None:
            return [[] for _ in vectors]
        return self._index.query(_PRODUCTS, version, vectors, count, allowed)

    async def _on_index(self, call: Callable[[], _Result]) -> _Result:
        return await _in_thread(self._searching, call)


async def _in_thread(thread: ThreadPoolExecutor, call: Callable[[], _Result]) -> _Result:
    return await asyncio.get_running_loop().run_in_executor(thread, call)


def _ids_of(texts: Sequence[str]) -> list[str]:
    """Give texts an id each that stays the same when others are put before it; twins are counted."""
    seen = Counter[str]()
    ids = []
    for text in texts:
        seen[text] += 1
        ids.append(f"{blake2b(text.encode(), digest_size=6).hexdigest()}.{seen[text]}")
    return ids
