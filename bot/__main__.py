"""`python -m bot`: read the settings of this folder, run until SIGTERM or Ctrl-C.

Whatever keeps it from starting is one line on stderr and exit status 2.
"""

import asyncio
import os
import signal
import sys
from pathlib import Path

from dotenv import dotenv_values

from bot.app import build
from bot.clock import machine_now
from bot.errors import StartError
from bot.first_owner import owner_line
from bot.logs import redact, set_up_logs
from bot.settings import Settings, load_settings
from storage.errors import StorageError

CANNOT_START = 2


async def run(settings: Settings) -> None:
    """Run until a signal asks to stop; a second one is obeyed at once.

    Raises:
        StartError, StorageError: in one line, why it cannot start.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()

    def ask_to_stop() -> None:
        stop.set()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ask_to_stop)
    app = await build(settings)
    line = await owner_line(app.database, machine_now())
    if line is not None:
        print(line, flush=True)  # noqa: T201  # a secret: for the terminal, never for the log
    await app.run(stop)


def main() -> int:
    """Give the exit status: 0 stopped as asked, 2 could not start."""
    set_up_logs()
    folder = Path.cwd()
    written = {key: value for key, value in dotenv_values(folder / ".env").items() if value}
    try:
        asyncio.run(run(load_settings(folder, {**written, **os.environ})))
    except (StartError, StorageError) as error:
        print(redact(f"Cannot start. {error}"), file=sys.stderr)  # noqa: T201  # for a person at the terminal
        return CANNOT_START
    return 0


if __name__ == "__main__":
    sys.exit(main())
