"""Know every method of the Bot API that this server answers, by lower-case name."""

from collections.abc import Awaitable, Callable, Mapping

from scripts.emulator.emulator import Emulator
from scripts.emulator.methods import editing, receiving, texts
from scripts.emulator.parameters import Parameters

Method = Callable[[Emulator, Parameters], Awaitable[object]]

FAMILIES: tuple[Mapping[str, Method], ...] = (
    receiving.METHODS,
    texts.METHODS,
    editing.METHODS,
)


def all_methods() -> dict[str, Method]:
    """Give name (lower case) → method."""
    return {name.lower(): method for family in FAMILIES for name, method in family.items()}
