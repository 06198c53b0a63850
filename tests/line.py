"""A wire between a program and a server that a test can cut and join again."""

import asyncio
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import make_url


def free_port() -> int:
    """Give a port on this machine where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Line:
    """A wire between the bot and the database server, which can be cut and joined again."""

    def __init__(self, host: str, port: int) -> None:
        self._to = (host, port)
        self.port = free_port()
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()

    async def join(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    async def cut(self) -> None:
        if self._server is not None:
            self._server.close()
            self._server = None
        for end in list(self._open):
            end.transport.abort()

    async def _carry(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        far_in, far_out = await asyncio.open_connection(*self._to)
        self._open |= {near_out, far_out}
        await asyncio.gather(self._pump(near_in, far_out), self._pump(far_in, near_out))
        self._open -= {near_out, far_out}

    async def _pump(self, source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        try:
            while data := await source.read(65_536):
                target.write(data)
                await target.drain()
        except ConnectionError:
            pass
        finally:
            target.close()


@asynccontextmanager
async def line_to(url: str) -> AsyncIterator[tuple[Line, str]]:
    """Give a line to the database of a URL, and the URL at its near end."""
    parsed = make_url(url)
    line = Line(parsed.host or "127.0.0.1", parsed.port or 5432)
    await line.join()
    near = parsed.set(host="127.0.0.1", port=line.port)
    yield line, near.render_as_string(hide_password=False)
    await line.cut()
