"""Find what Telegram marks by itself: commands, mentions, links, mail, tags, phone numbers."""

import re

from scripts.emulator.markup.entities import entity, units
from scripts.emulator.wire import Json

_BEFORE = r"(?<![\w/@#.$+-])"
_PATTERNS = (
    (
        "url",
        re.compile(
            r"(?:https?://[^\s<>\"']+[^\s<>\"'.,;:!?()\[\]]"
            r"|(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|me|io|shop|store|info|dev|app|ly)"
            r"(?:/[^\s<>\"']*[^\s<>\"'.,;:!?()\[\]])?)(?![\w@])",
            re.IGNORECASE,
        ),
    ),
    ("email", re.compile(r"(?<![\w.+-])[\w.+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.IGNORECASE)),
    ("bot_command", re.compile(_BEFORE + r"/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?![\w/])")),
    ("mention", re.compile(_BEFORE + r"@[A-Za-z][A-Za-z0-9_]{2,31}\b")),
    ("hashtag", re.compile(_BEFORE + r"#\w*[^\W\d]\w*")),
    ("cashtag", re.compile(_BEFORE + r"\$[A-Z]{1,8}(?![\w$])")),
    ("phone_number", re.compile(r"(?<![\w+])\+\d[\d ()-]{7,17}\d(?!\w)")),
)
_NOT_INSIDE = frozenset({"code", "pre", "text_link", "text_mention"})


def add_detected(text: str, entities: list[Json]) -> list[Json]:
    """Give the entities with the detected ones added; none overlaps a link or code."""
    taken = [
        (found["offset"], found["offset"] + found["length"])
        for found in entities
        if found["type"] in _NOT_INSIDE
    ]
    detected = []
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            begin = units(text[: match.start()])
            end = begin + units(match.group())
            if all(end <= other_begin or begin >= other_end for other_begin, other_end in taken):
                taken.append((begin, end))
                detected.append(entity(kind, begin, end - begin))
    if not detected:
        return entities
    return sorted(entities + detected, key=lambda found: (found["offset"], -found["length"]))
