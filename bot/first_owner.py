"""The one-time link by which the owner takes the shop over, while it has none.

Each start makes a new one and voids the last, so that a link in an old terminal is worth nothing.
"""

import secrets
from datetime import datetime, timedelta

from storage.database import Database
from storage.records import Invitation, Role

_HOLDS = timedelta(days=1)
_LINE = (
    "This shop has no owner yet. Open https://t.me/YOUR_BOT?start=owner_{code} with the bot's name,"
    " or send the bot: /start owner_{code}  (works once, for a day)"
)


async def owner_line(database: Database, now: datetime, *, chosen_code: str = "") -> str | None:
    """Give the line to print, None when there is an owner or whoever chose the code tells of it."""
    async with database.work() as work:
        if await work.people.has_owner():
            return None
        code = chosen_code or secrets.token_urlsafe(16)
        await work.people.withdraw(Role.OWNER)
        await work.people.invite(code, Invitation(Role.OWNER, None, None, now + _HOLDS))
        await work.commit()
    return None if chosen_code else _LINE.format(code=code)
