"""Bears bots quickly: imports everything once, then forks a process for each bot that is asked for.

A bot's imports take ten seconds and a crash test needs a hundred bots. Each child runs `python -m bot`'s main in a
process of its own, which can be killed like any other. Speaks JSON lines: an order comes in and its pid goes out; later,
its pid with its exit status.
"""

import ctypes
import gc
import json
import os
import select
import signal
import sys
from pathlib import Path
from typing import Any

import bot.app  # noqa: F401  # what receives imports it when it starts: seconds, in every child
from bot.__main__ import main
from tests.journeys.crash_points import arm
from tests.journeys.overheard import overhear_embedder

PR_SET_PDEATHSIG = 1  # linux/prctl.h


def bear(order: dict[str, Any]) -> int:
    """Fork a bot and give its pid."""
    pid = os.fork()
    if pid:
        return pid
    os.setsid()
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    die_with_parent()
    os.environ.update(order["environment"])
    os.chdir(order["folder"])
    log = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for target, source in ((0, nothing), (1, log), (2, log)):
        os.dup2(source, target)
    if order["crash_at"]:
        arm(order["crash_at"], Path(order["armed"]))
    if order["heard"]:
        overhear_embedder(Path(order["heard"]))
    status = 1
    try:
        status = main(arguments=order["arguments"])
    finally:
        sys.stderr.flush()
        os._exit(status)


def die_with_parent() -> None:
    """Leave no process behind when a test run is killed; where the system cannot do that, nothing happens."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def tell(what: dict[str, Any]) -> None:
    """Write one JSON line to whoever ordered."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def serve() -> None:
    """Bear a bot an order, and tell of each one's end, until nobody orders any more."""
    gc.freeze()
    ended, ending = os.pipe()
    os.set_blocking(ending, False)
    signal.set_wakeup_fd(ending)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    orders = os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0)
    while True:
        ready, _, _ = select.select([orders, ended], [], [])
        if ended in ready:
            os.read(ended, 4096)
            tell_of_ends()
        if orders in ready:
            line = orders.readline()
            if not line:
                return
            tell({"pid": bear(json.loads(line))})


def tell_of_ends() -> None:
    """Tell of every bot that has ended since the last time."""
    while True:
        try:
            pid, status = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        tell({"pid": pid, "status": os.waitstatus_to_exitcode(status)})


if __name__ == "__main__":
    die_with_parent()
    tell({"ready": True})
    serve()
