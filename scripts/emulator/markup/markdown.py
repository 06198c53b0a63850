"""Read Telegram's first Markdown: *bold*, _italic_, `code`, [link](url), nothing nested.

Source: core.telegram.org/bots/api#markdown-style, tdlib/td parse_markdown (2026-11-21).
"""

from scripts.emulator.errors import BadRequestError
from scripts.emulator.markup.entities import entity, units
from scripts.emulator.markup.links import checked_link
from scripts.emulator.markup.markdown_v2 import read_language
from scripts.emulator.wire import Json

_KINDS = {"*": "bold", "_": "italic", "`": "code"}


def parse_markdown(source: str) -> tuple[str, list[Json]]:
    """Give plain text and entities. Raises BadRequestError when an entity does not end."""
    pieces: list[str] = []
    length, found = 0, []
    at = 0
    while at < len(source):
        character = source[at]
        made: Json | None = None
        if character == "\\" and source[at + 1 : at + 2] in {"_", "*", "`", "["}:
            piece, at = source[at + 1], at + 2
        elif character not in "*_`[":
            piece, at = character, at + 1
        else:
            piece, at, made = _read_entity(source, at, length)
        pieces.append(piece)
        length += units(piece)
        if made and piece:
            found.append(made)
    return "".join(pieces), found


def _read_entity(source: str, begin: int, offset: int) -> tuple[str, int, Json | None]:
    """Give the text inside, where the source goes on, and the entity if there is one."""
    opening = source[begin]
    language, start = "", begin + 1
    mark = "]" if opening == "[" else opening
    if source.startswith("```", begin):
        mark = "```"
        language, start = read_language(source, begin + 3)
    end = source.find(mark, start)
    if end < 0:
        byte = len(source[:begin].encode())
        raise BadRequestError(
            f"can't parse entities: Can't find end of the entity starting at byte offset {byte}"
        )
    inner, after = source[start:end], end + len(mark)
    if opening == "[":
        return _read_link(source, inner, after, offset)
    if mark == "```":
        more = {"language": language} if language else {}
        return inner, after, entity("pre", offset, units(inner), **more)
    return inner, after, entity(_KINDS[opening], offset, units(inner))


def _read_link(source: str, inner: str, after: int, offset: int) -> tuple[str, int, Json | None]:
    """Read what follows the closing bracket; without parentheses the text is the link."""
    address = inner
    if source.startswith("(", after):
        close = source.find(")", after)
        close = len(source) if close < 0 else close
        address, after = source[after + 1 : close], close + 1
    url = checked_link(address)
    return inner, after, entity("text_link", offset, units(inner), url=url) if url else None
