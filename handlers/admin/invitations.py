"""One-time links: /invite makes one, and whoever opens it gets its role, once."""

import secrets
from datetime import timedelta

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message
from babel import Locale

from handlers.admin import texts
from handlers.admin.permissions import MAY_APPOINT, HasRole, keeps_role
from handlers.admin.texts_problems import shown
from handlers.commands import menu_call
from handlers.desk import Desk
from handlers.rendering import send
from handlers.shop import Shop
from knowledge.amounts import listed, locale_for
from knowledge.language import told
from knowledge.loaders.shop_names import ShopNames, folded
from storage.records import AuditEntry, Invitation, Outgoing, Person, Role, Shopper
from storage.work import Work

router = Router(name="invitations")
PREFIXES = {Role.OWNER: "owner_", Role.ADMIN: "admin_", Role.STAFF: "staff_"}
_HOLDS = timedelta(days=2)


@router.message(Command("invite"), HasRole(Role.OWNER, Role.ADMIN))
async def invite(
    message: Message,
    command: CommandObject,
    shopper: Shopper,
    person: Person,
    desk: Desk,
    *,
    shop: Shop,
) -> None:
    """Make a one-time link for an admin, or for the staff of a store."""
    locale = locale_for(shopper.language)
    catalogue = await shop.concierge.catalogue()
    names = ShopNames.of((), catalogue.stores.values())
    link = _wanted(command.args or "", person, desk, names, locale)
    async with desk.work() as work:
        text = link if isinstance(link, str) else await _invited(work, link, desk, locale)
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
            locale = locale_for(shopper.language)
            text = told(texts.KEEPS_ROLE, locale, role=texts.role_words(person.role, None, locale))
            await desk.enqueue(work, send(shopper.id, text))
        else:
            joined = await _joined(work, shopper, code, desk)
            await desk.enqueue(work, *await _welcome(work, shopper, joined))
        await work.commit()


async def store_name(work: Work, store_id: str | None) -> str | None:
    """Give the name of the store somebody works for, None for those of the whole shop; one that is gone keeps its id."""
    if store_id is None:
        return None
    store = await work.stores.get(store_id)
    return store_id if store is None else store.name


def _wanted(
    given: str, person: Person, desk: Desk, names: ShopNames, locale: Locale
) -> Invitation | str:
    """Give the link that is asked for, or what is wrong with the words."""
    word, _, name = given.strip().partition(" ")
    allowed = {role.value: role for role in MAY_APPOINT[person.role]}
    if not word:
        return told(texts.INVITE_HOW, locale)
    role = allowed.get(word.lower())
    if role is None:
        roles = listed(sorted(allowed), "or", locale)
        return told(texts.INVITE_ROLE, locale, given=shown(word), allowed=roles)
    store_id = None
    if role is Role.STAFF:
        found = names.stores.get(folded(name), frozenset())
        if len(found) != 1:
            return _store_how(name, sorted(found), names, locale)
        (store_id,) = found
    return Invitation(role, store_id, person.shopper_id, desk.received_at + _HOLDS)


def _store_how(given: str, found: list[str], names: ShopNames, locale: Locale) -> str:
    """Say what to write instead of a name that is missing, unknown, or that of several stores."""
    if not given.strip():
        example = min(names.store_names.values(), default="STORE")
        return told(texts.INVITE_STORE_MISSING, locale, example=example)
    if found:
        ids = ", ".join(found)
        return told(texts.INVITE_STORE_SEVERAL, locale, given=shown(given), all=ids)
    nearest = names.nearest("stores", given)
    fix = told(texts.STORE_HOW, locale)
    if nearest is not None:
        name = names.store_names.get(nearest, nearest)
        fix = told(texts.STORE_NEAREST, locale, nearest=name)
    return told(texts.INVITE_STORE, locale, given=shown(given), fix=fix)


async def _invited(work: Work, link: Invitation, desk: Desk, locale: Locale) -> str:
    code = secrets.token_urlsafe(16)
    await work.people.invite(code, link)
    actor = f"shopper:{link.invited_by}"
    await work.audit.add(AuditEntry(actor, "invite", link.role.value, desk.received_at))
    role = texts.role_words(link.role, await store_name(work, link.store_id), locale)
    return told(texts.INVITED, locale, role=role, payload=PREFIXES[link.role] + code)


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
    locale = locale_for(shopper.language)
    if joined is None:
        return [send(shopper.id, told(texts.LINK_VOID, locale))]
    welcome = texts.JOINED_STAFF if joined.role is Role.STAFF else texts.JOINED
    store = await store_name(work, joined.store_id)
    text = told(welcome, locale, role=texts.role_words(joined.role, store, locale))
    return [send(shopper.id, text), menu_call(shopper, joined.role)]
