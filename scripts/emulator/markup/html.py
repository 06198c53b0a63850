"""Read Telegram's HTML: a few tags, four named characters, no forgiveness.

Byte offsets in complaints are UTF-8 bytes, as Telegram counts them.
Source: core.telegram.org/bots/api#html-style, tdlib/td MessageEntity.cpp (2026-11-21).
"""

import html
import re
import sys
from dataclasses import dataclass, field

from scripts.emulator.errors import BadRequestError
from scripts.emulator.markup.entities import cut, entity, units
from scripts.emulator.markup.links import checked_link
from scripts.emulator.wire import Json

_KINDS = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
    "span": "spoiler",
    "code": "code",
    "blockquote": "blockquote",
}
_TAGS = frozenset(_KINDS) | {"a", "pre", "tg-emoji"}
_CHARACTER = re.compile(r"&(?:#(\d{1,8})|#x([0-9a-fA-F]{1,6})|(lt|gt|amp|quot));?")
LARGEST_EMOJI_ID = 2**63 - 1
_SURROGATES = range(0xD800, 0xE000)
_NAME = re.compile(r"""[^\s=>/"']+""")
_WORD = re.compile(r"[A-Za-z0-9.-]+")


@dataclass(slots=True)
class _Open:
    tag: str
    offset: int
    begin_byte: int
    attributes: dict[str, str]


@dataclass(slots=True)
class _Reading:
    source: str
    at: int = 0
    text: list[str] = field(default_factory=list)
    length: int = 0
    stack: list[_Open] = field(default_factory=list)
    found: list[Json] = field(default_factory=list)

    def byte_at(self, index: int) -> int:
        return len(self.source[:index].encode())

    @property
    def next(self) -> str:
        """The character to read next, empty at the end."""
        return self.source[self.at : self.at + 1]

    def add(self, piece: str) -> None:
        self.text.append(piece)
        self.length += units(piece)


def _complain(what: str) -> BadRequestError:
    return BadRequestError(f"can't parse entities: {what}")


def parse_html(source: str) -> tuple[str, list[Json]]:
    """Give plain text and entities. Raises BadRequestError in Telegram's words."""
    reading = _Reading(source)
    while reading.at < len(source):
        character = source[reading.at]
        if character == "&":
            _read_character(reading)
        elif character != "<":
            reading.add(character)
            reading.at += 1
        elif source.startswith("</", reading.at):
            _read_end_tag(reading)
        else:
            _read_start_tag(reading)
    if reading.stack:
        last = reading.stack[-1]
        raise _complain(f'Can\'t find end tag corresponding to start tag "{last.tag}"')
    return "".join(reading.text), reading.found


def _read_character(reading: _Reading) -> None:
    match = _CHARACTER.match(reading.source, reading.at)
    reading.add(_decoded(match) if match else "&")
    reading.at = match.end() if match else reading.at + 1


