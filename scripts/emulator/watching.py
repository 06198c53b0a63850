"""Let one page watch several phones over one connection.

A browser opens about six connections to a host: a long poll for each phone would use them up and
leave none for what the shoppers do. It knows only event numbers and phones, no chats.
"""

import asyncio

from aiohttp import web

from scripts.emulator.errors import PhoneError
from scripts.emulator.phone_routes import read_wait_s
from scripts.emulator.phones import Phones
from scripts.emulator.wire import Json

MOST_PHONES = 50


class Watching:
    """The address /phones/events."""

    def __init__(self, phones: Phones) -> None:
        self._phones = phones

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the address to an app."""
        router.add_get("/phones/events", self.events)

    async def events(self, request: web.Request) -> web.Response:
        """Give what happened on any of users' phones after an event number, waiting when asked to.

        Each event carries its phone's user_id. Raises PhoneError for users that are not 1 to 50 ids.
        """
        users = _read_users(request)
        if "after" not in request.query:
            return web.json_response({"seq": self._phones.sequence, "events": []})
        after = int(request.query["after"])
        loop = asyncio.get_running_loop()
        end = loop.time() + read_wait_s(request)
        found = self._found(users, after)
        while not found and (left_s := end - loop.time()) > 0:
            await self._phones.changed.wait(left_s)
            found = self._found(users, after)
        last = found[-1]["seq"] if found else self._phones.sequence
        return web.json_response({"seq": last, "events": found})

    def _found(self, users: list[int], after: int) -> list[Json]:
        found = [
            {**event, "user_id": user_id}
            for user_id in users
            for event in self._phones.events_after(user_id, after)
        ]
        return sorted(found, key=lambda event: int(event["seq"]))


def _read_users(request: web.Request) -> list[int]:
    users = sorted({int(part) for part in request.query.get("users", "").split(",") if part})
    if not 1 <= len(users) <= MOST_PHONES or users[0] <= 0:
        text = f"users names 1 to {MOST_PHONES} shoppers by id, with commas between them."
        raise PhoneError(text)
    return users
