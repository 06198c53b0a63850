r"""Read MarkdownV2, where 18 characters must be escaped and everything must be closed.

Source: core.telegram.org/bots/api#markdownv2-style, tdlib/td parse_markdown_v2 (2026-11-21).
"""

from dataclasses import dataclass, field

from scripts.emulator.errors import BadRequestError
from scripts.emulator.markup.entities import entity, units
from scripts.emulator.markup.links import checked_link
from scripts.emulator.wire import Json

RESERVED = frozenset("_*[]()~`>#+-=|{}.!\n")
LAST_ESCAPABLE = 126
_DOUBLE = ("__", "||", "![")
_KINDS = {
    "_": "italic",
    "__": "underline",
    "*": "bold",
    "~": "strikethrough",
    "||": "spoiler",
    "[": "text_link",
    "![": "custom_emoji",
    "`": "code",
    "```": "pre",
}
_ENDS = {"[": "]", "![": "]"}
_NAMES = {
    "italic": "Italic",
    "underline": "Underline",
    "bold": "Bold",
    "strikethrough": "Strikethrough",
    "spoiler": "Spoiler",
    "code": "Code",
    "pre": "Pre",
    "text_link": "TextUrl",
    "custom_emoji": "CustomEmoji",
    "blockquote": "BlockQuote",
}


def _complain(what: str) -> BadRequestError:
    return BadRequestError(f"can't parse entities: {what}")


@dataclass(slots=True)
class _Open:
    kind: str
    end: str
    offset: int
    begin: int
    pieces: int
    language: str = ""


@dataclass(slots=True)
class _Reading:
    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    found: list[Json] = field(default_factory=list)

    def add(self, piece: str) -> None:
        self.text.append(piece)
        self.length += units(piece)

    def sees(self, mark: str) -> bool:
        return self.source.startswith(mark, self.at)

    def byte(self, index: int) -> int:
        return len(self.source[:index].encode())

    def unclosed(self) -> BadRequestError:
        last = self.stack[-1]
        name = "PreCode" if last.language else _NAMES[last.kind]
        return _complain(f"Can't find end of {name} entity at byte offset {self.byte(last.begin)}")

    def reserved(self) -> BadRequestError:
        return _complain(
            f"Character '{self.source[self.at]}' is reserved and must be escaped "
            "with the preceding '\\'"
        )


def parse_markdown_v2(source: str) -> tuple[str, list[Json]]:
    """Give plain text and entities. Raises BadRequestError in Telegram's words."""
    reading = _Reading(source)
    while reading.at < len(source):
        _step(reading)
    if reading.stack and reading.stack[-1].kind == "blockquote":
        _close(reading)
    if reading.stack:
        raise reading.unclosed()
    return "".join(reading.text), reading.found


def _step(reading: _Reading) -> None:
    character = reading.source[reading.at]
    following = reading.source[reading.at + 1 : reading.at + 2]
    in_code = bool(reading.stack) and reading.stack[-1].kind in {"code", "pre"}
    if character == "\\" and following and 0 < ord(following) <= LAST_ESCAPABLE:
        reading.add(following)
        reading.at += 2
    elif character not in RESERVED or (in_code and character != "`"):
        reading.add(character)
        reading.at += 1
    elif character in {"\n", ">"}:
        _read_line_start(reading)
    else:
        _read_mark(reading)


def _in_quote(reading: _Reading) -> bool:
    return any(opened.kind == "blockquote" for opened in reading.stack)


def _read_line_start(reading: _Reading) -> None:
    """Begin, go on with or end a quotation, which lives at the beginnings of lines."""
    quoted = _in_quote(reading)
    if reading.sees("\n"):
        goes_on = reading.source.startswith("\n>", reading.at)
        if quoted and not goes_on:
            _end_quote(reading)
        reading.add("\n")
        reading.at += 1
        if not goes_on:
            return
    elif reading.at > 0:
        raise reading.reserved()
    if not quoted:
        begin = reading.at
        reading.stack.append(_Open("blockquote", "", reading.length, begin, len(reading.text)))
    reading.at += 1


