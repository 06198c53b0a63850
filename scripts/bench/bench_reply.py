"""How long a reply takes, and whether a model that is slow or stuck makes a shopper wait.

Why: people read the answer while walking; the pipeline may cost little more than the one embedding it
cannot do without, and a model must never be waited for beyond its deadline.

Measured in one run:
  pipeline_over_embedding  median of Concierge.reply without a model, over the median of one embedding of
                           the same message by plain sentence-transformers (torch, two threads), taken in turns
  typing_p95_s             from a message at the local Telegram server to its "typing" (bot process included)
  stalled_first_two_s      the slower of the first two replies while the model is stuck
  stalled_model_p95_s      later replies while the stuck model is skipped
  model_share              replies in the model's words, of those it was asked for, on an otherwise idle machine

    python -m scripts.bench.bench_reply
"""

import asyncio
import json
import statistics
import tempfile
import threading
import time
from pathlib import Path

from knowledge.concierge import Concierge
from knowledge.lexicon import shipped_lexicon
from knowledge.llm.llama import LlamaModel, Trained
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.worker import ModelWorker
from knowledge.search.embedder import SentenceEmbedder
from scripts.bench.stage import ADAPTER, EMBEDDER, GGUF, Stage, open_stage
from scripts.bench.typing_delay import typing_delays_s

MESSAGES = (
    "I'm cold",
    "starving, anything warm around here?",
    "my feet are soaked",
    "need a present for my mum",
    "my phone is dying",
    "so tired today",
    "something sweet please",
    "forgot my umbrella",
    "my dog is hungry",
    "I have a headache",
    "what's for breakfast",
    "I'm bored, rainy day at home",
    "long train ride ahead",
    "my feet hurt",
    "thirsty!",
    "ran out of printer paper",
    "want to make my home cosy",
    "going for a run",
    "I spilled coffee on my shirt",
    "what should I cook tonight",
)
ROUNDS = 8


async def main() -> None:
    """Measure, print a table, and the same as one JSON line."""
    embedder = SentenceEmbedder(EMBEDDER, backend="onnx", threads=1)
    with tempfile.TemporaryDirectory() as folder:
        async with open_stage(Path(folder), embedder) as stage:
            figures = await _pipeline(stage)
            figures |= await _stalled(stage)
            figures |= await _share(stage)
    delays = await typing_delays_s(messages=20)
    figures["typing_p95_s"] = _p95(delays)
    for name, value in figures.items():
        print(f"{name:28} {value:10.4f}")
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


async def _pipeline(stage: Stage) -> dict[str, float]:
    """Time replies and plain embeddings in turns, so that both meet the same machine."""
    peer = SentenceEmbedder(EMBEDDER, backend="torch", threads=2)
    concierge = await stage.concierge(None)
    replies, embeddings = list[float](), list[float]()
    for number in range(-1, ROUNDS):
        for message in MESSAGES:
            # A number makes each message new: nothing on the way may remember it.
            text = f"{message} {number}" if number else message
            reply_s = await _reply_s(concierge, stage, text)
            embedding_s = _embed_s(peer, text)
            if number >= 0:  # the first round warms up
                replies.append(reply_s)
                embeddings.append(embedding_s)
    reply_s, embedding_s = statistics.median(replies), statistics.median(embeddings)
    return {
        "reply_ms": 1e3 * reply_s,
        "embedding_ms": 1e3 * embedding_s,
        "pipeline_over_embedding": reply_s / embedding_s,
    }


async def _stalled(stage: Stage) -> dict[str, float]:
    """Time replies while the model never answers."""
    release = threading.Event()
    model = ScriptedModel(stall=release)
    worker = ModelWorker(deadline_s=1.5, misses_before_skip=2, skip_s=30.0)
    await worker.start(lambda: model)
    concierge = await stage.concierge(worker)
    try:
        taken = [await _reply_s(concierge, stage, text) for text in MESSAGES]
    finally:
        release.set()
        await worker.stop()
    return {"stalled_first_two_s": max(taken[:2]), "stalled_model_p95_s": _p95(taken[2:])}


async def _share(stage: Stage) -> dict[str, float]:
    """Count the sample replies in the model's words, of those for which it was asked."""
    trained = Trained(ADAPTER, shipped_lexicon())
    worker = ModelWorker(deadline_s=1.5, misses_before_skip=2, skip_s=30.0)
    await worker.start(lambda: LlamaModel(GGUF, trained=trained, threads=1))
    concierge = await stage.concierge(worker, trained.lexicon)
    taken, written, asked = list[float](), 0, 0
    try:
        for text in MESSAGES:
            before, started = worker.counters.asked, time.perf_counter()
            answer = await concierge.reply(stage.question(text))
            taken.append(time.perf_counter() - started)
            asked += worker.counters.asked > before
            written += answer.words.source == "model"
    finally:
        await worker.stop()
    return {"model_share": written / max(asked, 1), "model_reply_s": statistics.median(taken)}


async def _reply_s(concierge: Concierge, stage: Stage, text: str) -> float:
    started = time.perf_counter()
    await concierge.reply(stage.question(text))
    return time.perf_counter() - started


def _embed_s(peer: SentenceEmbedder, text: str) -> float:
    started = time.perf_counter()
    peer.encode([text])
    return time.perf_counter() - started


def _p95(values: list[float]) -> float:
    return sorted(values)[int(0.95 * (len(values) - 1))]


if __name__ == "__main__":
    asyncio.run(main())
