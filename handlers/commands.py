"""Every command there is: what its line in Telegram's menu says, and whom it is shown to.

A menu is a courtesy: who may do what is checked at each handler, and the tests hold both together. There is one list for
all languages; another language is the same table with other words, set with its `language_code` beside this one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from handlers import texts
from storage.records import Outgoing, Role

MenuEntry = dict[str, str]
_EVERYBODY = frozenset[Role]()
_EVERYBODY_HERE = frozenset(Role)
_LEADERS = frozenset({Role.OWNER, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class CommandLine:
    """A command and the line about it, 256 characters at most; `roles` is empty for what every shopper may.

    What cannot be undone is not `in_menu`, where a slip of the thumb sends it, nor what /privacy and /settings have
    as a button.
    """

    name: str
    about: str
    roles: frozenset[Role] = _EVERYBODY
    in_menu: bool = True


# In the order of the menu; who works here sees their own commands before a shopper's.
COMMANDS = (
    CommandLine("invite", "Bring in an admin, or staff of a store", _LEADERS),
    CommandLine("people", "Who works here", _LEADERS),
    CommandLine("revoke", "Take somebody's role away", _LEADERS),
    CommandLine("coupon", "Add, list, change and end coupons", _LEADERS),
    CommandLine("template", "A file to load coupons from", _LEADERS),
    CommandLine(
        "demo", "Lay the sample town around you, or take it away", frozenset({Role.OWNER})
    ),
    CommandLine("debug", "Show under each reply to you how it came about: on or off", _LEADERS),
    CommandLine("desk", "Open orders", _EVERYBODY_HERE),
    CommandLine("collect", "Hand an order over by its code", _EVERYBODY_HERE),
    CommandLine("start", "Say hello, or come back after /stop"),
    CommandLine("nearby", "Stores open around you"),
    CommandLine("coupons", "What you can save"),
    CommandLine("orders", "Your orders"),
    CommandLine("history", "What you bought and saved"),
    CommandLine("family", "Who you shop for"),
    CommandLine("settings", "Messages, and the use of your place"),
    CommandLine("privacy", "What I keep about you, and for how long"),
    CommandLine("help", "What I can do"),
    CommandLine("stop", "End all messages"),
    CommandLine("pause", "Keep offers away for a while", in_menu=False),
    CommandLine("export", "A copy of everything about you", in_menu=False),
    CommandLine("forget", "Erase everything about you", in_menu=False),
)


def commands_of(role: Role) -> Sequence[CommandLine]:
    """Give what a role may beyond a shopper."""
    return [line for line in COMMANDS if role in line.roles]


def menu(role: Role | None) -> list[MenuEntry]:
    """Give the menu of a role, None for a shopper, as setMyCommands takes it."""
    shown = [line for line in COMMANDS if not line.roles or role in line.roles]
    return [{"command": line.name, "description": line.about} for line in shown if line.in_menu]


def menu_call(shopper_id: int, role: Role | None) -> Outgoing:
    """Give the call that shows somebody the menu of their role; with None they see the shoppers' again."""
    scope = {"type": "chat", "chat_id": shopper_id}
    if role is None:
        return Outgoing(shopper_id, "deleteMyCommands", {"scope": scope})
    return Outgoing(shopper_id, "setMyCommands", {"commands": menu(role), "scope": scope})


def help_text(role: Role | None) -> str:
    """Tell what can be asked, with the commands of a role below."""
    if role is None:
        return texts.HELP
    lines = [f"/{line.name}: {line.about}" for line in commands_of(role)]
    return "\n".join([texts.HELP, "", texts.HELP_ROLE, *lines]) if lines else texts.HELP
