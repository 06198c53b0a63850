"""What leaves the handlers: the texts a bot embeds, and the prompts it sends to a model server.

The embedder is overheard inside the bot's process, where the nursery arms it; the model server is ours.
"""

import json
import re
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from knowledge.search.base import Embedder, Vectors
from knowledge.search.embedder import SentenceEmbedder
from knowledge.search.toy import ToyEmbedder

Encode = Callable[[Any, Sequence[str]], Vectors]


def overhear_embedder(heard: Path) -> None:
    """Write down, a JSON line each, every text that is embedded in this process from now on."""
    for kind in (ToyEmbedder, SentenceEmbedder):
        kind.encode = _overheard(kind.encode, heard)  # type: ignore[method-assign]


def _overheard(encode: Encode, heard: Path) -> Encode:
    def overheard(self: Embedder, texts: Sequence[str]) -> Vectors:
        with heard.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps(text, ensure_ascii=False) + "\n" for text in texts)
        return encode(self, texts)

    return overheard


@dataclass(slots=True)
class ModelServer:
    """A model server that says the facts it is given and nothing else. `prompts` are the bodies it got."""

    url: str = ""
    prompts: list[bytes] = field(default_factory=list)

    async def complete(self, request: web.Request) -> web.Response:
        """Answer one chat completion."""
        self.prompts.append(await request.read())
        facts, _, _message = (await request.json())["messages"][-1]["content"].partition("\n")
        said = f"Here you go: {', '.join(re.findall(r'{[a-z]+}', facts))}."
        return web.json_response({"choices": [{"message": {"content": said}}]})


@asynccontextmanager
async def model_server() -> AsyncIterator[ModelServer]:
    """Serve on a free port of this machine."""
    model = ModelServer()
    app = web.Application()
    app.router.add_post("/v1/chat/completions", model.complete)
    server = TestServer(app)
    await server.start_server()
    model.url = str(server.make_url("/v1"))
    try:
        yield model
    finally:
        await server.close()
