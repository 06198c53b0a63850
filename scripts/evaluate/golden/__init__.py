"""Task golden: messages of our own over the sample shop, through the whole concierge, and what a shopper wants of each."""

from scripts.evaluate.golden.measuring import add_options, measure

__all__ = ["add_options", "measure"]
