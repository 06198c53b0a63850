"""How live locations are followed: how often they are looked at, for how long, and how many of them."""

from dataclasses import dataclass, field
from datetime import timedelta

from knowledge.nearby.fence import FenceRules
from knowledge.nearby.situation import NudgeRules


@dataclass(frozen=True, slots=True)
class FollowingRules:
    """How live locations are followed. `send_within` is how long a nudge is of use to somebody walking (ours).

    `resume_within`: a visit left open by a restart goes on if it began within that time (Telegram's longest
    share but for the endless one is 8 hours). `followed_at_most` shares are held in memory, 1 kB each, and
    `waiting_at_most` fixes of them may wait to be looked at; beyond that the oldest are given up (ours).
    """

    fence: FenceRules = field(default_factory=FenceRules)
    nudges: NudgeRules = field(default_factory=NudgeRules)
    look_every: timedelta = timedelta(seconds=5)
    send_within: timedelta = timedelta(minutes=5)
    resume_within: timedelta = timedelta(hours=8)
    followed_at_most: int = 300_000
    waiting_at_most: int = 20_000
