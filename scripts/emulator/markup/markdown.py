"""Read Telegram's first Markdown: *bold*, _italic_, `code`, [link](url), nothing nested.

Source: core.telegram.org/bots/api#markdown-style, tdlib/td MessageEntity.cpp (2026-11-21).
"""

from scripts.emulator.errors import BadRequestError
from scripts.emulator.markup.entities import entity, units
from scripts.emulator.wire import Json

_KINDS = {"*": "bold", "_": "italic", "`": "code"}


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """Give plain text and entities. Raises BadRequestError when an entity does not end."""
    text, length, found = "", 0, []
    at = 0
    while at < len(source):
        character = source[at]
        if character == "\\" and source[at + 1 : at + 2] in {"_", "*", "`", "["}:
            text, length, at = text + source[at + 1], length + 1, at + 2
            continue
        if character not in "*_`[":
            text, length, at = text + character, length + units(character), at + 1
            continue
        inner, after, made = _read_entity(source, at, length)
        text, length, at = text + inner, length + units(inner), after
        if inner and made:
            found.append(made)
    return text, found


def _read_entity(source: str, begin: int, offset: int) -> tuple[str, int, Json | None]:
    """Give the text inside, where the source goes on, and the entity."""
    opening = source[begin]
    mark = "]" if opening == "[" else opening
    mark = "```" if source.startswith("```", begin) else mark
    start = begin + (3 if mark == "```" else 1)
    end = source.find(mark, start)
    if end < 0:
        byte = len(source[:begin].encode())
        raise BadRequestError(
            f"can't parse entities: Can't find end of the entity starting at byte offset {byte}"
        )
    inner, after = source[start:end], end + len(mark)
    if mark == "```":
        return _read_block(inner, after, offset)
    if opening != "[":
        return inner, after, entity(_KINDS[opening], offset, units(inner))
    if source[after : after + 1] != "(" or ")" not in source[after:]:
        return inner, after, None
    close = source.index(")", after)
    url = source[after + 1 : close]
    link = entity("text_link", offset, units(inner), url=url) if "." in url or ":" in url else None
    return inner, close + 1, link


def _read_block(inner: str, after: int, offset: int) -> tuple[str, int, Json]:
    """Read a block whose first line may name a language."""
    first, newline, rest = inner.partition("\n")
    if newline and first and not first.strip(" \t").count(" ") and rest:
        return rest, after, entity("pre", offset, units(rest), language=first)
    code = rest if newline and not first else inner
    return code, after, entity("pre", offset, units(code))
