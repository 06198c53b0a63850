"""Task basket: what a household brings home next time, told from what it and others brought home before."""

from scripts.evaluate.basket.measuring import add_options, measure

__all__ = ["add_options", "measure"]
