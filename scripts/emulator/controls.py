"""Offer what is neither bot nor shopper: town, clock, faults, flood, redelivery, log, page."""

import asyncio
from pathlib import Path

from aiohttp import web

from scripts.emulator.emulator import Emulator
from scripts.emulator.errors import PhoneError
from scripts.emulator.phone_routes import read_wish

PAGE_FOLDER = Path(__file__).parent / "page"
_FRESH = {"Cache-Control": "no-store"}


class Controls:
    """The addresses of tests and of the page."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def add_to(self, router: web.UrlDispatcher) -> None:
        """Add the addresses to an app."""
        router.add_get("/", self.page)
        router.add_get("/page/{name}", self.page)
        router.add_get("/file/{file_id:[^/]+}", self.file)
        router.add_get("/bot", self.bot)
        router.add_get("/town", self.town)
        router.add_get("/town/map", self.town_map)
        router.add_get("/clock", self.clock)
        router.add_post("/clock", self.set_clock)
        router.add_get("/log", self.log)
        router.add_get("/faults", self.faults)
        router.add_post("/faults", self.add_fault)
        router.add_delete("/faults", self.clear_faults)
        router.add_post("/flood", self.flood)
        router.add_post("/redeliver", self.redeliver)

    async def page(self, request: web.Request) -> web.StreamResponse:
        """Give the phone page's files, always fresh."""
        path = PAGE_FOLDER / request.match_info.get("name", "index.html")
        if path.parent != PAGE_FOLDER or not await asyncio.to_thread(path.is_file):
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=_FRESH)

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give a file's bytes to the page."""
        row = self._emulator.files.row(request.match_info["file_id"])
        if row is None:
            raise web.HTTPNotFound
        headers = {"Content-Type": row["mime_type"], "X-Content-Type-Options": "nosniff"}
        return web.FileResponse(self._emulator.files.path_on_disk(row), headers=headers)

    async def bot(self, _: web.Request) -> web.Response:
        """Say who the bot is, and whether one is listening."""
        emulator = self._emulator
        user = emulator.world.bot_user()
        ready = emulator.poll.is_in_use() or emulator.webhook.is_set()
        return web.json_response(
            {"first_name": user["first_name"], "username": user["username"], "ready": ready}
        )

    async def town(self, _: web.Request) -> web.Response:
        """Give the town's centre."""
        town = self._emulator.setup.town
        if not town:
            raise web.HTTPNotFound(text="The server was started without a town.")
        return web.json_response({key: town[key] for key in ("latitude", "longitude")})

    async def town_map(self, _: web.Request) -> web.Response:
        """Give the town's map."""
        if not self._emulator.setup.town:
            raise web.HTTPNotFound(text="The server was started without a town.")
        return web.json_response(self._emulator.setup.town)

    async def clock(self, _: web.Request) -> web.Response:
        """Give the shop's clock."""
        return web.json_response(self._emulator.clock.show())

    async def set_clock(self, request: web.Request) -> web.Response:
        """Set the shop's clock."""
        shown = self._emulator.clock.set(await read_wish(request))
        await asyncio.to_thread(self._emulator.clock.write_offset_file)
        return web.json_response(shown)

    async def log(self, request: web.Request) -> web.Response:
        """Give every Bot API call since the start, or after a number of them."""
        body = self._emulator.log.read(int(request.query.get("after", 0)))
        return web.Response(body=body, content_type="application/json")

    async def faults(self, _: web.Request) -> web.Response:
        """Give the faults that wait."""
        return web.json_response(self._emulator.faults.show())

    async def add_fault(self, request: web.Request) -> web.Response:
        """Plan a fault."""
        return web.json_response(self._emulator.faults.add(await read_wish(request)).show())

    async def clear_faults(self, _: web.Request) -> web.Response:
        """Forget all planned faults."""
        self._emulator.faults.clear()
        return web.json_response([])

    async def flood(self, request: web.Request) -> web.Response:
        """Switch flood limits on or off."""
        enabled = (await read_wish(request)).get("enabled")
        if not isinstance(enabled, bool):
            text = 'The switch takes {"enabled": true} or {"enabled": false}.'
            raise PhoneError(text)
        self._emulator.flood.enable(enabled=enabled)
        return web.json_response({"enabled": enabled})

    async def redeliver(self, request: web.Request) -> web.Response:
        """Hand an update out once more."""
        update_id = int((await read_wish(request))["update_id"])
        self._emulator.updates.deliver_again(update_id)
        return web.json_response({"update_id": update_id})
