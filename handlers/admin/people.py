"""Who works here: listing and removing."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.admin import texts
from handlers.admin.invitations import of_store
from handlers.admin.permissions import MAY_APPOINT, HasRole
from handlers.commands import menu_call
from handlers.desk import Desk
from handlers.rendering import send
from storage.records import AuditEntry, Person, Role, Shopper
from storage.work import Work

router = Router(name="people")
_DIGITS = 16  # more than any of Telegram's ids


@router.message(Command("people"), HasRole(Role.OWNER, Role.ADMIN))
async def people(message: Message, shopper: Shopper, desk: Desk) -> None:
    """List who works here, with the numbers for /revoke."""
    async with desk.reading() as work:
        lines = [
            texts.PERSON.format(
                name=await _name(work, each),
                role=each.role.value,
                store=await of_store(work, each.store_id),
                id=each.shopper_id,
            )
            for each in await work.people.all()
        ]
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
    known = await work.shoppers.get(other.shopper_id)
    if known is not None:
        await desk.enqueue(work, menu_call(known, None))
    return texts.REVOKED.format(name=await _name(work, other))


async def _name(work: Work, person: Person) -> str:
    known = await work.shoppers.get(person.shopper_id)
    return texts.SOMEBODY if known is None else known.first_name
