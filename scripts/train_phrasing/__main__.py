"""`python -m scripts.train_phrasing`: trains the adapter that writes replies, and says how well it does.

Learns on two cores in about an hour, with what `pip install --constraint scripts/setup/constraints.txt --group train`
brings besides. Shows its progress, saves what it learned every 100 steps, and goes on there with --resume. It ends
with the adapter as a GGUF file, the words it was trained on, and one JSON object.
"""

import argparse
import itertools
import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from knowledge.llm.lexicon import words_in
from scripts.train_intents.samples import lines_in, samples_of, slots_in
from scripts.train_phrasing.converting import convert, converter_in
from scripts.train_phrasing.errors import TrainingError
from scripts.train_phrasing.examples import Writer, frames, needs
from scripts.train_phrasing.training import Training
from scripts.train_tagger.values.drawing import seeded

WEIGHTS = Path("models/SmolLM2-135M-Instruct.Q4_1.gguf")
OUT = Path("knowledge/llm/adapter")
_POLICIES = frozenset("policy refund_return delivery payment".split())


def main(words: Sequence[str] | None = None) -> int:
    """Train as the command line says; return 0, or 2 after one line that says what to do."""
    order = _order(words)
    try:
        report = train(order)
    except (TrainingError, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(json.dumps(report), flush=True)
    return 0


def train(order: argparse.Namespace) -> dict[str, float]:
    """Learn and write adapter and words.

    Raises:
        TrainingError: the data are damaged, or a tool is missing.
    """
    converter = converter_in(order.work)
    dice = seeded(order.seed)
    known = [need for need in needs() if not need.held_out or order.all]
    pairs = [pair for need in known for pair in need.pairs]
    writer = Writer(pairs, asked(dice), frames(), dice)
    training = Training(order.weights, order.seed)
    loss = seconds = 0.0
    for progress in training.run(writer.examples(), order.steps):
        loss, seconds = progress.loss, progress.seconds
        print(
            f"step {progress.step} of {order.steps}: loss {loss:.3f}, {seconds:.0f} s",
            file=sys.stderr,
            flush=True,
        )
    training.save(order.work / "trained")
    order.out.mkdir(parents=True, exist_ok=True)
    convert(converter, order.work / "trained", order.out / "phrasing.gguf")
    (order.out / "words.txt").write_text("\n".join(trained_words(pairs)) + "\n", encoding="utf-8")
    return {"steps": order.steps, "loss": round(loss, 4), "seconds": round(seconds, 1)}


def asked(dice: object = None) -> Mapping[str, Sequence[str]]:
    """Give what is said before replies that are not about a need, by kind of reply."""
    slots = slots_in()
    samples = samples_of(lines_in(), slots, dice or seeded(0))
    said: dict[str, list[str]] = {name: list(texts) for name, texts in frames()["asked"].items()}
    for sample in samples:
        kind = _kind_of(sample.label)
        if kind:
            said.setdefault(kind, []).append(sample.text)
    return said


def _kind_of(label: str) -> str:
    intent = label.split("/")[0].split(".")[0]
    if intent in ("coupons", "order_status"):
        return intent
    if intent == "out_of_scope":
        return "refusal"
    return "policy" if intent in _POLICIES else ""


def trained_words(pairs: Sequence[Sequence[str]]) -> list[str]:
    """Give the words of all replies that may be learned, in order."""
    openings = [opening for _, *openings in pairs for opening in openings]
    own = frames()
    sentences = [text for name, section in own.items() if name != "asked" for text in _texts(section)]
    texts = itertools.chain(openings, (_without_names(text) for text in sentences))
    return sorted({word for text in texts for word in words_in(text)})


def _texts(section: object) -> list[str]:
    if isinstance(section, str):
        return [section]
    nested = section.values() if isinstance(section, dict) else section
    return [text for each in nested for text in _texts(each)]  # type: ignore[attr-defined]


def _without_names(text: str) -> str:
    import re
    return re.sub(r"\{\w+\}", " ", text)


def _order(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.train_phrasing", description=__doc__)
    parser.add_argument("--steps", type=int, default=600)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="the GGUF it is for")
    parser.add_argument("--out", type=Path, default=OUT, help="where adapter and words go")
    parser.add_argument("--work", type=Path, default=Path("data/training"), help="for what it needs meanwhile")
    parser.add_argument("--all", action="store_true", help="learn from the held-out needs too")
    return parser.parse_args(words)


if __name__ == "__main__":
    sys.exit(main())
