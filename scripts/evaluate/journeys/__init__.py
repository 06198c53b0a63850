"""Requests about orders, tried by our order rules on another shop's database: what is done, and never what is forbidden.

Input: {"id", "user_scenario": {"instructions": {"known_info", "reason_for_call", "task_instructions"}}} and, where it
is known what is right, "evaluation_criteria": {"actions": [{"name", "arguments"}]}; `--db` is the shop's database. Of the
right actions only those that change something count: what is looked up on the way is nobody's concern.
Prediction: {"id", "actions": [{"name", "arguments"}]}. Nothing but the three texts of a line is read for it.

Figures:
  equal            share of tasks whose actions are the right ones, in whatever order
  equal_acting     that share among tasks in which something is to be done
  acted            share of tasks in which something was done
  forbidden        actions that rules or policy forbid, counted as the orders stood by then: must be 0
  beyond           share of our actions that are not among the right ones
  p50_ms, p95_ms   time for one task
"""

import argparse
import json
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scripts.evaluate.journeys.allowed import WRITES, Action, Ledger
from scripts.evaluate.journeys.asking import who
from scripts.evaluate.journeys.deciding import decide
from scripts.evaluate.journeys.shop import Situation, User, read_situation
from scripts.evaluate.reading import Id, Row, predictions, read_rows
from scripts.evaluate.reporting import Figures, percentile, print_table, rounded, watched

_DATABASES = ("db.json.gz", "db.json")


@dataclass(frozen=True, slots=True)
class Task:
    """One request: what is known of who asks, what they say, and what is right, None = nobody knows."""

    id: Id
    known: str
    text: str
    right: tuple[Action, ...] | None


@dataclass(frozen=True, slots=True)
class Done:
    """What was done about a task, by whose right, and how long it took to decide."""

    task: Task
    user: User | None
    actions: tuple[Action, ...]
    taken_s: float


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command line takes."""
    parser.add_argument("--data", type=Path, required=True, metavar="FILE", help=".jsonl[.gz]")
    parser.add_argument(
        "--db", type=Path, metavar="FILE", help="the shop; else db.json[.gz] beside the data"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="gets the predictions")


def measure(options: argparse.Namespace) -> Figures:
    """Decide every task, write what was done, print the table.

    Raises:
        EvaluateError: the data is bad or the predictions cannot be written.
    """
    tasks = [_task(row) for row in read_rows(options.data)]
    situation = read_situation(options.db or _beside(options.data))
    done = [act(situation, task) for task in watched(tasks, "journeys")]
    with predictions(options.out, data=options.data) as out:
        for each in done:
            if out is not None:
                line = {"id": each.task.id, "actions": each.actions}
                out.write(json.dumps(line, ensure_ascii=False) + "\n")
    found = figures(situation, done)
    print_table(["", "concierge"], [[name, value] for name, value in found.items()])
    return {"task": "journeys", "cases": len(done), **found}


def act(situation: Situation, task: Task) -> Done:
    """Decide one task; whoever does not say who they are gets nothing done."""
    begun_s = time.perf_counter()
    user = who(situation, task.known)
    actions = () if user is None else tuple(decide(situation, user, task.text))
    return Done(task, user, actions, time.perf_counter() - begun_s)


def figures(situation: Situation, done: Sequence[Done]) -> Figures:
    """Give the figures; without what is right, forbidden actions and speed alone."""
    known = [each for each in done if each.task.right is not None]
    quality: Figures = {}
    if known:
        equal = [_same(each.actions, each.task.right or ()) for each in known]
        acting = [is_equal for is_equal, each in zip(equal, known, strict=True) if each.task.right]
        ours = [(each, action) for each in known for action in each.actions]
        beyond = [_key(action) not in map(_key, each.task.right or ()) for each, action in ours]
        quality = {
            "equal": rounded(_share(equal)),
            "equal_acting": rounded(_share(acting)),
            "beyond": rounded(_share(beyond)),
        }
    taken_s = [each.taken_s for each in done]
    return quality | {
        "acted": rounded(_share([bool(each.actions) for each in done])),
        "forbidden": sum(_forbidden(situation, each) for each in done),
        "p50_ms": rounded(1e3 * percentile(taken_s, 0.5)),
        "p95_ms": rounded(1e3 * percentile(taken_s, 0.95)),
    }


def _forbidden(situation: Situation, done: Done) -> int:
    if done.user is None:
        return len(done.actions)
    ledger = Ledger(situation, done.user)
    return sum(not ledger.does(action) for action in done.actions)


def _same(ours: Sequence[Action], right: Sequence[Action]) -> bool:
    return Counter(map(_key, ours)) == Counter(map(_key, right))


def _key(action: Action) -> str:
    """Give an action in a form that is the same for the same thing done: pairs of goods in whatever order."""
    said = dict(action["arguments"])
    old, new = said.pop("item_ids", []), said.pop("new_item_ids", [])
    goods = sorted(zip(old, new, strict=False)) if new else sorted(old)
    return json.dumps([action["name"], goods, said], sort_keys=True)


def _share(hits: Sequence[bool]) -> float | None:
    return sum(hits) / len(hits) if hits else None


def _beside(data: Path) -> Path:
    there = [data.with_name(name) for name in _DATABASES if data.with_name(name).exists()]
    return there[0] if there else data.with_name(_DATABASES[0])


def _task(row: Row) -> Task:
    scenario = row.columns.get("user_scenario")
    told = scenario.get("instructions") if isinstance(scenario, dict) else None
    if not isinstance(told, dict):
        raise row.bad(
            'field user_scenario must be {"instructions": {"reason_for_call": "text", …}}'
        )
    known = str(told.get("known_info") or "")
    text = f"{told.get('reason_for_call') or ''}\n{told.get('task_instructions') or ''}".strip()
    return Task(row.id(), known, text, _right(row))


def _right(row: Row) -> tuple[Action, ...] | None:
    criteria: Mapping[str, Any] | None = row.columns.get("evaluation_criteria")
    actions = criteria.get("actions") if isinstance(criteria, dict) else None
    if actions is None:
        return None
    if not isinstance(actions, list) or not all(isinstance(each, dict) for each in actions):
        raise row.bad("evaluation_criteria.actions must be a list of actions")
    return tuple(each for each in actions if each.get("name") in WRITES)
