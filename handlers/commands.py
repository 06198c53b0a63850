"""Every command there is: what its line in Telegram's menu says, and whom it is shown to.

A menu is a courtesy: who may do what is checked at each handler, and the tests hold both together. There is one list for
all languages.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from babel import Locale

from handlers import texts
from knowledge.amounts import locale_for
from knowledge.language import Sentence, told
from storage.records import Outgoing, Role, Shopper

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
    about: Sentence
    roles: frozenset[Role] = _EVERYBODY
    in_menu: bool = True


# In the order of the menu; who works here sees their own commands before a shopper's.
COMMANDS = (
    CommandLine("invite", Sentence("Bring in an admin, or staff of a store"), _LEADERS),
    CommandLine("people", Sentence("Who works here"), _LEADERS),
    CommandLine("revoke", Sentence("Take somebody's role away"), _LEADERS),
    CommandLine("coupon", Sentence("Add, list, change and end coupons"), _LEADERS),
    CommandLine("template", Sentence("A file to load coupons from"), _LEADERS),
    CommandLine("whynot", Sentence("Why a shopper was not told about a coupon"), _LEADERS),
    CommandLine(
        "demo",
        Sentence("Lay the sample town around you, or take it away"),
        frozenset({Role.OWNER}),
    ),
    CommandLine(
        "debug", Sentence("Show under each reply to you how it came about: on or off"), _LEADERS
    ),
    CommandLine("desk", Sentence("Open orders"), _EVERYBODY_HERE),
    CommandLine("collect", Sentence("Hand an order over by its code"), _EVERYBODY_HERE),
    CommandLine("return", Sentence("Take an order back by its code"), _EVERYBODY_HERE),
    CommandLine("start", Sentence("Say hello, or come back after /stop")),
    CommandLine("nearby", Sentence("Stores open around you")),
    CommandLine("coupons", Sentence("What you can save")),
    CommandLine("orders", Sentence("Your orders")),
    CommandLine("history", Sentence("What you bought and saved")),
    CommandLine("family", Sentence("Who you shop for")),
    CommandLine("preferences", Sentence("What you like, and what I learned of it")),
    CommandLine("settings", Sentence("Messages, your place and your language")),
    CommandLine("privacy", Sentence("What I keep about you, and for how long")),
    CommandLine("help", Sentence("What I can do")),
    CommandLine("stop", Sentence("End all messages")),
    CommandLine("language", Sentence("Choose your language"), in_menu=False),
    CommandLine("pause", Sentence("Keep offers away for a while"), in_menu=False),
    CommandLine("why", Sentence("Why I told you of an offer, or kept silent"), in_menu=False),
    CommandLine("export", Sentence("A copy of everything about you"), in_menu=False),
    CommandLine("forget", Sentence("Erase everything about you"), in_menu=False),
)


def commands_of(role: Role) -> Sequence[CommandLine]:
    """Give what a role may beyond a shopper."""
    return [line for line in COMMANDS if role in line.roles]


def menu(role: Role | None, locale: Locale) -> list[MenuEntry]:
    """Give the menu of a role, None for a shopper, as setMyCommands takes it."""
    shown = [line for line in COMMANDS if not line.roles or role in line.roles]
    return [
        {"command": line.name, "description": told(line.about, locale)}
        for line in shown
        if line.in_menu
    ]


def menu_call(shopper: Shopper, role: Role | None) -> Outgoing:
    """Give the call that shows somebody the menu of their role, in their language.

    A shopper whose language is the one that Telegram is set to sees every shopper's menu, which needs none of their own.
    """
    scope = {"type": "chat", "chat_id": shopper.id}
    locale = locale_for(shopper.language)
    if role is None and locale.language == locale_for(shopper.language_code).language:
        return Outgoing(shopper.id, "deleteMyCommands", {"scope": scope})
    commands = menu(role, locale)
    return Outgoing(shopper.id, "setMyCommands", {"commands": commands, "scope": scope})


def help_text(role: Role | None, locale: Locale) -> str:
    """Tell what can be asked, with the commands of a role below."""
    shared = told(texts.HELP, locale)
    if role is None:
        return shared
    lines = [f"/{line.name}: {told(line.about, locale)}" for line in commands_of(role)]
    return "\n".join([shared, "", told(texts.HELP_ROLE, locale), *lines]) if lines else shared
