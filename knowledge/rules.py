"""What counts as near and how much is shown: the shop's own choices for replies (pure)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ReplyRules:
    """Numbers behind a reply.

    `walking_m_per_min` 80 is the usual figure of property listings and timetables, 1.3 m/s; `near_m` is then a
    walk of about twenty minutes (ours), `options_shown` what fits a phone without scrolling (ours).
    """

    near_m: float = 1_500.0
    walking_m_per_min: float = 80.0
    options_shown: int = 3
