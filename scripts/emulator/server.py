"""Serve an emulator over HTTP on this machine, and shut it down cleanly."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from scripts.emulator.bot_api import BotApi
from scripts.emulator.controls import Controls
from scripts.emulator.downloads import Downloads
from scripts.emulator.emulator import USUAL_TOKEN, Emulator, Setup, build
from scripts.emulator.errors import ApiError, NotFoundError, PhoneError
from scripts.emulator.parameters import LARGEST_UPLOAD_BYTES
from scripts.emulator.people import People
from scripts.emulator.phone_routes import PhoneRoutes
from scripts.emulator.watching import Watching
from scripts.emulator.wire import Json

HOST = "127.0.0.1"
FORM_OVERHEAD_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class RunningServer:
    """A server that answers: where, with which token, and its inside for the curious."""

    port: int
    token: str
    emulator: Emulator

    @property
    def url(self) -> str:
        """Give the address without a slash at the end."""
        return f"http://{HOST}:{self.port}"


@web.middleware
async def answer_mistakes(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn a shopper's impossible wish into 400 with one clear line."""
    try:
        return await handler(request)
    except PhoneError as error:
        return web.json_response({"error": str(error)}, status=400)
    except ApiError as error:
        return web.json_response({"error": error.description}, status=400)
    except (KeyError, TypeError, ValueError) as error:
        text = f"A value is missing or malformed: {error}"
        return web.json_response({"error": text}, status=400)


async def _no_such_path(_: web.Request) -> web.Response:
    return web.json_response(NotFoundError(None).envelope(), status=404)


def make_app(emulator: Emulator) -> web.Application:
    """Give the HTTP app of an emulator."""
    app = web.Application(
        middlewares=[answer_mistakes], client_max_size=LARGEST_UPLOAD_BYTES + FORM_OVERHEAD_BYTES
    )
    api = BotApi(emulator)
    app.router.add_route("*", "/bot{token:[^/]+}/{method:[^/]*}", api.handle)
    Downloads(emulator).add_to(app.router)
    PhoneRoutes(emulator).add_to(app.router)
    Watching(emulator.phones).add_to(app.router)
    People(emulator.setup.town).add_to(app.router)
    Controls(emulator).add_to(app.router)
    app.router.add_route("*", "/{anything:.*}", _no_such_path)

    async def run(_: web.Application) -> AsyncIterator[None]:
        emulator.live.resume()
        api.start_pushing()
        yield
        emulator.live.close()
        emulator.webhook.stop()
        api.stop()

    app.cleanup_ctx.append(run)
    return app


@asynccontextmanager
async def running_server(  # noqa: PLR0913 - each is one fact a caller may leave out
    world_folder: Path,
    port: int = 0,
    *,
    now: Callable[[], float] = time.time,
    town: Json | None = None,
    clock_file: Path | None = None,
    time_zone: str = "UTC",
    token: str = USUAL_TOKEN,
) -> AsyncIterator[RunningServer]:
    """Serve a world folder on a port (0: any free one) until the block ends.

    Raises OSError when the port or the folder cannot be used, BlockingIOError (an OSError) when
    another server uses the folder.
    """
    setup = Setup(
        world_folder=world_folder,
        now=now,
        town=town,
        clock_file=clock_file,
        time_zone=time_zone,
        token=token,
    )
    emulator = await asyncio.to_thread(build, setup)
    runner = web.AppRunner(
        make_app(emulator), access_log=None, shutdown_timeout=0.2, handler_cancellation=True
    )
    try:
        await runner.setup()
        site = web.TCPSite(runner, HOST, port, reuse_address=True)
        await site.start()
        bound_port = runner.addresses[0][1]
        yield RunningServer(port=bound_port, token=setup.token, emulator=emulator)
    finally:
        await runner.cleanup()
        await asyncio.to_thread(emulator.close)
