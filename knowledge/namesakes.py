"""Somebody whose name was masked, as the one something is for: a friend to whoever understands the wish (pure).

"Something for <NAME_1>" means nothing to a search by meaning; that it is for somebody does. No name comes back by it.
"""

import re

from knowledge.kinship import relation_in
from knowledge.privacy.spans import Kind

_FOR = re.compile(
    rf"\b((?:for|get|give|buy)\s+)((?:(?:my|our|his|her|their|a|an|the)\s+)?(?:[\w-]+\s+){{0,3}}?)<{Kind.NAME}_[1-9][0-9]*[A-Z]*>",
    re.IGNORECASE,
)


def unnamed(text: str) -> str:
    """Give a masked text in which it is for "a friend", or for who that is said to be, instead of for a name."""
    return _FOR.sub(_said_of, text)


def _said_of(match: re.Match[str]) -> str:
    who = match[2].strip()
    return match[1] + (who if relation_in(who) else "a friend")
