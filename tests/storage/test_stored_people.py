import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from storage.database import Database
from storage.people_tables import invitations
from storage.records import Invitation, Person, Role
from tests.builders import NOON, shopper

LINK = Invitation(Role.STAFF, "cafe", None, NOON + timedelta(hours=1))


async def test_link_is_taken_once_even_by_two_at_a_time(database: Database) -> None:
    async with database.work() as work:
        await work.people.invite("secret", LINK)
        await work.commit()

    async def take() -> tuple[Role, str | None] | None:
        async with database.work() as work:
            taken = await work.people.take("secret", NOON)
            await work.commit()
            return taken

    taken = await asyncio.gather(take(), take())
    assert sorted(taken, key=lambda each: each is None) == [(Role.STAFF, "cafe"), None]


async def test_link_ends_and_is_not_readable_in_the_database(database: Database) -> None:
    async with database.work() as work:
        await work.people.invite("secret", LINK)
        assert await work.people.take("secret", LINK.expires_at) is None
        (row,) = (await work._connection.execute(select(invitations))).all()
        assert "secret" not in str(row)


async def test_revoked_role_is_gone_with_the_links_its_holder_gave(database: Database) -> None:
    admin = Person(7, Role.ADMIN, None, NOON)
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.people.grant(admin)
        await work.people.invite("secret", Invitation(Role.STAFF, "cafe", 7, LINK.expires_at))
        assert await work.people.get(7) == admin
        assert await work.people.all() == [admin]
        assert await work.people.revoke(7)
        assert not await work.people.revoke(7)
        assert await work.people.get(7) is None
        assert await work.people.take("secret", NOON) is None


async def test_looking_behind_replies_is_off_until_it_is_turned_on(database: Database) -> None:
    admin = Person(7, Role.ADMIN, None, NOON)
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        await work.people.show_debug(7, is_shown=True)
        await work.people.grant(admin)
        assert await work.people.get(7) == admin
        await work.people.show_debug(7, is_shown=True)
        assert await work.people.get(7) == replace(admin, sees_debug=True)
        await work.people.show_debug(7, is_shown=False)
        assert await work.people.get(7) == admin


async def test_owner_is_known_and_links_of_a_role_can_be_withdrawn(database: Database) -> None:
    async with database.work() as work:
        await work.shoppers.add_many([shopper(7)])
        assert not await work.people.has_owner()
        await work.people.grant(Person(7, Role.OWNER, None, NOON))
        assert await work.people.has_owner()
        await work.people.invite("secret", LINK)
        await work.people.withdraw(Role.OWNER)
        await work.people.withdraw(Role.STAFF)
        assert await work.people.take("secret", NOON) is None