def _decoded(match: re.Match[str]) -> str:
    """Give the character a reference stands for; what stands for none stays as written."""
    decimal, hexadecimal, name = match.groups()
    if name:
        return html.unescape(f"&{name};")
    code = int(decimal) if decimal else int(hexadecimal, 16)
    if code in _SURROGATES:
        raise _complain(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return chr(code) if 0 < code < sys.maxunicode else match.group()


def _read_start_tag(reading: _Reading) -> None:
    begin = reading.at
    begin_byte = reading.byte_at(begin)
    match = re.compile(r"<([^\s>]*)").match(reading.source, begin)
    if match is None or match.end() >= len(reading.source):
        raise _complain(f"Unclosed start tag at byte offset {begin_byte}")
    tag = match.group(1).lower()
    if tag not in _TAGS:
        raise _complain(f'Unsupported start tag "{tag}" at byte offset {begin_byte}')
    reading.at = match.end()
    attributes = _read_attributes(reading, tag, begin_byte)
    if tag == "span" and attributes.get("class") != "tg-spoiler":
        raise _complain(f'Tag "span" must have class "tg-spoiler" at byte offset {begin_byte}')
    reading.stack.append(_Open(tag, reading.length, begin_byte, attributes))


def _read_attributes(reading: _Reading, tag: str, begin_byte: int) -> dict[str, str]:
    """Read up to the closing bracket; an attribute without a value is an empty one."""
    attributes: dict[str, str] = {}
    unclosed = _complain(f'Unclosed start tag "{tag}" at byte offset {begin_byte}')
    while True:
        _skip_space(reading)
        if reading.next == ">":
            reading.at += 1
            return attributes
        name = _NAME.match(reading.source, reading.at)
        if not reading.next:
            raise unclosed
        if name is None:
            raise _complain(f'Empty attribute name in the tag "{tag}" at byte offset {begin_byte}')
        reading.at = name.end()
        _skip_space(reading)
        value = ""
        if reading.next == "=":
            reading.at += 1
            _skip_space(reading)
            if not reading.next:
                raise unclosed
            value = _read_value(reading, begin_byte)
        elif not reading.next:
            raise unclosed
        attributes[name.group().lower()] = value


def _skip_space(reading: _Reading) -> None:
    while reading.next.isspace():
        reading.at += 1


def _read_value(reading: _Reading, begin_byte: int) -> str:
    """Read a quoted value, or a bare word of letters, digits, dots and hyphens."""
    quote, begin = reading.next, reading.at
    if quote not in {'"', "'"}:
        word = _WORD.match(reading.source, begin)
        reading.at = word.end() if word else begin
        if not reading.next.isspace() and reading.next != ">":
            byte = reading.byte_at(begin)
            raise _complain(f"Unexpected end of name token at byte offset {byte}")
        return reading.source[begin : reading.at].lower()
    end = reading.source.find(quote, begin + 1)
    if end < 0:
        raise _complain(f"Unclosed start tag at byte offset {begin_byte}")
    reading.at = end + 1
    return _CHARACTER.sub(_decoded, reading.source[begin + 1 : end])


def _read_end_tag(reading: _Reading) -> None:
    begin = reading.at
    begin_byte = reading.byte_at(begin)
    if not reading.stack:
        raise _complain(f"Unexpected end tag at byte offset {begin_byte}")
    match = re.compile(r"</([^\s>]*)\s*>").match(reading.source, begin)
    if match is None:
        raise _complain(f"Unclosed end tag at byte offset {begin_byte}")
    tag, opened = match.group(1).lower(), reading.stack.pop()
    if tag and tag != opened.tag:
        raise _complain(
            f"Unmatched end tag at byte offset {begin_byte}, expected "
            f'"</{opened.tag}>", found "</{tag}>"'
        )
    reading.at = match.end()
    length = reading.length - opened.offset
    if length > 0:
        _close(reading, opened, length)


def _close(reading: _Reading, opened: _Open, length: int) -> None:
    """Add the entity of a tag that was closed; a link without an address is plain text."""
    offset, attributes, found = opened.offset, opened.attributes, reading.found
    if opened.tag == "a":
        _close_link(reading, opened, length)
    elif opened.tag == "pre":
        _close_pre(reading, offset, length)
    elif opened.tag == "code":
        language = attributes.get("class", "").removeprefix("language-")
        more = {"language": language} if language else {}
        found.append(entity("code", offset, length, **more))
    elif opened.tag == "tg-emoji":
        emoji = attributes.get("emoji-id", "")
        if not emoji.isdigit() or int(emoji) > LARGEST_EMOJI_ID:
            raise _complain("Invalid custom emoji identifier specified")
        found.append(entity("custom_emoji", offset, length, custom_emoji_id=emoji))
    elif opened.tag == "blockquote" and "expandable" in attributes:
        found.append(entity("expandable_blockquote", offset, length))
    else:
        found.append(entity(_KINDS[opened.tag], offset, length))


def _close_link(reading: _Reading, opened: _Open, length: int) -> None:
    shown = cut("".join(reading.text), opened.offset, length)
    url = checked_link(opened.attributes.get("href") or shown)
    if url:
        reading.found.append(entity("text_link", opened.offset, length, url=url))


def _close_pre(reading: _Reading, offset: int, length: int) -> None:
    """Join <pre><code class="language-x"> into one block."""
    last = reading.found[-1] if reading.found else None
    if last and last["type"] == "code" and (last["offset"], last["length"]) == (offset, length):
        reading.found.pop()
        language = {"language": last["language"]} if "language" in last else {}
        reading.found.append(entity("pre", offset, length, **language))
    else:
        reading.found.append(entity("pre", offset, length))
