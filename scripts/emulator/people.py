"""Offer people whose phone the page can open: those of the town, and whom the starter adds.

It knows names and what their Start button says, nothing of what they are to the bot.
"""

import re

from aiohttp import web

from scripts.emulator.errors import PhoneError
from scripts.emulator.phone_routes import read_wish
from scripts.emulator.wire import Json

_WORDS = ("last_name", "language_code", "about", "group")
# https://core.telegram.org/bots/features#deep-linking, 2026-11
_START = re.compile(r"[\w-]{1,64}", re.ASCII)


class People:
    """The address /people."""

    def __init__(self, town: Json | None) -> None:
        self._people: dict[int, Json] = {
            person["id"]: person for person in (town or {}).get("people", [])
        }

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the address to an app."""
        router.add_get("/people", self.show)
        router.add_post("/people", self.offer)

    async def show(self, _: web.Request) -> web.Response:
        """Give all of them."""
        return web.json_response({"people": list(self._people.values())})

    async def offer(self, request: web.Request) -> web.Response:
        """Add a person, or replace the one with the same id.

        {"id", "first_name"} and, if there is something to say, last_name, language_code, about, group (the heading
        to list them under) and start (what their Start button carries). Raises PhoneError for anything else.
        """
        person = _read_person(await read_wish(request))
        self._people[person["id"]] = person
        return web.json_response(person)


def _read_person(wish: Json) -> Json:
    user_id, first_name, start = wish.get("id"), wish.get("first_name"), wish.get("start")
    if type(user_id) is not int or user_id <= 0:
        text = "id is the shopper's number, 1 or more."
        raise PhoneError(text)
    if not isinstance(first_name, str) or not first_name.strip():
        text = "first_name is a text that is not empty."
        raise PhoneError(text)
    if start is not None and not (isinstance(start, str) and _START.fullmatch(start)):
        text = "start is 1 to 64 of A-Z, a-z, 0-9, _ and -."
        raise PhoneError(text)
    known = {"id": user_id, "first_name": first_name, "start": start}
    known |= {word: str(wish[word]) for word in _WORDS if wish.get(word)}
    return {key: value for key, value in known.items() if value is not None}
