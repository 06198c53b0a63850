"""Turns the settings of nudges into the rules that fence, policy and following go by (pure)."""

from datetime import time, timedelta

from bot.setting_sections import NudgeSettings
from handlers.nudging import FollowingRules
from knowledge.nearby.fence import FenceRules
from knowledge.nearby.policy import NudgeRules


def following_rules(settings: NudgeSettings) -> FollowingRules:
    """Give the rules; what is no setting keeps its default."""
    return FollowingRules(
        fence=FenceRules(dwell_s=settings.dwell_s, stale_s=settings.stale_s),
        nudges=NudgeRules(
            per_day=settings.per_day,
            per_week=settings.per_week,
            cool_down=timedelta(hours=settings.cool_down_h),
            quiet_from=time(settings.quiet_from_h),
            quiet_until=time(settings.quiet_until_h),
            fastest_m_per_s=settings.fastest_m_per_s,
        ),
        look_every=timedelta(seconds=settings.look_every_s),
        send_within=timedelta(minutes=settings.send_within_min),
    )
