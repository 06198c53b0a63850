"""One step of the set-up, and running several in order with a line before and after each.

Knows nothing of what the steps do.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scripts.setup.errors import StepPassedOver
from scripts.setup.process import spoken_duration


@dataclass(frozen=True, slots=True)
class Step:
    """Something to set up.

    Attributes:
        title: what the person at the terminal gets from it.
        estimate: how long it takes on two cores, in words.
        is_done: True when there is nothing to do; must answer in milliseconds.
        do: does it; safe to repeat after an interruption. May raise SetupError or StepPassedOver.
        obstacle: a line to show instead of doing the step, when trying again would be in vain; else None.
    """

    title: str
    estimate: str
    is_done: Callable[[], bool]
    do: Callable[[], None]
    obstacle: Callable[[], str | None] = lambda: None


def run_steps(steps: Sequence[Step]) -> bool:
    """Do what is not done yet, in order; return whether anything was tried."""
    tried = False
    for number, step in enumerate(steps, start=1):
        if step.is_done():
            continue
        if (obstacle := step.obstacle()) is not None:
            print(f"{step.title}: {obstacle}", flush=True)
            continue
        tried = True
        print(f"[{number}/{len(steps)}] {step.title} ({step.estimate}) ...", flush=True)
        _run(step)
    return tried


def _run(step: Step) -> None:
    started = time.monotonic()
    try:
        step.do()
    except StepPassedOver as passed_over:
        print(f"      left out: {passed_over}", flush=True)
    else:
        print(f"      done in {spoken_duration(time.monotonic() - started)}", flush=True)
