"""Name the shape of a method of the Bot API."""

from collections.abc import Awaitable, Callable

from scripts.emulator.emulator import Emulator
from scripts.emulator.parameters import Parameters

Method = Callable[[Emulator, Parameters], Awaitable[object]]
