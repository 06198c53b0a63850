"""Count in UTF-16 units, check entities and tidy text, as Telegram does.

Offsets and lengths of entities are UTF-16 units; Python counts code points.
Source: tdlib/td MessageEntity.cpp, fix_formatted_text (2026-11-21).
"""

from scripts.emulator.errors import BadRequestError
from scripts.emulator.wire import Json

PLAIN_TYPES = frozenset(
    {
        "mention",
        "hashtag",
        "cashtag",
        "bot_command",
        "url",
        "email",
        "phone_number",
        "bold",
        "italic",
        "underline",
        "strikethrough",
        "spoiler",
        "blockquote",
        "expandable_blockquote",
        "code",
        "date_time",
    }
)
LAST_SINGLE = 0xFFFF  # characters above take two UTF-16 units
_SPACE = " \t\n\r\v\f\u00a0\u2000\u2001\u2002\u2003\u200b\ufeff"


def units(text: str) -> int:
    """Give the length of a text in UTF-16 units."""
    return len(text) + sum(1 for character in text if ord(character) > LAST_SINGLE)


def cut(text: str, offset: int, length: int) -> str:
    """Give the part of a text that an entity covers."""
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def entity(kind: str, offset: int, length: int, **more: object) -> Json:
    """Give a MessageEntity."""
    return {"type": kind, "offset": offset, "length": length, **more}


def check_entities(text: str, raw: object) -> list[Json]:
    """Give the entities a bot sent beside a text, checked against it.

    Raises BadRequestError when one lies outside the text or splits a surrogate pair.
    """
    if not isinstance(raw, list):
        raise BadRequestError("can't parse entities: Expected an Array of message entities")
    middles = _middles_of_pairs(text)
    end_of_text = units(text)
    checked = []
    for item in raw:
        found = _read_entity(item)
        offset, end = found["offset"], found["offset"] + found["length"]
        if offset < 0 or found["length"] < 0 or offset > end_of_text:
            raise BadRequestError(
                f"entity begins at UTF-16 offset {offset}, which is outside of the text"
            )
        if end > end_of_text:
            raise BadRequestError(
                f"entity beginning at UTF-16 offset {offset} ends after the end of the text at "
                f"UTF-16 offset {end}"
            )
        if offset in middles:
            raise BadRequestError(
                f"entity beginning at UTF-16 offset {offset} starts in a middle of a UTF-16 symbol"
            )
        if end in middles:
            raise BadRequestError(
                f"entity beginning at UTF-16 offset {offset} ends in a middle of a UTF-16 symbol "
                f"at UTF-16 offset {end}"
            )
        checked.append(found)
    return checked


def _read_entity(item: object) -> Json:
    if not isinstance(item, dict):
        raise BadRequestError("can't parse entities: expected an Object")
    try:
        kind, offset, length = str(item["type"]), int(item["offset"]), int(item["length"])
    except (KeyError, TypeError, ValueError):
        raise BadRequestError(
            "can't parse entities: can't find field of a MessageEntity"
        ) from None
    if kind in PLAIN_TYPES:
        extra = {key: item[key] for key in ("unix_time", "date_time_format") if key in item}
        return entity(kind, offset, length, **extra)
    needed = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
    if kind == "pre":
        language = {"language": item["language"]} if item.get("language") else {}
        return entity(kind, offset, length, **language)
    if kind not in needed:
        raise BadRequestError("can't parse entities: unsupported MessageEntity type specified")
    name = needed[kind]
    if not item.get(name):
        raise BadRequestError(f"can't parse entities: can't find field \"{name}\"")
    return entity(kind, offset, length, **{name: item[name]})


def _middles_of_pairs(text: str) -> set[int]:
    """Give every UTF-16 offset that lies between the two halves of a character."""
    middles, offset = set(), 0
    for character in text:
        if ord(character) > LAST_SINGLE:
            middles.add(offset + 1)
            offset += 1
        offset += 1
    return middles


def tidy(text: str, entities: list[Json]) -> tuple[str, list[Json]]:
    """Trim a text as Telegram does and keep its entities in place, sorted, none empty.

    The end is always trimmed, the beginning up to the first entity.
    """
    entities = sorted(entities, key=lambda found: (found["offset"], -found["length"]))
    text = text.replace("\r", "") if "\r" in text and not entities else text
    trimmed = text.rstrip(_SPACE)
    first = entities[0]["offset"] if entities else units(trimmed)
    lead = 0
    while lead < min(first, len(trimmed)) and trimmed[lead] in _SPACE:
        lead += 1
    trimmed = trimmed[lead:]
    size = units(trimmed)
    kept = []
    for found in entities:
        offset = found["offset"] - lead
        length = min(found["length"], size - offset)
        if length > 0:
            kept.append(found | {"offset": offset, "length": length})
    return trimmed, kept
