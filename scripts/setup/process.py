"""Running another program: its output goes to a log file, signs of life to the terminal.

Knows nothing of what is run.
"""

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

HEARTBEAT_S = 30.0
"""A terminal that stays silent longer than this looks stuck (ours)."""


def run_logged(command: Sequence[str], log: Path) -> int:
    """Run `command` with its output appended to `log`; print a line every 30 s; return its exit status.

    An interrupt ends the program before it reaches the caller.
    """
    with log.open("a", encoding="utf-8") as out:
        out.write(f"\n$ {' '.join(command)}\n")
        out.flush()
        child = subprocess.Popen(  # noqa: S603 - the commands are ours
            command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.STDOUT
        )
        try:
            return _wait(child)
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait()


def last_error(log: Path) -> str:
    """Return the last line of `log` that reports an error, or the last line at all."""
    lines = [line.strip() for line in log.read_text(errors="replace").splitlines() if line.strip()]
    errors = [line for line in lines if line.startswith(("ERROR", "error:"))]
    return (errors or lines or ["no output"])[-1]


def spoken_duration(seconds: float) -> str:
    """Return `seconds` as a person would say it: "8 s", "2 min 30 s"."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def _wait(child: subprocess.Popen[bytes]) -> int:
    started = time.monotonic()
    while True:
        try:
            return child.wait(timeout=HEARTBEAT_S)
        except subprocess.TimeoutExpired:
            print(f"      still at it, {spoken_duration(time.monotonic() - started)}", flush=True)
