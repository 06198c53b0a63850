"""Talk to a running local Telegram server over HTTP, as a bot and as shoppers."""

import json
from dataclasses import dataclass, field
from typing import Any

import aiohttp

from scripts.emulator import RunningServer

Json = dict[str, Any]


@dataclass(slots=True)
class SettableTime:
    """A clock that stands still until a test moves it."""

    seconds: float = 1_800_000_000.0

    def __call__(self) -> float:
        return self.seconds


@dataclass(slots=True)
class Caller:
    """The bot's and the shoppers' calls, with plain answers."""

    server: RunningServer
    session: aiohttp.ClientSession
    time: SettableTime = field(default_factory=SettableTime)

    async def call(self, method: str, **parameters: object) -> Json:
        """Call a method urlencoded, as both libraries do, and give the envelope."""
        form = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in parameters.items()
        }
        url = f"{self.server.url}/bot{self.server.token}/{method}"
        async with self.session.post(url, data=form) as response:
            envelope: Json = await response.json()
            assert response.status == envelope.get("error_code", 200)
            return envelope

    async def result(self, method: str, **parameters: object) -> Any:
        """Call a method that succeeds."""
        envelope = await self.call(method, **parameters)
        assert envelope["ok"], envelope
        return envelope["result"]

    async def refusal(self, method: str, **parameters: object) -> str:
        """Call a method that fails and give "code description"."""
        envelope = await self.call(method, **parameters)
        assert not envelope["ok"], envelope
        return f"{envelope['error_code']} {envelope['description']}"

    async def say(self, text: str, user_id: int = 7, **wish: object) -> int:
        """Let a shopper write, and give the message id."""
        sent = await self.phone(f"{user_id}/text", text=text, **wish)
        message_id: int = sent["message_id"]
        return message_id

    async def phone(self, path: str, **wish: object) -> Json:
        """Let a shopper do something that succeeds."""
        async with self.session.post(f"{self.server.url}/phone/{path}", json=wish) as response:
            answer: Json = await response.json()
            assert response.status == 200, answer
            return answer

    async def mistake(self, path: str, **wish: object) -> str:
        """Let a shopper try what the apps do not allow, and give what they are told."""
        async with self.session.post(f"{self.server.url}/phone/{path}", json=wish) as response:
            assert response.status == 400
            answer: Json = await response.json()
            return str(answer["error"])

    async def post(self, path: str, **wish: object) -> Any:
        """Post to one of the server's own addresses."""
        async with self.session.post(f"{self.server.url}/{path}", json=wish) as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def get(self, path: str) -> Any:
        """Read from one of the server's own addresses."""
        async with self.session.get(f"{self.server.url}/{path}") as response:
            assert response.status == 200, await response.text()
            return await response.json()

    async def updates(self, **parameters: object) -> list[Json]:
        """Fetch what is pending without confirming it."""
        found: list[Json] = await self.result("getUpdates", **parameters)
        return found

    async def last_update(self) -> Json:
        """Fetch the newest update alone."""
        return (await self.updates(offset=-1))[0]
