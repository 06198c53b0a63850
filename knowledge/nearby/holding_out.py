"""Who hears of an offer and who is left out to compare with, by a keyed hash (pure).

The same shopper always falls on the same side of the same campaign; another campaign deals anew. Without the key
nobody can tell, or choose, who is on which side.
"""

import hmac
from collections.abc import Callable
from functools import partial
from math import floor

Lot = Callable[[str], float]
"""Gives a number from 0 to below 1 for a campaign or coupon; who draws less than the share held out is told nothing."""

_WHOLE = 2**64
_STEPS = 10_000  # four digits: enough to be held against a share, and to be kept in a receipt


def lot_of(key: bytes, shopper_id: int) -> Lot:
    """Give a shopper's lots under a secret key."""
    return partial(_drawn, key, shopper_id)


def everybody_hears(subject: str) -> float:
    """Give the lot that is never held out."""
    return 1.0


def subject_of(coupon_code: str, campaign_id: str | None) -> str:
    """Name what is drawn for: the campaign, and without one the coupon."""
    return f"coupon {coupon_code}" if campaign_id is None else f"campaign {campaign_id}"


def _drawn(key: bytes, shopper_id: int, subject: str) -> float:
    digest = hmac.digest(key, f"{subject}|{shopper_id}".encode(), "sha256")
    return floor(int.from_bytes(digest[:8], "big") / _WHOLE * _STEPS) / _STEPS
