"""Nearest neighbours by meaning: the one door to Chroma.

Vectors come in ready-made, so Chroma never loads a model of its own. What is indexed under a name, such as
"products", has a collection for each version; one version answers while the next is built. An entry's key
in Chroma carries the fingerprint of its text: index and catalogue agree exactly when their keys do.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings
from threadpoolctl import threadpool_limits

from knowledge.search.base import Vectors
from knowledge.search.depth import neighbours_followed, neighbours_needed
from knowledge.search.fusion import Hit
from knowledge.search.holdings import Allowed, Holdings, Mask

_PAGE = 5_000  # entries read at once; Chroma writes about as many at most
# Chroma rewrites its list of all ids at each save: the more entries, the rarer it should be. What came
# after the last save is indexed again at the next start.
_SAVES, _ENTRIES_A_SAVE = 20, 1_000


@dataclass(frozen=True, slots=True)
class _Opened:
    """A version in Chroma, and what is known of it here."""

    collection: Collection
    holdings: Holdings


class VectorIndex:
    """Named, versioned collections of vectors. All calls block: use them off the event loop, one at a time."""

    def __init__(self, open_client: Callable[[], ClientAPI]) -> None:
        # A few thousand vectors are looked at before a second thread has woken, and the model wants the cores.
        threadpool_limits(1, user_api="blas")
        self._open_client = open_client
        self._opened: dict[str, _Opened] = {}

    @cached_property
    def _client(self) -> ClientAPI:
        """Connect when first needed: a server that is away now may be there when asked again."""
        return self._open_client()

    @classmethod
    def in_folder(cls, folder: Path) -> "VectorIndex":
        """Open the index in a folder of this process's own."""
        folder.mkdir(parents=True, exist_ok=True)
        settings = Settings(anonymized_telemetry=False)
        client = chromadb.PersistentClient(path=str(folder), settings=settings)
        return cls(lambda: client)

    @classmethod
    def on_server(cls, host: str, port: int) -> "VectorIndex":
        """Use a Chroma server, which several processes may share."""
        settings = Settings(anonymized_telemetry=False)
        return cls(lambda: chromadb.HttpClient(host=host, port=port, settings=settings))

    def versions(self, name: str) -> list[str]:
        """Give the versions there are, complete or not."""
        start = f"{name}-"
        known = [collection.name for collection in self._client.list_collections()]
        return [each.removeprefix(start) for each in known if each.startswith(start)]

    def create(self, name: str, version: str, count: int) -> None:
        """Begin a version that will hold about `count` entries."""
        a_save = max(_ENTRIES_A_SAVE, count // _SAVES)
        collection = self._client.create_collection(
            _called(name, version),
            embedding_function=None,
            configuration={
                "hnsw": {
                    "space": "cosine",
                    "sync_threshold": a_save,
                    "ef_search": neighbours_followed(count),
                }
            },
        )
        self._opened[_called(name, version)] = _Opened(collection, Holdings(expected=count))

    def open(self, name: str, version: str) -> Holdings:
        """Read a version from Chroma, unless it has been: what it holds, arranged as last asked for."""
        called = _called(name, version)
        if called not in self._opened:
            collection = self._client.get_collection(called, embedding_function=None)
            count = collection.count()
            holdings = Holdings(expected=count)
            for offset in range(0, count, _PAGE):
                page = collection.get(limit=_PAGE, offset=offset, include=["embeddings"])
                holdings.put(page["ids"], np.asarray(page["embeddings"], dtype=np.float32))
            self._opened[called] = _Opened(collection, holdings)
        return self._opened[called].holdings

    def keys(self, name: str, version: str) -> set[str]:
        """Give the keys of a version's entries: as they stand in Chroma, when it is not open yet."""
        opened = self._opened.get(_called(name, version))
        if opened is not None:
            return set(opened.holdings.known())
        collection = self._client.get_collection(_called(name, version), embedding_function=None)
        return set(collection.get(include=[])["ids"])

    def add(self, name: str, version: str, keys: Sequence[str], vectors: Vectors) -> None:
        """Add entries to an opened version: unit vectors, shape (len(keys), dim) float32."""
        opened = self._opened[_called(name, version)]
        opened.collection.add(ids=list(keys), embeddings=vectors)
        opened.holdings.put(keys, vectors)

    def remove(self, name: str, version: str, keys: Sequence[str]) -> None:
        """Take entries out of an opened version."""
        opened = self._opened[_called(name, version)]
        for start in range(0, len(keys), _PAGE):
            opened.collection.delete(ids=list(keys[start : start + _PAGE]))
        opened.holdings.forget(keys)

    def drop(self, name: str, version: str) -> None:
        """Delete a version."""
        self._opened.pop(_called(name, version), None)
        self._client.delete_collection(_called(name, version))

    def vectors(self, name: str, version: str) -> Vectors:
        """Give the vectors of an opened version in the order they were arranged in, (entries, dim)."""
        held = self._opened[_called(name, version)].holdings
        return held.vectors(held.keys)

    def query(
        self,
        name: str,
        version: str,
        vectors: Vectors,
        count: int,
        allowed: Allowed | None = None,
    ) -> list[list[Hit]]:
        """Give for each vector its `count` nearest entries of an opened version, best first.

        Args:
            name: What is indexed, such as "products".
            version: Which of its versions.
            vectors: Unit vectors, shape (n, dim) float32.
            count: How many hits a vector gets, if there are as many.
            allowed: Which entries may be found: a mask over the order they were arranged in, shape
                (entries,) bool, or their ids; None = all.
        """
        opened = self._opened[_called(name, version)]
        held = opened.holdings
        mask = None if allowed is None else held.mask(allowed)
        kept = len(held.ids) if mask is None else int(np.count_nonzero(mask))
        count = min(count, kept)
        if not count:
            return [[] for _ in vectors]
        depth = neighbours_needed(count, kept, len(held.ids))
        found = _nearest(opened, vectors, depth, mask) if depth else [[] for _ in vectors]
        if mask is None:
            mask = np.ones(len(held.ids), dtype=np.bool_)
        return [
            hits[:count] if len(hits) >= count else _scanned(held, vector, mask, count)
            for hits, vector in zip(found, vectors, strict=True)
        ]


def _nearest(opened: _Opened, vectors: Vectors, depth: int, mask: Mask | None) -> list[list[Hit]]:
    held = opened.holdings
    found = opened.collection.query(
        query_embeddings=vectors, n_results=depth, include=["distances"]
    )
    hits = []
    for keys, row in zip(found["ids"], found["distances"] or [], strict=True):
        numbers = [held.number(key) for key in keys]
        hits.append(
            [
                Hit(held.ids[number], 1.0 - far)
                for number, far in zip(numbers, row, strict=True)
                if number >= 0 and (mask is None or mask[number])
            ]
        )
    return hits


def _scanned(held: Holdings, vector: Vectors, mask: Mask, count: int) -> list[Hit]:
    numbers, cosines = held.scan(vector, mask, count)
    pairs = zip(numbers.tolist(), cosines.tolist(), strict=True)
    return [Hit(held.ids[number], cosine) for number, cosine in pairs]


def _called(name: str, version: str) -> str:
    return f"{name}-{version}"
