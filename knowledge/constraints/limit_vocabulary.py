"""The words that limits are said with: no slips of the pen, though no product is called so."""

import re
from functools import cache

from knowledge.constraints.colours import colours
from knowledge.constraints.denial_behind import ways
from knowledge.constraints.denial_words import denial_words
from knowledge.constraints.diets import diet_words
from knowledge.constraints.money import NOTES
from knowledge.constraints.properties import properties


@cache
def limit_words() -> frozenset[str]:
    """Give the single words, in small letters. Reads files the first time."""
    told = " ".join([*NOTES, *colours().words, *properties().said])
    return diet_words() | frozenset(re.findall(r"[a-z]{4,}", told))


def read_ahead() -> None:
    """Read every file that limits are read by, which takes a while the first time: off the event loop."""
    for read in (colours, denial_words, limit_words, properties, ways):
        read()
