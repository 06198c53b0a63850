"""Turns settings into the rules that fence, policy, following and reminders go by, and into what is told of them (pure)."""

from datetime import time, timedelta

from bot.setting_sections import NudgeSettings, ReminderSettings, RetentionSettings
from handlers.following_rules import FollowingRules
from handlers.shop import Kept
from knowledge.nearby.fence import FenceRules
from knowledge.nearby.situation import NudgeRules
from knowledge.reminding import Hours, ReminderRules


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
            exclusion_m=settings.exclusion_m,
            exclusion_places=settings.exclusion_places.points,
            holdout_share=settings.holdout_share,
        ),
        look_every=timedelta(seconds=settings.look_every_s),
        send_within=timedelta(minutes=settings.send_within_min),
        followed_at_most=settings.followed_at_most,
        waiting_at_most=settings.waiting_places,
    )


def reminder_rules(settings: ReminderSettings, nudges: NudgeSettings) -> ReminderRules:
    """Give the rules of reminders; that a share ends is told in the hours in which nudges come."""
    return ReminderRules(
        hours=Hours(time(settings.from_h), time(settings.until_h)),
        share_hours=Hours(time(nudges.quiet_until_h), time(nudges.quiet_from_h)),
        share_ahead=timedelta(minutes=settings.share_ends_within_min),
        coupon_ahead=timedelta(days=settings.coupon_days),
        birthday_days=settings.birthday_days,
        digest_on=settings.digest_on,
        at_most=settings.digest_items,
    )


def kept_days(settings: RetentionSettings) -> Kept:
    """Give for how many days what is known of a shopper is kept."""
    return Kept(
        said_days=settings.dialogues_days,
        shown_days=settings.suggestions_days,
        done_days=settings.signals_days,
        passed_days=settings.visits_days,
    )
