"""Offer the shopper's side over HTTP, as the phone page and the tests use it."""

import asyncio
import json
from collections.abc import Awaitable, Callable

from aiohttp import web

from scripts.emulator.emulator import Emulator
from scripts.emulator.errors import PhoneError
from scripts.emulator.groups import Group
from scripts.emulator.parameters import read_parameters
from scripts.emulator.payments import pay
from scripts.emulator.phone import sharing
from scripts.emulator.phone.shopper import Shopper
from scripts.emulator.phone.taps import react, tap
from scripts.emulator.wire import Json

LONGEST_WAIT_S = 60.0

Act = Callable[[Emulator, Shopper, Json], Awaitable[Json]]


def sent(message: Json) -> Json:
    """Give what a phone gets back for a message it sent."""
    return {"message_id": message["message_id"]}


async def read_wish(request: web.Request) -> Json:
    """Read a JSON object, empty when there is no body. Raises PhoneError for anything else."""
    body = await request.read()
    try:
        wish = json.loads(body) if body.strip() else {}
    except ValueError:
        wish = None
    if not isinstance(wish, dict):
        text = "The body is a JSON object."
        raise PhoneError(text)
    return wish


async def _text(_: Emulator, shopper: Shopper, wish: Json) -> Json:
    return sent(shopper.write(wish))


async def _edit(_: Emulator, shopper: Shopper, wish: Json) -> Json:
    return sent(shopper.rewrite(wish))