def _end_quote(reading: _Reading) -> None:
    if reading.stack[-1].kind != "blockquote":
        raise reading.unclosed()
    _close(reading)


def _read_mark(reading: _Reading) -> None:
    mark = next((double for double in _DOUBLE if reading.sees(double)), reading.source[reading.at])
    if reading.sees("```"):
        mark = "```"
    top = reading.stack[-1] if reading.stack else None
    if top is not None and top.kind == "code" and mark == "```":
        mark = "`"
    if top is not None and mark == top.end:
        reading.at += len(mark)
        _close_with_address(reading) if mark == "]" else _close(reading)
    elif top is not None and top.kind == "blockquote" and mark == "||" and _ends_line(reading):
        reading.at += 2
        _close(reading, kind="expandable_blockquote")
    elif mark in _KINDS:
        _open(reading, mark)
    else:
        raise reading.reserved()


def _ends_line(reading: _Reading) -> bool:
    return reading.source[reading.at + 2 : reading.at + 3] in {"", "\n"}


def _open(reading: _Reading, mark: str) -> None:
    opened = _Open(
        kind=_KINDS[mark],
        end=_ENDS.get(mark, mark),
        offset=reading.length,
        begin=reading.at,
        pieces=len(reading.text),
    )
    reading.at += len(mark)
    if mark == "```":
        opened.language, reading.at = read_language(reading.source, reading.at)
    reading.stack.append(opened)


def read_language(source: str, at: int) -> tuple[str, int]:
    """Give the language a block of code begins with, and where its text begins."""
    end = at
    while end < len(source) and not source[end].isspace() and source[end] != "`":
        end += 1
    language = ""
    if end > at and end < len(source) and source[end] != "`":
        language, at = source[at:end], end
    for line_end in ("\r\n", "\n\r", "\n", "\r"):
        if source.startswith(line_end, at):
            return language, at + len(line_end)
    return language, at


def _close(reading: _Reading, kind: str = "", **more: object) -> None:
    opened = reading.stack.pop()
    length = reading.length - opened.offset
    if opened.language:
        more["language"] = opened.language
    if length:
        reading.found.append(entity(kind or opened.kind, opened.offset, length, **more))


def _close_with_address(reading: _Reading) -> None:
    """Close [text](address) or ![emoji](tg://emoji?id=…); a link without one is its own."""
    opened = reading.stack[-1]
    is_emoji = opened.kind == "custom_emoji"
    if not reading.sees("("):
        if is_emoji:
            raise _complain("Custom emoji entity must contain a tg://emoji URL")
        address = "".join(reading.text[opened.pieces :])
    else:
        address = _read_address(reading, "custom emoji URL" if is_emoji else "URL")
    if is_emoji:
        _close(reading, custom_emoji_id=read_emoji_id(address))
    elif url := checked_link(address):
        _close(reading, url=url)
    else:
        reading.stack.pop()


def _read_address(reading: _Reading, name: str) -> str:
    begin = reading.at + 1
    end, address = begin, ""
    while end < len(reading.source) and reading.source[end] != ")":
        if reading.source[end] == "\\" and end + 1 < len(reading.source):
            end += 1
        address += reading.source[end]
        end += 1
    if end >= len(reading.source):
        raise _complain(f"Can't find end of a {name} at byte offset {reading.byte(begin)}")
    reading.at = end + 1
    return address


def read_emoji_id(address: str) -> str:
    """Give the identifier in a tg://emoji link. Raises BadRequestError when there is none."""
    prefix = "tg://emoji?id="
    number = address.removeprefix(prefix)
    if not address.startswith(prefix) or not number.isdigit():
        raise _complain("Custom emoji URL must have an emoji identifier")
    return number
