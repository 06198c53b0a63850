"""Task golden: how well the whole concierge answers our own messages over the sample shop.

    python -m scripts.evaluate golden [--part tuned|blind|all] [--verbose] [--out FILE]

No data is needed. Each message goes through scrubbing, understanding, search, filters, ranking and written
sentences on a freshly laid sample shop; everything shown is looked up in the database again. Figures:

- impossible: things shown that are closed on arrival, out of stock, above the price, of another size, against a
  diet, an allergy or a "not", or with a coupon that does not hold; must be 0.
- right_group: share of the messages about goods whose first thing shown is of a group a shopper would want;
  shown_right: the same over all things shown.
- right_kind, right_store, right_document: shares of the messages that ask for one.

`blind` messages are never looked at when something is mended; both parts are told apart.
"""

import argparse
import asyncio
import json
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from knowledge.privacy.tagging.tagger import Tagger
from knowledge.search.base import Embedder
from knowledge.search.embedder import SentenceEmbedder
from scripts.evaluate.golden.cases import Talk, talks
from scripts.evaluate.golden.impossible import impossible
from scripts.evaluate.golden.judging import Verdict, judged
from scripts.evaluate.golden.stage import Stage, open_stage
from scripts.evaluate.reporting import Figures, print_table, rounded, watched

MODEL = Path("models") / "all-MiniLM-L6-v2"
PARTS = ("tuned", "blind")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Say what the command line may hold."""
    parser.add_argument("--part", choices=("all", *PARTS), default="all")
    parser.add_argument(
        "--verbose", action="store_true", help="list what is wrong, but no blind one"
    )
    parser.add_argument("--out", type=Path, help="write every answer here, one JSON object a line")
    parser.add_argument("--model", type=Path, default=MODEL, help="folder of the search model")


def measure(options: argparse.Namespace) -> Figures:
    """Hold all talks and print the table.

    Raises:
        ModelFolderMissingError: the search model is not there.
        EvaluateError: a file of cases cannot be used.
    """
    names = PARTS if options.part == "all" else (options.part,)
    embedder = SentenceEmbedder(options.model, backend="onnx", threads=1)
    verdicts = asyncio.run(
        verdicts_on({name: talks(name) for name in names}, embedder, options.model)
    )
    for name, found in verdicts.items():
        _tell(name, found, lists_failures=options.verbose and name != "blind")
    if options.out is not None:
        _write(options.out, verdicts.get("tuned", []))
    return figures_of(verdicts)


async def verdicts_on(
    parts: Mapping[str, Sequence[Talk]], embedder: Embedder, model: Path
) -> dict[str, list[Verdict]]:
    """Hold the talks of each part on a shop laid out for them, and judge every answer."""
    tagger = await asyncio.to_thread(Tagger, model)
    with tempfile.TemporaryDirectory() as folder:
        async with open_stage(Path(folder), embedder, tagger) as stage:
            return {
                name: [v for talk in watched(talks, name) for v in await _judge(stage, talk)]
                for name, talks in parts.items()
            }


async def _judge(stage: Stage, talk: Talk) -> list[Verdict]:
    asked = await stage.hold(talk)
    before = [None, *asked[:-1]]
    return [
        judged(wanted, each, earlier, await impossible(stage.database, each, wanted))
        for wanted, each, earlier in zip(talk.messages, asked, before, strict=True)
    ]


def figures_of(verdicts: dict[str, list[Verdict]]) -> Figures:
    """Give the figures over everything, and those of each part that was measured."""
    everything = [verdict for found in verdicts.values() for verdict in found]
    return {
        **_figures(everything),
        **{name: _figures(found) for name, found in verdicts.items() if len(verdicts) > 1},
    }


def _figures(verdicts: Sequence[Verdict]) -> Figures:
    shown = sum(verdict.shown for verdict in verdicts)
    fitting = sum(verdict.fitting for verdict in verdicts)
    return {
        "cases": len(verdicts),
        "impossible": sum(len(verdict.impossible) for verdict in verdicts),
        "right_group": rounded(_share(verdict.group for verdict in verdicts)),
        "shown_right": rounded(fitting / shown) if shown else None,
        "right_kind": rounded(_share(verdict.kind for verdict in verdicts)),
        "right_store": rounded(_share(verdict.store for verdict in verdicts)),
        "right_document": rounded(_share(verdict.document for verdict in verdicts)),
    }


def _share(checks: Iterable[bool | None]) -> float | None:
    made = [check for check in checks if check is not None]
    return sum(made) / len(made) if made else None


def _tell(name: str, verdicts: Sequence[Verdict], *, lists_failures: bool) -> None:
    classes = list(dict.fromkeys(verdict.wanted.kind_of_case for verdict in verdicts))
    rows = [
        list(_figures([v for v in verdicts if v.wanted.kind_of_case == each]).values())
        for each in classes
    ]
    total = _figures(verdicts)
    print(f"\n{name}")
    print_table(
        ["class", *(key.replace("_", " ") for key in total)],
        [
            *([each, *row] for each, row in zip(classes, rows, strict=True)),
            ["all", *total.values()],
        ],
    )
    for verdict in verdicts:
        if lists_failures and not verdict.is_well:
            print(_failure(verdict))


def _failure(verdict: Verdict) -> str:
    checks = {name: getattr(verdict, name) for name in ("kind", "group", "store", "document")}
    wrong = [name for name, check in checks.items() if check is False]
    message = verdict.wanted.message
    lines = [f"\n{message.say!r} ({message.at}, {message.place}): wrong {', '.join(wrong) or '–'}"]
    lines += [f"   {line}" for line in verdict.told.splitlines()]
    lines += [f"   ! {each}" for each in verdict.impossible]
    if verdict.titles:
        lines.append(f"   shown: {'; '.join(verdict.titles)}")
    return "\n".join(lines)


def _write(path: Path, verdicts: Iterable[Verdict]) -> None:
    lines = (
        json.dumps({"say": each.wanted.message.say, "told": each.told, "is_well": each.is_well})
        for each in verdicts
    )
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
