"""Who works here: listing and removing."""

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message
from babel import Locale

from handlers.admin import texts
from handlers.admin.invitations import store_name
from handlers.admin.permissions import MAY_APPOINT, HasRole
from handlers.commands import menu_call
from handlers.desk import Desk
from handlers.rendering import send
from knowledge.amounts import locale_for
from knowledge.language import told
from storage.records import AuditEntry, Person, Role, Shopper
from storage.work import Work

router = Router(name="people")
_DIGITS = 16  # more than any of Telegram's ids


@router.message(Command("people"), HasRole(Role.OWNER, Role.ADMIN))
async def people(message: Message, shopper: Shopper, desk: Desk) -> None:
    """List who works here, with the numbers for /revoke."""
    locale = locale_for(shopper.language)
    async with desk.reading() as work:
        lines = [await _line(work, each, locale) for each in await work.people.all()]
    await desk.send(send(shopper.id, "\n".join(lines)))


@router.message(Command("revoke"), HasRole(Role.OWNER, Role.ADMIN))
async def revoke(
    message: Message, command: CommandObject, shopper: Shopper, person: Person, desk: Desk
) -> None:
    """Take somebody's role away, at once."""
    async with desk.work() as work:
        given = (command.args or "").strip()
        text = await _revoked(work, given, person, desk, locale_for(shopper.language))
        await desk.enqueue(work, send(shopper.id, text))
        await work.commit()


async def _revoked(work: Work, given: str, person: Person, desk: Desk, locale: Locale) -> str:
    if not (given.isascii() and given.isdigit() and len(given) <= _DIGITS):
        return told(texts.REVOKE_HOW, locale)
    other = await work.people.get(int(given))
    if other is None or other.role not in MAY_APPOINT[person.role]:
        return told(texts.REVOKE_UNKNOWN, locale, given=given)
    await work.people.revoke(other.shopper_id)
    entry = AuditEntry(
        f"shopper:{person.shopper_id}", "revoke", str(other.shopper_id), desk.received_at
    )
    await work.audit.add(entry)
    known = await work.shoppers.get(other.shopper_id)
    if known is not None:
        await desk.enqueue(work, menu_call(known, None))
    return told(texts.REVOKED, locale, name=await _name(work, other, locale))


async def _line(work: Work, person: Person, locale: Locale) -> str:
    name, store = await _name(work, person, locale), await store_name(work, person.store_id)
    if store is None:
        return told(texts.PERSON[person.role], locale, name=name, id=person.shopper_id)
    return told(texts.PERSON_AT_STORE, locale, name=name, store=store, id=person.shopper_id)


async def _name(work: Work, person: Person, locale: Locale) -> str:
    known = await work.shoppers.get(person.shopper_id)
    return told(texts.SOMEBODY, locale) if known is None else known.first_name
