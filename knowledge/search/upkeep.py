"""Keeps the index in line with what it should hold: embeds what is new, removes what is gone.

A change costs what changed. Where most of an index went stale, a new version is built beside the old one,
which answers meanwhile, and then takes its place. Whatever is interrupted goes on where it stopped: what
is missing or stale is seen from the entries' keys, not from a note that somebody might forget to write.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from hashlib import sha256
from typing import Protocol, TypeVar

from knowledge.search.base import Vectors
from knowledge.search.cells import Cells
from knowledge.search.holdings import entry_key
from knowledge.search.index import VectorIndex

log = logging.getLogger(__name__)

_AT_ONCE = (
    64  # entries embedded, then added: a question asked meanwhile waits for no more than these
)
_Result = TypeVar("_Result")


class OffLoop(Protocol):
    """Runs a blocking call in a thread of its own."""

    def __call__(self, call: Callable[[], _Result], /) -> Awaitable[_Result]:
        """Give what the call returns."""
        ...


@dataclass(frozen=True, slots=True)
class Change:
    """What brings a version in line with what is wanted, as keys of entries.

    `copied` are missing too, but `source`, another version, has their vectors.
    """

    version: str
    missing: Sequence[str]
    stale: Sequence[str] = ()
    copied: Sequence[str] = ()
    source: str = ""

    @property
    def size(self) -> int:
        """Give how many entries change."""
        return len(self.missing) + len(self.stale) + len(self.copied)


class Upkeep:
    """Brings indexes in line. It embeds by `encode` and calls the index by `off_loop`."""

    def __init__(
        self,
        index: VectorIndex,
        model: str,
        encode: Callable[[Sequence[str]], Awaitable[Vectors]],
        off_loop: OffLoop,
    ) -> None:
        self._index = index
        # Vectors of another model mean something else: they are other versions, and never compared.
        self._model = sha256(model.encode()).hexdigest()[:8]
        self._encode = encode
        self._off_loop = off_loop
        self._one_at_a_time = asyncio.Lock()
        self._serving: dict[str, str] = {}

    def serving(self, name: str) -> str | None:
        """Give the version that answers now, None before there is one; ask in the index's thread."""
        return self._serving.get(name)

    async def bring_in_line(self, name: str, ids: Sequence[str], texts: Sequence[str]) -> str:
        """Make an index hold exactly these texts under these unique ids, in this order; give its version.

        What was there goes on answering until all is ready.
        """
        # Off the event loop: a hundred thousand fingerprints take a tenth of a second.
        text_of = await asyncio.to_thread(_by_key, ids, texts)
        async with self._one_at_a_time:
            change = await self._off_loop(lambda: self._change(name, text_of.keys()))
            for keys in _batches(change.copied):
                await self._off_loop(partial(self._copy, name, change, keys))
            for keys in _batches(change.missing):
                vectors = await self._encode([text_of[key] for key in keys])
                await self._off_loop(partial(self._index.add, name, change.version, keys, vectors))
            await self._off_loop(lambda: self._serve(name, change, ids, list(text_of)))
            await self._map(name, change.version)
        if change.size:
            log.info(
                "index %s %s holds %d entries: %d embedded, %d copied, %d removed",
                *(name, change.version, len(ids)),
                *(len(change.missing), len(change.copied), len(change.stale)),
            )
        return change.version

    async def _map(self, name: str, version: str) -> None:
        """Draw the map that filters want where there are very many entries, while questions are answered."""
        holdings = await self._off_loop(lambda: self._index.open(name, version))
        count = holdings.cells_wanted
        if not count:
            return
        sample = await self._off_loop(holdings.sample)
        # Its own thread for some seconds: in the index's, every question would wait for it.
        holdings.draw(await asyncio.to_thread(Cells.around, sample, count))
        while await self._off_loop(holdings.place):
            pass

    def _change(self, name: str, wanted: Collection[str]) -> Change:
        """Open the version that is closest to what is wanted, or begin one, and tell what it lacks."""
        known = [each for each in self._index.versions(name) if each.startswith(self._model)]
        found = {version: self._index.keys(name, version) for version in known}
        changes = sorted(
            (_to_reach(wanted, version, there) for version, there in found.items()),
            key=lambda change: change.size,
        )
        # Chroma's graph keeps what was removed as ballast: with most of it stale, a new one is better.
        if not changes or len(changes[0].stale) > len(wanted) // 2:
            number = 1 + max((int(each.rpartition("-")[2]) for each in known), default=0)
            changes.insert(0, Change(f"{self._model}-{number}", missing=list(wanted)))
            self._index.create(name, changes[0].version, len(wanted))
        best, *others = changes
        self._index.open(name, best.version)
        if not others or not best.missing:
            return best
        source = others[0].version
        self._index.open(name, source)
        has = found[source]
        return replace(
            best,
            missing=[key for key in best.missing if key not in has],
            copied=[key for key in best.missing if key in has],
            source=source,
        )

    def _copy(self, name: str, change: Change, keys: Sequence[str]) -> None:
        vectors = self._index.open(name, change.source).vectors(keys)
        self._index.add(name, change.version, keys, vectors)

    def _serve(self, name: str, change: Change, ids: Sequence[str], keys: Sequence[str]) -> None:
        """Answer from the version now; then remove what nobody asks for any more."""
        self._index.open(name, change.version).arrange(ids, keys)
        self._serving[name] = change.version
        if change.stale:
            self._index.remove(name, change.version, change.stale)
        for other in self._index.versions(name):
            if other != change.version:
                self._index.drop(name, other)


def _by_key(ids: Sequence[str], texts: Sequence[str]) -> dict[str, str]:
    return {entry_key(each, text): text for each, text in zip(ids, texts, strict=True)}


def _to_reach(wanted: Collection[str], version: str, there: Collection[str]) -> Change:
    return Change(
        version,
        missing=[key for key in wanted if key not in there],
        stale=[key for key in there if key not in wanted],
    )


def _batches(keys: Sequence[str]) -> Iterator[Sequence[str]]:
    return (keys[start : start + _AT_ONCE] for start in range(0, len(keys), _AT_ONCE))
