"""One-time links: whoever opens one gets its role, once."""

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import Message

from handlers.admin import texts
from handlers.desk import Desk
from handlers.rendering import send
from storage.records import AuditEntry, Person, Role, Shopper
from storage.work import Work

router = Router(name="invitations")
PREFIXES = {Role.OWNER: "owner_", Role.ADMIN: "admin_", Role.STAFF: "staff_"}


@router.message(
    CommandStart(deep_link=True, magic=F.args.startswith(tuple(PREFIXES.values()))),
    F.forward_origin.is_(None),
)
async def join(
    message: Message,
    command: CommandObject,
    shopper: Shopper,
    person: Person | None,
    desk: Desk,
) -> None:
    """Give the role of the link, or say that it does not work any more."""
    code = (command.args or "").partition("_")[2]
    async with desk.work() as work:
        if person is not None and person.role is Role.OWNER:
            text = texts.KEEPS_ROLE.format(role=texts.ROLE_NAMES[person.role])
        else:
            text = await _joined(work, shopper, code, desk)
        await desk.enqueue(work, send(shopper.id, text))
        await work.commit()


async def _joined(work: Work, shopper: Shopper, code: str, desk: Desk) -> str:
    taken = await work.people.take(code, desk.received_at)
    if taken is None:
        return texts.LINK_VOID
    role, store_id = taken
    if role is Role.OWNER and await work.people.has_owner():
        return texts.LINK_VOID
    await work.people.grant(Person(shopper.id, role, store_id, desk.received_at))
    entry = AuditEntry(f"shopper:{shopper.id}", "join", role.value, desk.received_at)
    await work.audit.add(entry)
    welcome = texts.JOINED_STAFF if role is Role.STAFF else texts.JOINED
    return welcome.format(role=texts.ROLE_NAMES[role], store=f" of {store_id}" if store_id else "")
