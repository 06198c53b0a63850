"""Puts the thinking parts together, in the background: a bot that has just started already listens.

It knows which engine the settings ask for, and nothing of what is thought.
"""

import asyncio
import logging
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from random import Random

from bot.health import Health
from bot.models import language_model, search_model, text_tagger
from bot.settings import Settings
from knowledge.concierge import Concierge, Mind
from knowledge.drafting import Effort
from knowledge.lexicon import shipped_lexicon
from knowledge.llm.errors import ModelUnavailable
from knowledge.llm.worker import ModelWorker
from knowledge.phrasing import Phrasing
from knowledge.privacy.tagging.base import Tagged, TextTagger
from knowledge.rules import ReplyRules
from knowledge.search.base import Embedder, Vectors
from knowledge.search.finder import Finder
from knowledge.search.index import VectorIndex
from knowledge.templates import Templates
from knowledge.understanding import Examples
from storage.database import Database

log = logging.getLogger(__name__)

TRY_AGAIN_S = 20.0


class LaterEmbedder:
    """An embedder that loads when first used, in the thread that uses it: its engine takes seconds to import."""

    def __init__(self, fingerprint: str, load: Callable[[], Embedder]) -> None:
        self.fingerprint = fingerprint
        self._load = load
        self._embedder: Embedder | None = None

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Give unit vectors, shape (len(texts), dim) float32."""
        return self._loaded.encode(texts)

    def knows(self, word: str) -> bool:
        """Tell whether a lower-case word is one the model has learnt whole."""
        return self._loaded.knows(word)

    @property
    def _loaded(self) -> Embedder:
        if self._embedder is None:
            self._embedder = self._load()
        return self._embedder


class LaterTagger:
    """A tagger that loads when first used, in the thread that uses it, which is before the first message."""

    def __init__(self, load: Callable[[], TextTagger]) -> None:
        self._load = load
        self._tagger: TextTagger | None = None

    def tag(self, text: str) -> list[Tagged]:
        """Give what was found in a plain text, in order, without overlaps."""
        if self._tagger is None:
            self._tagger = self._load()
        return self._tagger.tag(text)


@dataclass(slots=True)
class Brain:
    """The concierge and the engines behind it, which load after `start`. `worker` is None without a model."""

    concierge: Concierge
    finder: Finder
    worker: ModelWorker | None
    settings: Settings
    database: Database
    health: Health
    _loading: set[asyncio.Task[None]] = field(default_factory=set)
    _version: str | None = None

    def start(self) -> None:
        """Begin to load; replies that need an engine wait for it, or do without the model."""
        self._load(self._load_shop())
        if self.worker is not None:
            self._load(self._load_model(self.worker))

    @property
    def loading(self) -> list[asyncio.Task[None]]:
        """Give what is still being loaded."""
        return list(self._loading)

    @property
    def unready(self) -> dict[str, str]:
        """Give each engine that does not answer yet, or never will, with a word about it."""
        unready = {} if self.concierge.is_ready else {"search": "loading"}
        if self.worker is None:
            unready["model"] = "off"
        elif not self.worker.is_ready:
            unready["model"] = "loading"
        return unready

    @property
    def model_calls(self) -> dict[str, int]:
        """Give what became of the requests to the model, those stopped at the gate among them; empty without one."""
        return {} if self.worker is None else asdict(self.worker.counters)

    async def refresh_if_changed(self) -> None:
        """Load the catalogue again and bring the search index in line, if the catalogue changed."""
        if not self.concierge.is_ready:
            return
        version = await self._catalogue_version()
        if version != self._version:
            await self.concierge.refresh()
            self._version = version

    async def close(self) -> None:
        """Stop loading and thinking."""
        loading = self.loading
        for task in loading:
            task.cancel()
        await asyncio.gather(*loading, return_exceptions=True)
        if self.worker is not None:
            await self.worker.stop()
        await asyncio.to_thread(self.finder.close)

    def _load(self, loading: Coroutine[None, None, None]) -> None:
        task = asyncio.create_task(loading)
        self._loading.add(task)
        task.add_done_callback(self._loading.discard)

    async def _load_shop(self) -> None:
        """Load catalogue and index, again and again until it works: no text is answered without them."""
        begun_s = time.monotonic()
        while not self.concierge.is_ready:
            try:
                version = await self._catalogue_version()
                await self.concierge.refresh()
                self._version = version
                self.health.report("search", None)
                log.info("search is ready after %.1f s", time.monotonic() - begun_s)
            except Exception:  # a job of its own: the bot must not die of it, nor stay dumb
                log.exception("the catalogue and its index did not load")
                self.health.report("search", "not loaded, trying again")
                await asyncio.sleep(TRY_AGAIN_S)

    async def _load_model(self, worker: ModelWorker) -> None:
        """Load the language model once; without it the templates speak alone."""
        try:
            await worker.start(lambda: language_model(self.settings.model))
            self.health.report("model", None)
        except ModelUnavailable as error:
            self.health.report("model", f"templates answer without it: {error}")

    async def _catalogue_version(self) -> str:
        """Give what changes with any product, store or opening hour."""
        async with self.database.reading() as work:
            stores = await work.stores.all()
            products = await work.products.version()
        return f"{products} {sha256(repr(stores).encode()).hexdigest()}"


async def build_brain(settings: Settings, database: Database, health: Health) -> Brain:
    """Put the parts together; nothing heavy is loaded yet."""
    model = settings.model
    worker = (
        None
        if model.kind == "none"
        else ModelWorker(
            deadline_s=model.deadline_s,
            misses_before_skip=model.misses_before_skip,
            skip_s=model.skip_s,
        )
    )
    parts = await asyncio.to_thread(_read_parts, settings, worker)
    rules = ReplyRules(
        near_m=settings.replies.near_m,
        walking_m_per_min=settings.replies.walking_m_per_min,
        options_shown=settings.replies.options_shown,
    )
    dice = Random()  # noqa: S311 - which of equal things stands last on a list is no secret
    mind = Mind(parts.phrasing, parts.examples, rules, parts.tagger, dice)
    concierge = Concierge(database, parts.finder, mind)
    return Brain(concierge, parts.finder, worker, settings, database, health)


@dataclass(frozen=True, slots=True)
class _Parts:
    finder: Finder
    phrasing: Phrasing
    examples: Examples
    tagger: TextTagger


def _read_parts(settings: Settings, worker: ModelWorker | None) -> _Parts:
    """Read the shipped sentences and open the index. Blocks."""
    search = settings.search
    # What was learned from the model's vectors must not be used with a toy's.
    name = "" if search.backend == "toy" else f"{search.embedder_folder.name}-"
    embedder = LaterEmbedder(f"{name}{search.backend}", lambda: search_model(search))
    is_trained = settings.model.kind == "gguf" and bool(settings.model.adapter)
    lexicon = shipped_lexicon() if is_trained else None
    finder = Finder(embedder, _index(settings))
    return _Parts(
        finder=finder,
        phrasing=Phrasing(
            Templates.shipped(),
            worker,
            effort=Effort(settings.model.deadline_s, settings.model.drafts),
            lexicon=lexicon,
            encode=finder.encode,
        ),
        examples=Examples.shipped(),
        tagger=LaterTagger(lambda: text_tagger(search)),
    )


def _index(settings: Settings) -> VectorIndex:
    search = settings.search
    if search.chroma_host:
        return VectorIndex.on_server(search.chroma_host, search.chroma_port)
    return VectorIndex.in_folder(settings.index_folder)
