from dataclasses import replace

import pytest

from bot.first_owner import owner_line
from handlers import texts
from handlers.admin import texts as admin_texts
from knowledge.concierge import Concierge
from storage.records import Person, Role
from tests.english import english
from tests.handlers.conftest import Counter, Phone

COMMANDS = ["/invite admin", "/invite staff cafe", "/people", "/revoke 7"]
OTHERS = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}


async def owner_start(counter: Counter) -> str:
    line = await owner_line(counter.database, counter.clock())
    assert line is not None
    assert "?start=owner_" in line
    return "/start owner_" + line.split("/start owner_")[1].split()[0]


async def people(counter: Counter) -> dict[int, Role]:
    async with counter.database.reading() as work:
        return {each.shopper_id: each.role for each in await work.people.all()}


@pytest.fixture
async def owner(counter: Counter, mia: Phone) -> Phone:
    await mia.says(await owner_start(counter))
    return mia


def link_in(text: str) -> str:
    return text.splitlines()[-1]


async def test_owner_link_works_once_and_for_one(counter: Counter, mia: Phone, ben: Phone) -> None:
    link = await owner_start(counter)
    assert "You are the owner" in (await mia.says(link)).text
    assert (await ben.says(link)).text == english(admin_texts.LINK_VOID)
    assert await people(counter) == {7: Role.OWNER}
    assert await owner_line(counter.database, counter.clock()) is None


async def test_new_start_voids_the_last_owner_link(counter: Counter, mia: Phone) -> None:
    old = await owner_start(counter)
    await owner_start(counter)
    assert (await mia.says(old)).text == english(admin_texts.LINK_VOID)
    assert await people(counter) == {}


async def test_forwarded_link_gives_no_role(counter: Counter, mia: Phone) -> None:
    await mia.says(await owner_start(counter), forward_origin=OTHERS)
    assert await people(counter) == {}


async def test_owner_invites_an_admin_who_invites_staff(
    counter: Counter, owner: Phone, ben: Phone, ana: Phone
) -> None:
    invited = await owner.says("/invite admin")
    await ben.says(link_in(invited.text))
    async with counter.database.reading() as work:
        store = (await work.stores.all())[0]
    invited = await ben.says(f"/invite staff {store.name}")
    assert invited.text.startswith(f"For staff of {store.name}. ")
    welcome = (await ana.says(link_in(invited.text))).text
    assert welcome.startswith(f"Welcome. You are staff of {store.name} now. ")
    async with counter.database.reading() as work:
        assert await work.people.get(ana.shopper_id) == Person(
            ana.shopper_id, Role.STAFF, store.id, counter.clock()
        )
    listed = (await ben.says("/people")).text
    staff = f"Ana, staff of {store.name}, {ana.shopper_id}"
    assert listed.splitlines() == ["Mia, owner, 7", "Ben, admin, 8", staff]


async def test_role_is_gone_the_moment_it_is_revoked(
    counter: Counter, owner: Phone, ben: Phone
) -> None:
    await ben.says(link_in((await owner.says("/invite admin")).text))
    gone = link_in((await ben.says("/invite staff tea-room")).text)
    assert (await owner.says("/revoke 8")).items[-1].outgoing.arguments["text"] == (
        english(admin_texts.REVOKED, name="Ben")
    )
    assert (await ben.says("/people")).text == english(texts.UNKNOWN_COMMAND)
    assert (await ben.says(gone)).text == english(admin_texts.LINK_VOID)
    assert await people(counter) == {7: Role.OWNER}


@pytest.mark.parametrize("command", COMMANDS)
async def test_shopper_removed_admin_and_forwarded_words_change_nothing(
    counter: Counter, owner: Phone, ben: Phone, command: str
) -> None:
    assert (await ben.says(command)).text == english(texts.UNKNOWN_COMMAND)
    await ben.says(link_in((await owner.says("/invite admin")).text))
    await owner.says("/revoke 8")
    assert (await ben.says(command)).text == english(texts.UNKNOWN_COMMAND)
    forwarded = await owner.says(command, forward_origin=OTHERS)
    assert forwarded.text == english(texts.UNKNOWN_COMMAND)
    assert await people(counter) == {7: Role.OWNER}


