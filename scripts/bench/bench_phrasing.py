"""How fast the adapted model writes under its lock, beside plain llama.cpp on the same file, threads and text.

Why: the lock looks at every token, the adapter works on every layer, and people wait for the first word while walking.

Measured in one run, in turns, so that all meet the same machine:
  decode_over_llamacpp    tokens a second while writing, over those of plain llama.cpp on the shipped file
  prompt_over_llamacpp    tokens a second while reading, over the same
  warm_first_token_s      from the question to the first token, what all prompts begin with being read already
  warm_over_new_tokens    that, over reading as many new tokens alone
  median_reply_s, tokens  a finished reply through the worker, as the concierge waits for it
  model_share_1, _5, _20  share in the model's words when so many ask at once, all within the deadline
  slowest_answer_s        the longest any of them waited, template or not
  blocked_s               the longest the event loop stood still meanwhile
  rss_gb                  memory of this process with every default model loaded

    python -m scripts.bench.bench_phrasing
"""

import argparse
import asyncio
import json
import statistics
import time
from collections.abc import Iterator, Sequence

from knowledge.briefs import brief
from knowledge.lexicon import shipped_lexicon
from knowledge.llm.base import Terms
from knowledge.llm.llama import LlamaModel, Trained
from knowledge.llm.worker import ModelWorker
from knowledge.privacy.tagging.tagger import Tagger
from knowledge.search.embedder import SentenceEmbedder
from scripts.bench.phrasing_peers import PlainLlama, Reader, rss_gb
from scripts.bench.stage import ADAPTER, EMBEDDER, GGUF

_NAMES = ("store", "distance", "item", "price", "more")
_MESSAGES = (
    "my hands are freezing and the bus is late again, so I am stuck here",
    "forgot my charger at home and the battery is nearly gone, any idea?",
    "we want to paint the nursery this weekend but have no brushes at all",
    "the dog chewed up his lead on the way to the park this morning",
    "need something nice to bring along when we visit my gran on sunday",
    "my bike has a puncture and I still have to get across town somehow",
    "looking for a warm blanket for the sofa, ours is worn through now",
    "the printer at work ran out of paper right before the big meeting",
)
_ROUNDS = 3
_DEADLINE_S = 1.5
_MAX_TOKENS = 90
_PULSE_S = 0.005


def main() -> None:
    """Measure, print a table, and the same as one JSON line."""
    parser = argparse.ArgumentParser(description="How fast replies are written.")
    parser.add_argument("--threads", type=int, default=2, help="cores a call may use")
    threads: int = parser.parse_args().threads
    figures = {**_beside_plain(threads), **asyncio.run(_through_worker(threads))}
    for name, value in figures.items():
        print(f"{name:24} {value:10.4f}")
    print(json.dumps({name: round(value, 4) for name, value in figures.items()}))


def _beside_plain(threads: int) -> dict[str, float]:
    model, plain, reader = (
        _model(threads),
        PlainLlama(GGUF, threads),
        Reader(GGUF, ADAPTER, threads),
    )
    written, first, alone, new_tokens = list[float](), list[float](), list[float](), 0
    plainly, read, plainly_read = list[float](), list[float](), list[float]()
    for number, message in enumerate(_rounds(_MESSAGES)):
        first_s, tokens_per_s = _written(model, message, number)
        new_tokens = reader.count(brief("offer", _NAMES, message).dynamic)
        if number:  # the first one reads what all prompts begin with
            first.append(first_s)
            written.append(tokens_per_s)
            alone.append(reader.read_s(new_tokens))
            plainly.append(plain.decode_per_s())
            read.append(reader.read_per_s())
            plainly_read.append(plain.read_per_s())
    model.close()
    reader.close()
    return {
        "decode_per_s": statistics.median(written),
        "decode_over_llamacpp": statistics.median(written) / statistics.median(plainly),
        "prompt_per_s": statistics.median(read),
        "prompt_over_llamacpp": statistics.median(read) / statistics.median(plainly_read),
        "prefix_tokens": float(reader.prefix_tokens),
        "new_tokens": float(new_tokens),
        "warm_first_token_s": statistics.median(first),
        "warm_over_new_tokens": statistics.median(first) / statistics.median(alone),
    }


def _written(model: LlamaModel, message: str, seed: int) -> tuple[float, float]:
    """Write a reply: give seconds to its first token, and tokens a second after that."""
    looks = [time.perf_counter()]

    def look() -> bool:
        """Be asked before each token is read whether anybody still waits."""
        looks.append(time.perf_counter())
        return False

    model.write(
        brief("offer", _NAMES, message), Terms(_NAMES, seed=seed), max_tokens=_MAX_TOKENS, cancelled=look
    )  # fmt: skip
    done = time.perf_counter()
    return looks[2] - looks[0], (len(looks) - 2) / (done - looks[2])


async def _through_worker(threads: int) -> dict[str, float]:
    worker = ModelWorker(deadline_s=_DEADLINE_S)
    await worker.start(lambda: _model(threads))
    embedder, tagger = SentenceEmbedder(EMBEDDER, backend="onnx", threads=1), Tagger(EMBEDDER)
    embedder.encode(["warm"])
    tagger.tag("warm")
    taken = list[float]()
    for number, message in enumerate(_MESSAGES):
        started = time.perf_counter()
        await _ask(worker, message, number)
        taken.append(time.perf_counter() - started)
    figures = {"median_reply_s": statistics.median(taken)}
    blocked = asyncio.create_task(_longest_block_s())
    slowest = 0.0
    for count in (1, 5, 20):
        started = time.perf_counter()
        texts = [_MESSAGES[number % len(_MESSAGES)] for number in range(count)]
        told = await asyncio.gather(*(_ask(worker, text, n) for n, text in enumerate(texts)))
        slowest = max(slowest, time.perf_counter() - started)
        figures[f"model_share_{count}"] = sum(map(bool, told)) / count
        await _rest(worker)
    blocked.cancel()
    figures |= {"slowest_answer_s": slowest, "blocked_s": await blocked, "rss_gb": rss_gb()}
    await worker.stop()
    return figures


async def _ask(worker: ModelWorker, message: str, seed: int) -> str | None:
    asked = brief("offer", _NAMES, message)
    return await worker.write(asked, Terms(_NAMES, seed=seed), max_tokens=_MAX_TOKENS)


async def _rest(worker: ModelWorker) -> None:
    """Wait until the model has given up what nobody waits for."""
    while worker.is_busy:  # noqa: ASYNC110 - the worker tells nobody when it is done
        await asyncio.sleep(_PULSE_S)


async def _longest_block_s() -> float:
    """Give how much later than asked the loop came back at worst, once cancelled."""
    longest_s = 0.0
    try:
        while True:
            started = time.perf_counter()
            await asyncio.sleep(_PULSE_S)
            longest_s = max(longest_s, time.perf_counter() - started - _PULSE_S)
    except asyncio.CancelledError:
        return longest_s


def _model(threads: int) -> LlamaModel:
    return LlamaModel(GGUF, trained=Trained(ADAPTER, shipped_lexicon()), threads=threads)


def _rounds(messages: Sequence[str]) -> Iterator[str]:
    for _ in range(_ROUNDS):
        yield from messages


if __name__ == "__main__":
    main()
