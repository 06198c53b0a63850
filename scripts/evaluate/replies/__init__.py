"""Task replies: facts into words, and whether the words state these facts, all of them that matter, and no others."""

from scripts.evaluate.replies.measuring import add_options, measure

__all__ = ["add_options", "measure"]
