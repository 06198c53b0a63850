"""What a catalogue lacks: sentences without a translation, and translations with other facts (pure)."""

from collections import Counter
from string import Formatter

from babel.messages.catalog import Catalog, Message


def flaws(said: Catalog, catalogue: Catalog) -> list[str]:
    """Name every sentence that is not translated, or whose translation has other placeholders."""
    found = []
    for message in said:
        if not message.id:
            continue  # the header
        own = catalogue.get(message.id)
        if own is None or not _is_whole(own):
            found.append(f"not translated: {_first(message)!r}")
        elif any(_named(text) != _named(_first(message)) for text in _strings(own)):
            found.append(f"other placeholders: {_first(message)!r}")
    return found


def _first(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    texts = message.string or ""
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _is_whole(message: Message) -> bool:
    return not message.fuzzy and all(_strings(message))


def _named(text: str) -> Counter[str]:
    return Counter(name for _, name, _, _ in Formatter().parse(text) if name is not None)
