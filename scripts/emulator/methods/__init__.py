"""Know every method of the Bot API that this server answers, by lower-case name."""

from scripts.emulator.emulator import Method
from scripts.emulator.methods import (
    chats,
    editing,
    media,
    payments,
    places,
    receiving,
    settings,
    texts,
)

FAMILIES: tuple[dict[str, Method], ...] = (
    receiving.METHODS,
    texts.METHODS,
    media.METHODS,
    places.METHODS,
    editing.METHODS,
    chats.METHODS,
    payments.METHODS,
    settings.METHODS,
)


def all_methods() -> dict[str, tuple[str, Method]]:
    """Give lower-case name → (proper name, method)."""
    return {name.lower(): (name, method) for family in FAMILIES for name, method in family.items()}
