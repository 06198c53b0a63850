"""What is said of a user at a store: coming, staying, leaving, and being told something."""

from dataclasses import dataclass
from datetime import datetime

from knowledge.nearby.fence import Crossing

KINDS = {Crossing.ENTERED: "enter", Crossing.DWELT: "dwell", Crossing.LEFT: "exit"}
NUDGE = "nudge"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was noticed of a user at a store, or that they were told; `kind` as in the predictions."""

    user: str
    store_id: str
    kind: str
    at: datetime
