"""Read MarkdownV2, where 18 characters must be escaped and everything must be closed.

Source: core.telegram.org/bots/api#markdownv2-style, tdlib/td MessageEntity.cpp (2026-11-21).
"""

from dataclasses import dataclass, field

from scripts.emulator.errors import BadRequestError
from scripts.emulator.markup.entities import entity, units
from scripts.emulator.wire import Json

RESERVED = "_*[]()~`>#+-=|{}.!"
_MARKS = {"_": "italic", "__": "underline", "*": "bold", "~": "strikethrough", "||": "spoiler"}
_NAMES = {
    "italic": "Italic",
    "underline": "Underline",
    "bold": "Bold",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "PreCode",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
}


@dataclass(slots=True)
class _Open:
    kind: str
    mark: str
    offset: int
    begin: int


@dataclass(slots=True)
class _Reading:
    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    found: list[Json] = field(default_factory=list)
    quote: tuple[int, bool] | None = None

    def add(self, piece: str) -> None:
        self.text.append(piece)
        self.length += units(piece)

    def next_is(self, mark: str) -> bool:
        return self.source.startswith(mark, self.at)


def _byte(source: str, index: int) -> int:
    return len(source[:index].encode())


def parse_markdown_v2(source: str) -> tuple[str, list[Json]]:
    """Give plain text and entities. Raises BadRequestError in Telegram's words."""
    reading = _Reading(source)
    while reading.at < len(source):
        _step(reading)
    _end_quote(reading)
    if reading.stack:
        last = reading.stack[-1]
        raise BadRequestError(
            f"can't parse entities: Can't find end of {_NAMES[last.kind]} entity at byte offset "
            f"{_byte(source, last.begin)}"
        )
    return "".join(reading.text), reading.found


def _step(reading: _Reading) -> None:
    source, at = reading.source, reading.at
    character = source[at]
    inside_code = bool(reading.stack) and reading.stack[-1].kind in {"code", "pre"}
    if character == "\\" and at + 1 < len(source) and 0 < ord(source[at + 1]) <= 126:
        reading.add(source[at + 1])
        reading.at += 2
    elif inside_code:
        _step_in_code(reading)
    elif character == "\n":
        reading.add(character)
        reading.at += 1
        if reading.quote is not None and not reading.next_is(">"):
            _end_quote(reading)
        elif reading.quote is not None:
            reading.at += 1
    elif character in RESERVED:
        _mark(reading)
    else:
        reading.add(character)
        reading.at += 1


def _step_in_code(reading: _Reading) -> None:
    opened = reading.stack[-1]
    if reading.next_is(opened.mark):
        _close(reading)
        reading.at += len(opened.mark)
    elif reading.next_is("`"):
        _reserved(reading)
    else:
        reading.add(reading.source[reading.at])
        reading.at += 1


def _mark(reading: _Reading) -> None:
    """Open or close what begins with a reserved character."""
    character = reading.source[reading.at]
    if reading.stack and character == "]" and reading.stack[-1].mark == "]":
        _close_link(reading)
        return
    mark = next((mark for mark in ("__", "||", "```", "![") if reading.next_is(mark)), character)
    if (
        mark == "__"
        and reading.stack
        and reading.stack[-1].mark == "_"
        and _is_open(reading, "__")
    ):
        mark = "_"
    begins_line = not reading.length or "".join(reading.text[-1:]).endswith("\n")
    if character == ">" and begins_line and reading.quote is None:
        reading.quote = (reading.length, False)
        reading.at += 1
    elif mark == "||" and reading.quote is not None and _ends_quote(reading):
        reading.quote = (reading.quote[0], True)
        reading.at += 2
    elif reading.stack and reading.stack[-1].mark == mark:
        _close(reading)
        reading.at += len(mark)
    elif mark in _MARKS:
        _open(reading, _MARKS[mark], mark, len(mark))
    elif mark == "```":
        _open(reading, "pre", "```", 3)
    elif mark == "`":
        _open(reading, "code", "`", 1)
    elif mark == "[":
        _open(reading, "text_link", "]", 1)
    elif mark == "![":
        _open(reading, "custom_emoji", "]", 2)
    else:
        _reserved(reading)


def _is_open(reading: _Reading, mark: str) -> bool:
    return any(opened.mark == mark for opened in reading.stack)


def _ends_quote(reading: _Reading) -> bool:
    rest = reading.source[reading.at + 2 :]
    return not _is_open(reading, "||") and (not rest or rest.startswith("\n"))


def _reserved(reading: _Reading) -> None:
    character = reading.source[reading.at]
    raise BadRequestError(
        f"can't parse entities: Character '{character}' is reserved and must be escaped "
        "with the preceding '\\'"
    )


def _open(reading: _Reading, kind: str, mark: str, width: int) -> None:
    if any(opened.kind == kind for opened in reading.stack):
        last = reading.stack[-1]
        raise BadRequestError(
            f"can't parse entities: Can't find end of {_NAMES[last.kind]} entity at byte offset "
            f"{_byte(reading.source, last.begin)}"
        )
    reading.stack.append(_Open(kind, mark, reading.length, reading.at))
    reading.at += width


def _close(reading: _Reading, **more: object) -> None:
    opened = reading.stack.pop()
    length = reading.length - opened.offset
    if opened.kind == "pre" and length:
        _close_block(reading, opened)
    elif length:
        reading.found.append(entity(opened.kind, opened.offset, length, **more))


def _close_block(reading: _Reading, opened: _Open) -> None:
    """Take the language line out of a ``` block."""
    body = _text_since(reading, opened.offset)
    first, newline, rest = body.partition("\n")
    is_language = bool(newline) and " " not in first
    code = rest if is_language else body
    reading.text = [_text_before(reading, body), code]
    reading.length = opened.offset + units(code)
    more = {"language": first} if is_language and first else {}
    if code:
        reading.found.append(entity("pre", opened.offset, units(code), **more))


def _text_since(reading: _Reading, offset: int) -> str:
    raw = "".join(reading.text).encode("utf-16-le")
    return raw[2 * offset :].decode("utf-16-le")


def _text_before(reading: _Reading, tail: str) -> str:
    whole = "".join(reading.text)
    return whole[: len(whole) - len(tail)]


def _close_link(reading: _Reading) -> None:
    opened = reading.stack[-1]
    reading.at += 1
    address = ""
    if reading.next_is("("):
        end = reading.at + 1
        while end < len(reading.source) and reading.source[end] != ")":
            if reading.source[end] == "\\":
                end += 1
            address += reading.source[end : end + 1]
            end += 1
        if end >= len(reading.source):
            raise BadRequestError(
                "can't parse entities: Can't find end of a URL at byte offset "
                f"{_byte(reading.source, reading.at + 1)}"
            )
        reading.at = end + 1
    if opened.kind == "custom_emoji":
        _close(reading, custom_emoji_id=address.partition("id=")[2])
    elif "." in address or ":" in address:
        _close(reading, url=address)
    else:
        reading.stack.pop()


def _end_quote(reading: _Reading) -> None:
    if reading.quote is None:
        return
    offset, expandable = reading.quote
    reading.quote = None
    length = reading.length - offset
    kind = "expandable_blockquote" if expandable else "blockquote"
    if length:
        reading.found.append(entity(kind, offset, length))
