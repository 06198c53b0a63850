"""Put the server's parts together, in one place and in order.

An Emulator is one bot's whole Telegram: its world, what waits for it, who looks at it, and what
goes wrong on purpose. It knows no HTTP.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from scripts.emulator.call_log import CallLog
from scripts.emulator.clock import Clock
from scripts.emulator.faults import Faults
from scripts.emulator.files import Files
from scripts.emulator.flood import Flood
from scripts.emulator.ledger import Ledger
from scripts.emulator.live import LiveShares
from scripts.emulator.parameters import Parameters
from scripts.emulator.phones import Phones
from scripts.emulator.polling import LongPoll
from scripts.emulator.updates import Updates
from scripts.emulator.webhook import Webhook
from scripts.emulator.wire import Json
from scripts.emulator.world import World

USUAL_TOKEN = "1000001:local-telegram"  # noqa: S105 - opens nothing but this server


@dataclass(frozen=True, slots=True)
class Setup:
    """How a server is started; town is the map's JSON, empty when none was given."""

    world_folder: Path
    now: Callable[[], float]
    token: str = USUAL_TOKEN
    username: str = "local_concierge_bot"
    time_zone: str = "UTC"
    town: Json | None = None
    clock_file: Path | None = None


@dataclass(frozen=True, slots=True)
class Emulator:
    """The parts, each in its own module."""

    setup: Setup
    ledger: Ledger
    clock: Clock
    world: World
    updates: Updates
    poll: LongPoll
    webhook: Webhook
    phones: Phones
    live: LiveShares
    files: Files
    faults: Faults
    flood: Flood
    log: CallLog

    def close(self) -> None:
        """Let go of the world's folder."""
        self.log.close()
        self.ledger.close()


Method = Callable[[Emulator, Parameters], Awaitable[object]]


def build(setup: Setup) -> Emulator:
    """Open the world and wire everything to it. Blocks while it reads the folder.

    Raises BlockingIOError when another server uses the folder, OSError when it cannot be used.
    """
    ledger = Ledger(setup.world_folder)
    clock = Clock(ledger, setup.now, time_zone=setup.time_zone, offset_file=setup.clock_file)
    clock.write_offset_file()
    world = World(ledger, int(setup.token.partition(":")[0]), setup.username)
    updates = Updates(ledger, clock)
    phones = Phones(setup.now())
    return Emulator(
        setup=setup,
        ledger=ledger,
        clock=clock,
        world=world,
        updates=updates,
        poll=LongPoll(updates, clock),
        webhook=Webhook(ledger, updates, clock),
        phones=phones,
        live=LiveShares(world, updates, phones, clock),
        files=Files(ledger, setup.world_folder / "files"),
        faults=Faults(),
        flood=Flood(setup.now),
        log=CallLog(setup.world_folder),
    )
