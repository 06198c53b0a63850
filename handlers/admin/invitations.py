"""One-time links: /invite makes one, and whoever opens it gets its role, once."""

import secrets
from datetime import timedelta

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message

from handlers.admin import texts
from handlers.admin.permissions import MAY_APPOINT, HasRole, keeps_role
from handlers.admin.texts_problems import shown
from handlers.commands import menu_call
from handlers.desk import Desk
from handlers.rendering import send
from handlers.shop import Shop
from knowledge.loaders.shop_names import ShopNames, folded
from storage.records import AuditEntry, Invitation, Outgoing, Person, Role, Shopper
from storage.work import Work

router = Router(name="invitations")
PREFIXES = {Role.OWNER: "owner_", Role.ADMIN: "admin_", Role.STAFF: "staff_"}
_HOLDS = timedelta(days=2)


@router.message(Command("invite"), HasRole(Role.OWNER, Role.ADMIN))
async def invite(
    message: Message, command: CommandObject, person: Person, desk: Desk, shop: Shop
) -> None:
    """Make a one-time link for an admin, or for the staff of a store."""
    catalogue = await shop.concierge.catalogue()
    names = ShopNames.of((), catalogue.stores.values())
    link = _wanted(command.args or "", person, desk, names)
    async with desk.work() as work:
        text = link if isinstance(link, str) else await _invited(work, link, desk)
        await desk.enqueue(work, send(person.shopper_id, text))
        await work.commit()


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
    """Give the role of the link, or say that it does not work any more, or gives nothing."""
    code = (command.args or "").partition("_")[2]
    async with desk.work() as work:
        offered = await work.people.offered(code, desk.received_at)
        if person is not None and keeps_role(person.role, offered):
            text = texts.KEEPS_ROLE.format(role=texts.ROLE_NAMES[person.role])
            await desk.enqueue(work, send(shopper.id, text))
        else:
            joined = await _joined(work, shopper, code, desk)
            await desk.enqueue(work, *await _welcome(work, shopper, joined))
        await work.commit()


async def of_store(work: Work, store_id: str | None) -> str:
    """Give " of Downtown Café" for whom a store has, "" for others; a store that is gone keeps its id for a name."""
    if store_id is None:
        return ""
    store = await work.stores.get(store_id)
    return f" of {store_id if store is None else store.name}"


def _wanted(given: str, person: Person, desk: Desk, names: ShopNames) -> Invitation | str:
    """Give the link that is asked for, or what is wrong with the words."""
    word, _, name = given.strip().partition(" ")
    allowed = {role.value: role for role in MAY_APPOINT[person.role]}
    if not word:
        return texts.INVITE_HOW
    role = allowed.get(word.lower())
    if role is None:
        return texts.INVITE_ROLE.format(given=shown(word), allowed=" or ".join(sorted(allowed)))
    store_id = None
    if role is Role.STAFF:
        found = names.stores.get(folded(name), frozenset())
        if len(found) != 1:
            return _store_how(name, sorted(found), names)
        (store_id,) = found
    return Invitation(role, store_id, person.shopper_id, desk.received_at + _HOLDS)


def _store_how(given: str, found: list[str], names: ShopNames) -> str:
    """Say what to write instead of a name that is missing, unknown, or that of several stores."""
    if not given.strip():
        example = min(names.store_names.values(), default="STORE")
        return texts.INVITE_STORE_MISSING.format(example=example)
    if found:
        return texts.INVITE_STORE_SEVERAL.format(given=shown(given), all=", ".join(found))
    nearest = names.nearest("stores", given)
    fix = texts.STORE_HOW
    if nearest is not None:
        fix = texts.STORE_NEAREST.format(nearest=names.store_names.get(nearest, nearest))
    return texts.INVITE_STORE.format(given=shown(given), fix=fix)


async def _invited(work: Work, link: Invitation, desk: Desk) -> str:
    code = secrets.token_urlsafe(16)
    await work.people.invite(code, link)
    actor = f"shopper:{link.invited_by}"
    await work.audit.add(AuditEntry(actor, "invite", link.role.value, desk.received_at))
    return texts.INVITED.format(
        role=texts.ROLE_NAMES[link.role],
        store=await of_store(work, link.store_id),
        payload=PREFIXES[link.role] + code,
    )


async def _joined(work: Work, shopper: Shopper, code: str, desk: Desk) -> Person | None:
    """Give the role that a link gave; None when the link is void."""
    taken = await work.people.take(code, desk.received_at)
    if taken is None:
        return None
    role, store_id = taken
    if role is Role.OWNER and await work.people.has_owner():
        return None
    joined = Person(shopper.id, role, store_id, desk.received_at)
    await work.people.grant(joined)
    entry = AuditEntry(f"shopper:{shopper.id}", "join", role.value, desk.received_at)
    await work.audit.add(entry)
    return joined


async def _welcome(work: Work, shopper: Shopper, joined: Person | None) -> list[Outgoing]:
    """Say what somebody is now, and show them the menu that goes with it."""
    if joined is None:
        return [send(shopper.id, texts.LINK_VOID)]
    welcome = texts.JOINED_STAFF if joined.role is Role.STAFF else texts.JOINED
    store = await of_store(work, joined.store_id)
    text = welcome.format(role=texts.ROLE_NAMES[joined.role], store=store)
    return [send(shopper.id, text), menu_call(shopper, joined.role)]
