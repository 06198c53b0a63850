"""Every way in that asks for a role, found in the routers themselves: a new handler is a new door by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from aiogram import Router
from aiogram.dispatcher.event.handler import HandlerObject
from aiogram.dispatcher.event.telegram import TelegramEventObserver
from aiogram.filters import Command
from aiogram.filters.command import CommandStart

from handlers import all_routers
from handlers.admin.permissions import HasRole
from handlers.tapping import Taps
from storage.records import Role

Kind = Literal["command", "button", "message"]


@dataclass(frozen=True, slots=True)
class Door:
    """One command, button or other message; `name` is the command, the action's value or the handler."""

    kind: Kind
    name: str
    roles: frozenset[Role]

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


def guarded_doors() -> list[Door]:
    """List what asks for a role, in matching order, each once."""
    found = [
        Door(kind, name, _roles(handler, observer))
        for observer, handler in handlers()
        if _roles(handler, observer)
        for kind, name in _names(handler)
    ]
    return list(dict.fromkeys(found))


def commands() -> set[str]:
    """Name every command that a handler listens to, whoever may use it; /start among them."""
    found = set()
    for _, handler in handlers():
        for each in filters(handler):
            if isinstance(each, CommandStart):
                found.add("start")
            elif isinstance(each, Command):
                found |= {str(command) for command in each.commands}
    return found


def unguarded_admin_handlers() -> list[str]:
    """Name the handlers of those who work here that anybody may reach."""
    return [
        _qualified(handler)
        for observer, handler in handlers()
        if handler.callback.__module__.startswith(("handlers.admin", "handlers.staff"))
        and not _roles(handler, observer)
    ]


def handlers() -> Iterator[tuple[TelegramEventObserver, HandlerObject]]:
    """Give every handler of every router with what it listens to."""
    for top in all_routers():
        for router in _with_children(top):
            for observer in router.observers.values():
                for handler in observer.handlers:
                    yield observer, handler


def filters(handler: HandlerObject) -> list[object]:
    return [each.callback for each in handler.filters or ()]


def _with_children(router: Router) -> Iterator[Router]:
    yield router
    for child in router.sub_routers:
        yield from _with_children(child)


def _roles(handler: HandlerObject, observer: TelegramEventObserver) -> frozenset[Role]:
    of_observer = [each.callback for each in observer._handler.filters or ()]
    asked = [each.roles for each in filters(handler) + of_observer if isinstance(each, HasRole)]
    return frozenset.intersection(*asked) if asked else frozenset()


def _names(handler: HandlerObject) -> list[tuple[Kind, str]]:
    names: list[tuple[Kind, str]] = []
    for each in filters(handler):
        if isinstance(each, Command):
            names += [("command", str(command)) for command in each.commands]
        elif isinstance(each, Taps):
            names += [("button", action.value) for action in sorted(each.actions)]
    return names or [("message", _qualified(handler))]


def _qualified(handler: HandlerObject) -> str:
    module = handler.callback.__module__.removeprefix("handlers.")
    return f"{module}.{handler.callback.__name__}"
