"""Nearest neighbours by meaning: the one door to Chroma.

Vectors come in ready-made, so Chroma never loads a model of its own. A collection is named after its
contents' version: a new version is built beside the old one and the old one dropped afterwards.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import chromadb
import numpy as np
from chromadb.api import ClientAPI
from chromadb.config import Settings

from knowledge.search.base import Vectors

_BATCH = 2_000  # rows an add; Chroma refuses more than about 5,000 at once


@dataclass(frozen=True, slots=True)
class Hit:
    """A found entry; `similarity` is the cosine, 1.0 is the same."""

    id: str
    similarity: float


class VectorIndex:
    """Named, versioned collections of vectors. All calls block: use them off the event loop."""

    def __init__(self, open_client: Callable[[], ClientAPI]) -> None:
        self._open_client = open_client

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

    def has(self, name: str, version: str, count: int) -> bool:
        """Tell whether this version is there and complete, with `count` entries."""
        wanted = _collection_name(name, version)
        if wanted not in {collection.name for collection in self._client.list_collections()}:
            return False
        return self._client.get_collection(wanted, embedding_function=None).count() == count

    def build(self, name: str, version: str, ids: Sequence[str], vectors: Vectors) -> None:
        """Write a version and drop the earlier ones of the same name.

        Args:
            name: What is indexed, such as "products".
            version: A fingerprint of the contents, letters and digits.
            ids: One id per vector, unique.
            vectors: Unit vectors, shape (len(ids), dim) float32.
        """
        wanted = _collection_name(name, version)
        existing = {collection.name for collection in self._client.list_collections()}
        if wanted in existing:  # an interrupted build
            self._client.delete_collection(wanted)
        collection = self._client.create_collection(
            wanted, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
        )
        for start in range(0, len(ids), _BATCH):
            stop = start + _BATCH
            collection.add(ids=list(ids[start:stop]), embeddings=vectors[start:stop])
        for old in existing - {wanted}:
            if old.startswith(f"{name}-"):
                self._client.delete_collection(old)

    def vectors(self, name: str, version: str, ids: Sequence[str]) -> Vectors:
        """Give the stored vectors of these ids, in their order, shape (len(ids), dim) float32."""
        collection = self._client.get_collection(
            _collection_name(name, version), embedding_function=None
        )
        found = collection.get(ids=list(ids), include=["embeddings"])
        row_of = {key: row for row, key in enumerate(found["ids"])}
        stored = np.asarray(found["embeddings"], dtype=np.float32)
        return stored[[row_of[key] for key in ids]]

    def query(self, name: str, version: str, vectors: Vectors, count: int) -> list[list[Hit]]:
        """Give for each vector its `count` nearest entries, best first."""
        collection = self._client.get_collection(
            _collection_name(name, version), embedding_function=None
        )
        found = collection.query(query_embeddings=vectors, n_results=count, include=["distances"])
        distances = found["distances"] or []
        return [
            [Hit(id=key, similarity=1.0 - far) for key, far in zip(keys, row, strict=True)]
            for keys, row in zip(found["ids"], distances, strict=True)
        ]


def _collection_name(name: str, version: str) -> str:
    return f"{name}-{version}"
