"""What those work with who speak up unasked: no message from Telegram hands it to them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from handlers.callbacks import Signer
from knowledge.concierge import Concierge
from storage.database import Database


@dataclass(frozen=True, slots=True)
class UnaskedParts:
    """The shop and its clocks: `now` is shop time, `machine_now` the machine's, by which fixes are dated and messages leave."""

    database: Database
    concierge: Concierge
    signer: Signer
    now: Callable[[], datetime]
    machine_now: Callable[[], datetime]
