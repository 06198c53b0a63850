"""Read a formatted text of a call: parse_mode or entities, then trimming, limits, detection."""

from dataclasses import dataclass

from scripts.emulator.errors import (
    CAPTION_TOO_LONG,
    TEXT_BLANK,
    TEXT_EMPTY,
    TEXT_TOO_LONG,
    BadRequestError,
)
from scripts.emulator.markup.detect import add_detected
from scripts.emulator.markup.entities import check_entities, tidy, units
from scripts.emulator.markup.html import parse_html
from scripts.emulator.markup.markdown import parse_markdown
from scripts.emulator.markup.markdown_v2 import parse_markdown_v2
from scripts.emulator.parameters import Parameters
from scripts.emulator.wire import Json

LONGEST_TEXT = 4096  # UTF-16 units after parsing
LONGEST_CAPTION = 1024


@dataclass(frozen=True, slots=True)
class Formatted:
    """Plain text with its entities, as a message carries them."""

    text: str
    entities: list[Json]

    def as_fields(self, name: str = "text") -> Json:
        """Give the message's fields: text and entities, or caption and caption_entities."""
        if not self.text:
            return {}
        fields: Json = {name: self.text}
        if self.entities:
            fields["entities" if name == "text" else f"{name}_entities"] = self.entities
        return fields


def read_formatted(text: str, parse_mode: str, raw_entities: object) -> Formatted:
    """Give text and entities, of any length, perhaps empty.

    Raises BadRequestError for malformed markup or entities outside the text.
    """
    mode = parse_mode.lower()
    if mode == "html":
        plain, entities = parse_html(text)
    elif mode == "markdown":
        plain, entities = parse_markdown(text)
    elif mode == "markdownv2":
        plain, entities = parse_markdown_v2(text)
    elif mode and mode != "none":
        raise BadRequestError("unsupported parse_mode")
    else:
        plain, entities = text, check_entities(text, raw_entities) if raw_entities else []
    plain, entities = tidy(plain, entities)
    return Formatted(plain, add_detected(plain, entities))


def read_text(parameters: Parameters) -> Formatted:
    """Give the text of a call. Raises BadRequestError when it is empty, too long or malformed."""
    raw = parameters.structure("entities", "can't parse entities JSON object")
    formatted = read_formatted(parameters.text("text"), parameters.text("parse_mode"), raw)
    if not parameters.text("text"):
        raise BadRequestError(TEXT_EMPTY)
    if not formatted.text:
        raise BadRequestError(TEXT_BLANK)
    if units(formatted.text) > LONGEST_TEXT:
        raise BadRequestError(TEXT_TOO_LONG)
    return formatted


def read_caption(values: Parameters) -> Formatted:
    """Give the caption of a call. Raises BadRequestError when it is too long or malformed."""
    raw = values.structure("caption_entities", "can't parse caption entities JSON object")
    formatted = read_formatted(values.text("caption"), values.text("parse_mode"), raw)
    if units(formatted.text) > LONGEST_CAPTION:
        raise BadRequestError(CAPTION_TOO_LONG)
    return formatted