async def _tap(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    return tap(emulator, shopper, wish)


async def _location(_: Emulator, shopper: Shopper, wish: Json) -> Json:
    return sent(sharing.share_location(shopper, wish))


async def _venue(_: Emulator, shopper: Shopper, wish: Json) -> Json:
    return sent(sharing.share_venue(shopper, wish))


async def _live_start(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    return sent(sharing.start_live(emulator, shopper, wish))


async def _live_move(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    return sent(emulator.live.move(shopper.user_id, wish))


async def _live_stop(emulator: Emulator, shopper: Shopper, _: Json) -> Json:
    return sent(emulator.live.stop(shopper.user_id))


async def _live_expire(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    """End a share as if its time had run out; silent: without the last edit."""
    emulator.live.end(shopper.user_id, silently=bool(wish.get("silent")))
    return {}


async def _contact(_: Emulator, shopper: Shopper, wish: Json) -> Json:
    return sent(sharing.send_contact(shopper, wish))


async def _sticker(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    return sent(await sharing.send_sticker(emulator, shopper, wish))


async def _voice(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    return sent(await sharing.send_voice(emulator, shopper, wish))


async def _video(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    return sent(await sharing.send_video(emulator, shopper, wish))


async def _poll(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    return sent(sharing.send_poll(emulator, shopper, wish))


async def _block(_: Emulator, shopper: Shopper, __: Json) -> Json:
    shopper.block()
    return {"blocked": True}


async def _unblock(_: Emulator, shopper: Shopper, __: Json) -> Json:
    shopper.unblock()
    return {"blocked": False}


async def _deactivate(emulator: Emulator, shopper: Shopper, _: Json) -> Json:
    """Delete the shopper's account: the bot's calls answer 403 from now on."""
    shopper.introduce({})
    emulator.world.set_trait(shopper.user_id, "deactivated", value=True)
    return {"deactivated": True}


async def _reaction(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    return sent(react(emulator, shopper, wish))


async def _pay(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    return pay(emulator, shopper, wish)


ACTS: dict[str, Act] = {
    "text": _text,
    "edit": _edit,
    "tap": _tap,
    "location": _location,
    "venue": _venue,
    "live/start": _live_start,
    "live/move": _live_move,
    "live/stop": _live_stop,
    "live/expire": _live_expire,
    "contact": _contact,
    "sticker": _sticker,
    "voice": _voice,
    "video": _video,
    "poll": _poll,
    "block": _block,
    "unblock": _unblock,
    "deactivate": _deactivate,
    "pay": _pay,
    "reaction": _reaction,
}


class PhoneRoutes:
    """The /phone/{user_id}/… addresses."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the addresses to an app."""
        one = r"/phone/{user_id:\d+}"
        router.add_get(one, self.show)
        router.add_get(one + "/messages", self.messages)
        router.add_get(one + "/events", self.events)
        router.add_post(one + "/{kind:document|photo}", self.send_file)
        group = r"/group/{chat_id:-\d+}"
        router.add_post(group + "/text", self.group_text)
        router.add_post(group + "/bot", self.group_bot)
        router.add_get(group + "/messages", self.group_messages)
        router.add_post(one + r"/{act:[a-z]+(?:/[a-z]+)?}", self.act)

    def _shopper(self, request: web.Request) -> Shopper:
        return Shopper(self._emulator, int(request.match_info["user_id"]))

    async def show(self, request: web.Request) -> web.Response:
        """Give the phone's state."""
        return web.json_response(self._shopper(request).show())

    async def act(self, request: web.Request) -> web.Response:
        """Let the shopper do something."""
        act = ACTS.get(request.match_info["act"])
        if act is None:
            raise web.HTTPNotFound
        wish = await read_wish(request)
        return web.json_response(await act(self._emulator, self._shopper(request), wish))

    async def send_file(self, request: web.Request) -> web.Response:
        """Send a photo or document (multipart: file, caption)."""
        parameters = await read_parameters(request)
        upload = parameters.upload("file")
        if upload is None:
            text = 'A multipart part "file" with a file name is needed.'
            raise PhoneError(text)
        wish = parameters.as_logged() | {"kind": request.match_info["kind"]}
        wish["caption"] = parameters.text("caption")
        shopper = self._shopper(request)
        return web.json_response(
            sent(await sharing.send_file(self._emulator, shopper, upload, wish))
        )

    def _group(self, request: web.Request) -> Group:
        return Group(self._emulator, int(request.match_info["chat_id"]))

    async def group_text(self, request: web.Request) -> web.Response:
        """Say something in a group, as {"user_id", "text"}."""
        return web.json_response(sent(self._group(request).write(await read_wish(request))))

    async def group_bot(self, request: web.Request) -> web.Response:
        """Change what the bot is in a group, by {"user_id", "status"}."""
        return web.json_response(self._group(request).set_bot(await read_wish(request)))

    async def group_messages(self, request: web.Request) -> web.Response:
        """Give a group's messages after an id."""
        after = int(request.query.get("after", 0))
        found = self._emulator.world.messages_after(self._group(request).chat_id, after)
        return web.json_response({"messages": found})

    async def messages(self, request: web.Request) -> web.Response:
        """Give the chat's messages after an id, waiting for the first when asked to."""
        user_id, after = self._shopper(request).user_id, int(request.query.get("after", 0))
        world, changed = self._emulator.world, self._emulator.phones.phone(user_id).changed
        found = world.messages_after(user_id, after)
        loop = asyncio.get_running_loop()
        end = loop.time() + read_wait_s(request)
        while not found and (left_s := end - loop.time()) > 0:
            await changed.wait(left_s)
            found = world.messages_after(user_id, after)
        return web.json_response({"messages": found})

    async def events(self, request: web.Request) -> web.Response:
        """Give what happened on the screen after an event number; without one, only the number."""
        user_id, phones = self._shopper(request).user_id, self._emulator.phones
        if "after" not in request.query:
            return web.json_response({"seq": phones.sequence, "events": []})
        after = int(request.query["after"])
        found = phones.events_after(user_id, after)
        loop = asyncio.get_running_loop()
        end = loop.time() + read_wait_s(request)
        while not found and (left_s := end - loop.time()) > 0:
            await phones.phone(user_id).changed.wait(left_s)
            found = phones.events_after(user_id, after)
        last = found[-1]["seq"] if found else phones.sequence
        return web.json_response({"seq": last, "events": found})


def read_wait_s(request: web.Request) -> float:
    """Give how long a long poll may wait, in seconds."""
    return min(max(float(request.query.get("wait", 0)), 0.0), LONGEST_WAIT_S)
