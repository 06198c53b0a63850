"""`python -m bot [--role all|ingest|deliver]`: read the settings of this folder, run until SIGTERM or Ctrl-C.

Whatever keeps it from starting is one line on stderr and exit status 2.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from dotenv import dotenv_values

from bot.clock import machine_now
from bot.command_line import Role, read_role
from bot.deliverer import deliver
from bot.errors import LeaseLostError, StartError
from bot.first_owner import owner_line
from bot.log_lines import redact
from bot.logs import log_loop_trouble, set_up_logs
from bot.settings import Settings, load_settings
from knowledge.sample_town import TownPlanner
from storage.errors import StorageError

LOST_ITS_TURN = 1
CANNOT_START = 2


async def run(settings: Settings, role: Role, plan_town: TownPlanner | None = None) -> None:
    """Run until a signal asks to stop; a second one is obeyed at once.

    Raises:
        StartError, StorageError: in one line, why it cannot start.
        LeaseLostError: another process has taken over.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(log_loop_trouble)

    def ask_to_stop() -> None:
        stop.set()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.remove_signal_handler(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, ask_to_stop)
    if role is Role.DELIVER:
        await deliver(settings, stop)
    else:
        await receive(settings, role, plan_town, stop)


async def receive(
    settings: Settings, role: Role, plan_town: TownPlanner | None, stop: asyncio.Event
) -> None:
    """Run what thinks. Raises what `run` does."""
    # Not above: whoever only sends does without the engines that this imports.
    from bot.app import build  # noqa: PLC0415

    app = await build(settings, plan_town, role)
    code = settings.secrets.owner_code
    line = await owner_line(app.database, machine_now(), chosen_code=code)
    if line is not None:
        print(line, flush=True)  # noqa: T201  # a secret: for the terminal, never for the log
    await app.run(stop)


def main(plan_town: TownPlanner | None = None, arguments: Sequence[str] | None = None) -> int:
    """Give the exit status: 0 stopped as asked, 1 another process took over, 2 could not start.

    Without `arguments` those of the command line count.
    """
    set_up_logs()
    folder = Path.cwd()
    written = {key: value for key, value in dotenv_values(folder / ".env").items() if value}
    try:
        role = read_role(sys.argv[1:] if arguments is None else arguments)
        settings = load_settings(folder, {**written, **os.environ})
        asyncio.run(run(settings, role, plan_town))
    except (StartError, StorageError) as error:
        print(redact(f"Cannot start. {error}"), file=sys.stderr)  # noqa: T201  # for a person at the terminal
        return CANNOT_START
    except LeaseLostError as error:
        print(error, file=sys.stderr)  # noqa: T201  # for a person at the terminal
        return LOST_ITS_TURN
    return 0


if __name__ == "__main__":
    sys.exit(main())
