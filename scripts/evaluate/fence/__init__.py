"""Task fence: what is noticed of people who walk, stop, wait and drive past stores, and what they are told."""

from scripts.evaluate.fence.measuring import add_options, measure

__all__ = ["add_options", "measure"]
