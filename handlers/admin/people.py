"""Who works here: inviting, listing, removing."""

import secrets
from datetime import timedelta

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.admin import texts
from handlers.admin.invitations import PREFIXES
from handlers.admin.permissions import MAY_APPOINT, HasRole
from handlers.desk import Desk
from handlers.rendering import send
from storage.records import AuditEntry, Invitation, Person, Role, Shopper, Store
from storage.work import Work

router = Router(name="people")
_HOLDS = timedelta(days=2)
_DIGITS = 16  # more than any of Telegram's ids


@router.message(Command("invite"), HasRole(Role.OWNER, Role.ADMIN))
async def invite(
    message: Message, command: CommandObject, shopper: Shopper, person: Person, desk: Desk
) -> None:
    """Make a one-time link for an admin, or for the staff of a store."""
    async with desk.work() as work:
        words = (command.args or "").split(maxsplit=1)
        text = await _invited(work, words, person, desk)
        await desk.enqueue(work, send(shopper.id, text))
        await work.commit()


@router.message(Command("people"), HasRole(Role.OWNER, Role.ADMIN))
async def people(message: Message, shopper: Shopper, desk: Desk) -> None:
    """List who works here, with the numbers for /revoke."""
    async with desk.reading() as work:
        lines = []
        for each in await work.people.all():
            known = await work.shoppers.get(each.shopper_id)
            lines.append(
                texts.PERSON.format(
                    name=known.first_name if known else "Somebody",
                    role=each.role.value,
                    store=f" of {each.store_id}" if each.store_id else "",
                    id=each.shopper_id,
                )
            )
    await desk.send(send(shopper.id, "\n".join(lines)))


@router.message(Command("revoke"), HasRole(Role.OWNER, Role.ADMIN))
async def revoke(
    message: Message, command: CommandObject, shopper: Shopper, person: Person, desk: Desk
) -> None:
    """Take somebody's role away, at once."""
    async with desk.work() as work:
        text = await _revoked(work, (command.args or "").strip(), person, desk)
        await desk.enqueue(work, send(shopper.id, text))
        await work.commit()


async def _invited(work: Work, words: list[str], person: Person, desk: Desk) -> str:
    allowed = MAY_APPOINT[person.role]
    if not words:
        return texts.INVITE_HOW
    if words[0].lower() not in {role.value for role in allowed}:
        names = " or ".join(sorted(role.value for role in allowed))
        return texts.INVITE_ROLE.format(given=words[0], allowed=names)
    role, store_id = Role(words[0].lower()), None
    if role is Role.STAFF:
        stores = await work.stores.all()
        asked = words[1] if len(words) > 1 else ""
        store_id = _store_named(stores, asked)
        if store_id is None:
            return texts.INVITE_STORE.format(given=asked, stores=", ".join(s.id for s in stores))
    code = secrets.token_urlsafe(16)
    expires_at = desk.received_at + _HOLDS
    await work.people.invite(code, Invitation(role, store_id, person.shopper_id, expires_at))
    entry = AuditEntry(f"shopper:{person.shopper_id}", "invite", role.value, desk.received_at)
    await work.audit.add(entry)
    return texts.INVITED.format(
        role=texts.ROLE_NAMES[role],
        store=f" of {store_id}" if store_id else "",
        payload=PREFIXES[role] + code,
    )


async def _revoked(work: Work, given: str, person: Person, desk: Desk) -> str:
    if not (given.isascii() and given.isdigit() and len(given) <= _DIGITS):
        return texts.REVOKE_HOW
    other = await work.people.get(int(given))
    if other is None or other.role not in MAY_APPOINT[person.role]:
        return texts.REVOKE_UNKNOWN.format(given=given)
    await work.people.revoke(other.shopper_id)
    entry = AuditEntry(
        f"shopper:{person.shopper_id}", "revoke", str(other.shopper_id), desk.received_at
    )
    await work.audit.add(entry)
    return texts.REVOKED.format(id=other.shopper_id)


def _store_named(stores: list[Store], asked: str) -> str | None:
    wanted = asked.strip().casefold()
    return next((s.id for s in stores if wanted in {s.id.casefold(), s.name.casefold()}), None)