@pytest.mark.parametrize(
    ("command", "field"),
    [
        ("/invite", "role"),
        ("/invite owner", "role"),
        ("/invite king", "role"),
        ("/invite staff", "store"),
        ("/invite staff Nowhere", "store"),
        ("/revoke", "person"),
        ("/revoke Ben", "person"),
        ("/revoke 999", "person"),
        ("/revoke 7", "person"),
        ("/revoke 99999999999999999999999", "person"),
    ],
)
async def test_bad_command_names_its_field_and_changes_nothing(
    counter: Counter, owner: Phone, command: str, field: str
) -> None:
    reply = await owner.says(command)
    assert reply.text.startswith(f"Field {field}: ")
    assert reply.text.endswith("Nothing was changed.")
    assert await people(counter) == {7: Role.OWNER}


@pytest.mark.parametrize(
    ("given", "fix"),
    [
        ("", "it is missing. Write its name, like /invite staff Anchor Corner Shop."),
        ("downtown cafe", '"downtown cafe" is not a store. Did you mean Downtown Café?'),
        ("Zürich", '"Zürich" is not a store. Write its name as shoppers see it.'),
        ("y" * 4_000, f'"{"y" * 39}…" is not a store. Write its name as shoppers see it.'),
    ],
)
async def test_store_that_is_none_is_answered_with_what_to_write(
    owner: Phone, given: str, fix: str
) -> None:
    reply = await owner.says(f"/invite staff {given}")
    assert reply.text == f"Field store: {fix} Nothing was changed."


async def test_name_of_two_stores_is_not_guessed_at(
    counter: Counter, owner: Phone, concierge: Concierge
) -> None:
    async with counter.database.work() as work:
        store = await work.stores.get("tea-room")
        assert store is not None
        await work.stores.add_many([replace(store, id="tea-room-2")])
        await work.commit()
    await concierge.refresh()
    reply = await owner.says("/invite staff tea room")
    assert "is the name of several: tea-room, tea-room-2. Write one of these." in reply.text
    assert (await owner.says("/invite staff tea-room-2")).text.startswith(
        "For staff of Tea Room. "
    )


async def test_link_makes_nobody_less_and_is_not_used_up(
    counter: Counter, owner: Phone, ben: Phone, ana: Phone
) -> None:
    await ben.says(link_in((await owner.says("/invite admin")).text))
    link = link_in((await ben.says("/invite staff tea-room")).text)
    for phone, role in ((ben, "an admin"), (owner, "the owner")):
        assert (await phone.says(link)).text == english(admin_texts.KEEPS_ROLE, role=role)
    assert (await people(counter))[8] is Role.ADMIN
    await ana.says(link)
    assert (await people(counter))[ana.shopper_id] is Role.STAFF


async def test_staff_may_change_stores_and_rise(
    counter: Counter, owner: Phone, ben: Phone
) -> None:
    for asked, role, store_id in (
        ("staff tea-room", Role.STAFF, "tea-room"),
        ("staff downtown-cafe", Role.STAFF, "downtown-cafe"),
        ("admin", Role.ADMIN, None),
    ):
        await ben.says(link_in((await owner.says(f"/invite {asked}")).text))
        async with counter.database.reading() as work:
            assert await work.people.get(8) == Person(8, role, store_id, counter.clock())


async def test_admin_touches_neither_admins_nor_the_owner(
    counter: Counter, owner: Phone, ben: Phone
) -> None:
    await ben.says(link_in((await owner.says("/invite admin")).text))
    for command in ("/invite admin", "/revoke 7", "/revoke 8"):
        assert (await ben.says(command)).text.endswith("Nothing was changed.")
    assert await people(counter) == {7: Role.OWNER, 8: Role.ADMIN}


async def test_what_was_done_is_in_the_audit_log_without_names(
    counter: Counter, owner: Phone
) -> None:
    await owner.says("/invite admin")
    async with counter.database.reading() as work:
        entries = await work.audit.latest(2)
    assert [(e.actor, e.action, e.subject) for e in entries] == [
        ("shopper:7", "invite", "admin"),
        ("shopper:7", "join", "owner"),
    ]
