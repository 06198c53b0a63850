"""Measure one task: predictions into a file, a table for people, and the figures as one JSON line.

    python -m scripts.evaluate TASK --data FILE [--out FILE] …

Predictions and figures are separate: whoever has the right answers can score the predictions again,
and where the data carries no answers, predictions are written all the same and only speed is told.
A task is one module with add_options() and measure(); give it a line in TASKS.
"""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from knowledge.errors import ModelFolderMissingError
from scripts.evaluate import (
    basket,
    coupons,
    fence,
    golden,
    intents,
    journeys,
    needs,
    pii,
    policy,
    replies,
    search,
)
from scripts.evaluate.errors import EvaluateError
from scripts.evaluate.reporting import Figures

CANNOT_MEASURE = 2


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to measure: what it is, its options, and how it is done."""

    purpose: str
    add_options: Callable[[argparse.ArgumentParser], None]
    measure: Callable[[argparse.Namespace], Figures]


TASKS: Mapping[str, Task] = {
    "basket": Task("what a household buys next time", basket.add_options, basket.measure),
    "coupons": Task("which coupons a household will use", coupons.add_options, coupons.measure),
    "fence": Task("who comes to a store, stays and leaves, and is told so", fence.add_options, fence.measure),
    "golden": Task("whole answers over the sample shop, to messages of our own", golden.add_options, golden.measure),
    "intents": Task("what a message is about", intents.add_options, intents.measure),
    "journeys": Task("requests about orders: what is done, and nothing forbidden", journeys.add_options, journeys.measure),
    "needs": Task("the right one of a few things for a wish", needs.add_options, needs.measure),
    "pii": Task("personal data left in clear, and words hidden for nothing", pii.add_options, pii.measure),
    "policy": Task("rules found, quoted, and not made up where there are none", policy.add_options, policy.measure),
    "replies": Task("facts into words, and whether they hold", replies.add_options, replies.measure),
    "search": Task("which products are found, and in which order", search.add_options, search.measure),
}  # fmt: skip


def read_command_line(words: Sequence[str] | None = None) -> argparse.Namespace:
    """Read the task and its options."""
    parser = argparse.ArgumentParser(
        prog="python -m scripts.evaluate", description="Measure how good the program is at a task."
    )
    tasks = parser.add_subparsers(dest="task", required=True, metavar="TASK")
    for name, task in TASKS.items():
        task.add_options(tasks.add_parser(name, help=task.purpose, description=task.purpose))
    return parser.parse_args(words)


def main(words: Sequence[str] | None = None) -> int:
    """Measure; give 2 with one clear sentence when that is not possible."""
    options = read_command_line(words)
    try:
        figures = TASKS[options.task].measure(options)
    except (EvaluateError, ModelFolderMissingError) as error:
        print(error, file=sys.stderr)
        return CANNOT_MEASURE
    print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
