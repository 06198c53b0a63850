"""A shopper's phone in a program's hand: writes, taps and shares, and waits for what the bot says.

It speaks to the local Telegram server over HTTP, as the phone page does, and knows nothing of the bot.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp

Message = dict[str, Any]
LONGEST_POLL_S = 20.0
# Long, since a busy machine is no silent bot.
PATIENCE_S = 60.0


class PhoneError(Exception):
    """The local server refused, or the bot stayed silent."""


class Phone:
    """One shopper's phone. It remembers up to which message it has read."""

    def __init__(
        self, http: aiohttp.ClientSession, server_url: str, user_id: int, first_name: str = "Mia"
    ) -> None:
        self._http = http
        self._url = f"{server_url}/phone/{user_id}"
        self._first_name = first_name
        self._read_to = 0
        self.user_id = user_id

    async def write(self, text: str) -> int:
        """Send a text or a command, and give its message id."""
        wish = {"text": text, "first_name": self._first_name, "language_code": "en"}
        return int((await self.act("text", wish))["message_id"])

    async def tap(self, message: Message, label: str) -> Message:
        """Tap a button under a message by its label."""
        return await self.act("tap", {"message_id": message["message_id"], "label": label})

    async def share_place(self, latitude: float, longitude: float) -> None:
        """Share a one-shot location, in degrees."""
        place = {"latitude": latitude, "longitude": longitude, "horizontal_accuracy": 10}
        await self.act("location", place)

    async def act(self, act: str, wish: Message) -> Message:
        """Do anything else the server offers, such as "block"."""
        async with self._http.post(f"{self._url}/{act}", json=wish) as response:
            answer: Message = await response.json()
            if not response.ok:
                msg = f"{act}: {answer}"
                raise PhoneError(msg)
            return answer

    async def hear(self, count: int = 1, *, within_s: float = PATIENCE_S) -> list[Message]:
        """Wait for the bot's next messages, at least `count`, and give all that are there.

        Raises:
            PhoneError: fewer came in time.
        """
        heard: list[Message] = []
        deadline_s = time.monotonic() + within_s
        while len(heard) < count:
            left_s = deadline_s - time.monotonic()
            if left_s <= 0:
                msg = f"heard {len(heard)} of {count} messages within {within_s:g} s"
                raise PhoneError(msg)
            for message in await self._messages(self._read_to, min(left_s, LONGEST_POLL_S)):
                self._read_to = max(self._read_to, message["message_id"])
                if message["from"]["is_bot"]:
                    heard.append(message)
        return heard

    async def reaction(
        self, doing: Awaitable[object], *, within_s: float = PATIENCE_S
    ) -> list[Message]:
        """Do something and wait for what the bot shows for it: a new or edited message, or a toast.

        Gives the events, each with its "kind" and its "message" or "text".

        Raises:
            PhoneError: nothing came in time.
        """
        return await self._events_after(doing, _is_from_bot, within_s)

    async def typing(self, doing: Awaitable[object], *, within_s: float = PATIENCE_S) -> None:
        """Do something and wait until the bot shows that it types.

        Raises:
            PhoneError: it did not in time.
        """
        await self._events_after(doing, lambda event: event["kind"] == "typing", within_s)

    async def _events_after(
        self, doing: Awaitable[object], is_wanted: Callable[[Message], bool], within_s: float
    ) -> list[Message]:
        sequence = await self._sequence()
        await doing
        deadline_s = time.monotonic() + within_s
        while (left_s := deadline_s - time.monotonic()) > 0:
            sequence, events = await self._events(sequence, min(left_s, LONGEST_POLL_S))
            shown = [event for event in events if is_wanted(event)]
            if shown:
                return shown
        msg = f"nothing came back within {within_s:g} s"
        raise PhoneError(msg)

    async def history(self) -> list[Message]:
        """Give the whole chat as it looks now, both sides."""
        return await self._messages(0, 0)

    async def asks_for_place(self) -> bool:
        """Tell whether the keyboard below the chat has the button that shares a place."""
        async with self._http.get(self._url) as response:
            keyboard = (await response.json())["reply_keyboard"] or {}
        rows = keyboard.get("keyboard", [])
        return any(button.get("request_location") for row in rows for button in row)

    async def see(
        self,
        message_id: int,
        is_as_wanted: Callable[[Message], bool],
        *,
        within_s: float = PATIENCE_S,
    ) -> Message:
        """Wait until a message on the screen looks as wanted (edits), and give it.

        Raises:
            PhoneError: it did not in time.
        """
        sequence = await self._sequence()
        deadline_s = time.monotonic() + within_s
        while True:
            for message in await self.history():
                if message["message_id"] == message_id and is_as_wanted(message):
                    return message
            left_s = deadline_s - time.monotonic()
            if left_s <= 0:
                msg = f"message {message_id} did not change as wanted within {within_s:g} s"
                raise PhoneError(msg)
            sequence = await self._next_event(sequence, min(left_s, LONGEST_POLL_S))

    async def _messages(self, after: int, wait_s: float) -> list[Message]:
        query = {"after": str(after), "wait": str(wait_s)}
        async with self._http.get(f"{self._url}/messages", params=query) as response:
            return list((await response.json())["messages"])

    async def _sequence(self) -> int:
        async with self._http.get(f"{self._url}/events") as response:
            return int((await response.json())["seq"])

    async def _next_event(self, after: int, wait_s: float) -> int:
        return (await self._events(after, wait_s))[0]

    async def _events(self, after: int, wait_s: float) -> tuple[int, list[Message]]:
        query = {"after": str(after), "wait": str(wait_s)}
        async with self._http.get(f"{self._url}/events", params=query) as response:
            answer = await response.json()
            return int(answer["seq"]), list(answer["events"])


def _is_from_bot(event: Message) -> bool:
    """Tell whether an event is words of the bot's on the screen."""
    if event["kind"] == "callback_answer":
        return bool(event.get("text"))
    return event["kind"] in ("message", "edited") and event["message"]["from"]["is_bot"]


def text_of(message: Message) -> str:
    """Give a message's words."""
    return str(message.get("text") or message.get("caption") or "")


def labels_of(message: Message) -> list[str]:
    """Give the labels of the buttons under a message."""
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


async def wait_for_bot(
    http: aiohttp.ClientSession, server_url: str, *, within_s: float = PATIENCE_S
) -> None:
    """Wait until a bot polls the server.

    Raises:
        PhoneError: none did in time.
    """
    deadline_s = time.monotonic() + within_s
    while time.monotonic() < deadline_s:
        async with http.get(f"{server_url}/bot") as response:
            if (await response.json())["ready"]:
                return
        await asyncio.sleep(0.1)
    msg = f"no bot came within {within_s:g} s"
    raise PhoneError(msg)
