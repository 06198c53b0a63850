"""Who may do what. For everybody else a command does not exist, and goes on to the ordinary answer."""

from aiogram.filters import BaseFilter
from aiogram.types import CallbackQuery, Message

from storage.records import Person, Role

# Who may bring in and remove whom; nobody touches an owner.
MAY_APPOINT = {
    Role.OWNER: frozenset({Role.ADMIN, Role.STAFF}),
    Role.ADMIN: frozenset({Role.STAFF}),
    Role.STAFF: frozenset[Role](),
}


_RANKS = (Role.STAFF, Role.ADMIN, Role.OWNER)


def keeps_role(role: Role, offered: Role | None) -> bool:
    """Tell whether who has a role keeps it against the one of a link: nobody is made less by opening one.

    Staff may change stores. None is a link that nobody knows.
    """
    if role is Role.OWNER:
        return True
    if offered is None or (role is Role.STAFF and offered is Role.STAFF):
        return False
    return _RANKS.index(offered) <= _RANKS.index(role)


class HasRole(BaseFilter):
    """Lets those with one of the roles pass, with their own words: nothing forwarded counts."""

    def __init__(self, *roles: Role) -> None:
        self.roles = frozenset(roles)

    async def __call__(self, event: Message | CallbackQuery, person: Person | None = None) -> bool:
        """Tell whether this event may pass."""
        if isinstance(event, Message) and event.forward_origin is not None:
            return False
        return person is not None and person.role in self.roles
