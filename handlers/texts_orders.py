"""What is said about orders that are changed, brought back or exchanged, and about what became of them."""

from knowledge.language import Sentence

# The story of an order, in one line.
STEP = Sentence("{status} {when}")
CHANGED_STEP = Sentence("changed")
DAY_AND_TIME = Sentence("{day} at {time}")
