"""Count in UTF-16 units, check entities and tidy text, as Telegram does.

Offsets and lengths of entities are UTF-16 units; Python counts code points.
Source: tdlib/td MessageEntity.cpp, fix_formatted_text (2026-11-21).
"""

from scripts.emulator.errors import BadRequestError
from scripts.emulator.markup.links import checked_link, require_link
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
    middles, end_of_text = _middles_of_pairs(text), units(text)
    checked = []
    for item in raw:
        found = _read_entity(item)
        offset, length = found["offset"], found["length"]
        problem = _place_problem(offset, length, end_of_text, middles)
        if problem:
            raise BadRequestError(problem)
        checked.append(found)
    return checked


def _place_problem(offset: int, length: int, end_of_text: int, middles: set[int]) -> str:
    """Say what is wrong with an entity's place, nothing when it fits the text."""
    end = offset + length
    beginning = f"entity beginning at UTF-16 offset {offset}"
    problems = (
        (offset < 0, f"receive an entity with incorrect offset {offset}"),
        (length < 0, f"receive an entity with incorrect length {length}"),
        (
            offset > end_of_text,
            f"entity begins after the end of the text at UTF-16 offset {offset}",
        ),
        (end > end_of_text, f"{beginning} ends after the end of the text at UTF-16 offset {end}"),
        (
            offset in middles,
            f"entity begins in a middle of a UTF-16 symbol at UTF-16 offset {offset}",
        ),
        (
            end in middles,
            f"{beginning} ends in a middle of a UTF-16 symbol at UTF-16 offset {end}",
        ),
    )
    return next((text for wrong, text in problems if wrong), "")


def _complain(what: str) -> BadRequestError:
    return BadRequestError(f"can't parse MessageEntity: {what}")


def _read_entity(item: object) -> Json:
    if not isinstance(item, dict):
        raise _complain("expected an Object")
    for name in ("offset", "length", "type"):
        if name not in item:
            raise _complain(f'Can\'t find field "{name}"')
    try:
        kind, offset, length = str(item["type"]), int(item["offset"]), int(item["length"])
    except (TypeError, ValueError):
        raise _complain('Field "offset" must be of type Number') from None
    return entity(kind, offset, length, **_read_extras(kind, item))


def _read_extras(kind: str, item: Json) -> Json:
    """Give what an entity of this kind says beside its place."""
    if kind in PLAIN_TYPES:
        return {key: item[key] for key in ("unix_time", "date_time_format") if key in item}
    if kind == "pre":
        return {"language": item["language"]} if item.get("language") else {}
    needed = {"text_link": "url", "text_mention": "user", "custom_emoji": "custom_emoji_id"}
    if kind not in needed:
        raise _complain("Unsupported type specified")
    name = needed[kind]
    if name not in item:
        raise _complain(f'Can\'t find field "{name}"')
    if kind == "text_link":
        require_link(str(item["url"]), "entity URL")
        return {"url": checked_link(str(item["url"]))}
    return {name: item[name]}


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
