"""Task coupons: which of the coupons that a household was sent it will use, told from what it buys."""

from scripts.evaluate.coupons.measuring import add_options, measure

__all__ = ["add_options", "measure"]
