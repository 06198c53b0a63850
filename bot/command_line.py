"""What `python -m bot` may be told: which part of the work a process does."""

import argparse
from collections.abc import Sequence
from enum import StrEnum
from typing import NoReturn

from bot.errors import SettingsError


class Role(StrEnum):
    """The work of a process. Of those that receive one at a time works on a database; those that send may be several."""

    ALL = "all"
    INGEST = "ingest"
    DELIVER = "deliver"


_HELP = """\
all      receives, answers and sends (the default)
ingest   receives and answers; what it answers is sent by others
deliver  sends; loads no models, and as many may run as there are messages for

One process at a time receives: another "all" or "ingest" waits until it ends. Those that send share the chats and
Telegram's limits among them.
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise SettingsError(f"{message}; python -m bot --help tells what can be said.")


def read_role(arguments: Sequence[str]) -> Role:
    """Read the command line. With --help it prints that and ends the process.

    Raises:
        SettingsError: something else is said, in one line.
    """
    parser = _Parser(
        prog="python -m bot",
        description="The concierge.",
        epilog=_HELP,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--role", choices=[role.value for role in Role], default=Role.ALL.value)
    return Role(parser.parse_args(arguments).role)
