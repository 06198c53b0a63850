"""Running another program: its output goes to a log file, signs of life to the terminal.

Knows nothing of what is run.
"""

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

HEARTBEAT_S = 30.0
"""A terminal that stays silent longer than this looks stuck (ours)."""
COMMAND_MARK = "\n$ "


def run_logged(
    command: Sequence[str], log: Path, environment: Mapping[str, str] | None = None
) -> int:
    """Run `command` with its output appended to `log`; print a line every 30 s; return its exit status.

    `environment` is added to ours. An interrupt ends the program before it reaches the caller.
    """
    with log.open("a", encoding="utf-8") as out:
        out.write(f"{COMMAND_MARK}{' '.join(command)}\n")
        out.flush()
        child = subprocess.Popen(  # noqa: S603 - the commands are ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            env={**os.environ, **(environment or {})},
        )
        try:
            return _wait(child)
        finally:
            if child.poll() is None:
                child.terminate()
                child.wait()


def last_output(log: Path) -> str:
    """Return what the program run last wrote to `log`."""
    return log.read_text(encoding="utf-8", errors="replace").rpartition(COMMAND_MARK)[2]


def last_error(log: Path) -> str:
    """Return the last line of the program run last that reports an error, or its last line at all."""
    said = last_output(log).splitlines()[1:]
    lines = [line.strip() for line in said if line.strip()]
    errors = [line for line in lines if line.lower().startswith("error")]
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
