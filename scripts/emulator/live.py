"""Share, move and end live locations as a shopper's app does.

The first share is a message; every move an edit of it; the end an edit without live_period.
Source: core.telegram.org/bots/api#location (2026-11-21).
"""

import asyncio

from scripts.emulator.clock import Clock
from scripts.emulator.errors import PhoneError
from scripts.emulator.phones import Phones
from scripts.emulator.updates import Updates
from scripts.emulator.wire import Json
from scripts.emulator.world import World

FOR_EVER_S = 0x7FFFFFFF
SHORTEST_S, LONGEST_S = 60, 86_400
WIDEST_ACCURACY_M = 1500.0
HIGHEST_LATITUDE, HIGHEST_LONGITUDE, FULL_TURN = 90, 180, 360  # degrees


def read_place(wish: Json) -> Json:
    """Give a Location from latitude, longitude and perhaps horizontal_accuracy in metres.

    Raises PhoneError when a number is missing or out of its range.
    """
    latitude, longitude = float(wish["latitude"]), float(wish["longitude"])
    if abs(latitude) > HIGHEST_LATITUDE or abs(longitude) > HIGHEST_LONGITUDE:
        text = "latitude is −90 to 90, longitude −180 to 180."
        raise PhoneError(text)
    place: Json = {"latitude": latitude, "longitude": longitude}
    if wish.get("horizontal_accuracy") is not None:
        accuracy_m = float(wish["horizontal_accuracy"])
        if not 0 <= accuracy_m <= WIDEST_ACCURACY_M:
            text = "horizontal_accuracy is 0 to 1500 m."
            raise PhoneError(text)
        place["horizontal_accuracy"] = accuracy_m
    return place


def read_live_period(wish: Json) -> int:
    """Give the live period in seconds. Raises PhoneError when Telegram does not offer it."""
    period_s = int(wish.get("live_period", 900))
    if period_s != FOR_EVER_S and not SHORTEST_S <= period_s <= LONGEST_S:
        text = "live_period is 60 to 86400 s, or 2147483647 for ever."
        raise PhoneError(text)
    return period_s


def _read_heading(wish: Json) -> Json:
    if wish.get("heading") is None:
        return {}
    heading = int(wish["heading"])
    if not 1 <= heading <= FULL_TURN:
        text = "heading is 1 to 360 degrees."
        raise PhoneError(text)
    return {"heading": heading}


class LiveShares:
    """The live location of each shopper, at most one."""

    def __init__(self, world: World, updates: Updates, phones: Phones, clock: Clock) -> None:
        self._world = world
        self._updates = updates
        self._phones = phones
        self._clock = clock
        self._endings: dict[int, asyncio.TimerHandle] = {}

    def read_start(self, wish: Json) -> Json:
        """Give the Location of a share that begins."""
        return read_place(wish) | _read_heading(wish) | {"live_period": read_live_period(wish)}

    def begin(self, user_id: int, message: Json) -> None:
        """Watch over a share whose message was just sent."""
        self._world.set_trait(user_id, "live_message_id", message["message_id"])
        self._plan_end(user_id, message)

    def resume(self) -> None:
        """Watch again over the shares that were open when the server stopped."""
        for key, row in list(self._world.ledger.table("user").items()):
            message_id = row.get("live_message_id")
            message = self._world.message(int(key), message_id) if message_id else None
            if message is not None:
                self._plan_end(int(key), message)

    def _plan_end(self, user_id: int, message: Json) -> None:
        period_s = message["location"]["live_period"]
        if period_s == FOR_EVER_S:
            return
        left_s = message["date"] + period_s - self._clock.now()
        loop = asyncio.get_running_loop()
        self._endings[user_id] = loop.call_later(max(0.0, left_s), self.end, user_id)

    def current(self, user_id: int) -> Json | None:
        """Give the message of the share that is open, None when none is."""
        message_id = self._world.trait(user_id, "live_message_id")
        return self._world.message(user_id, message_id) if isinstance(message_id, int) else None

    def move(self, user_id: int, wish: Json) -> Json:
        """Move an open share and give the edited message. Raises PhoneError when none is open."""
        message = self._open_share(user_id)
        kept = {"live_period": message["location"]["live_period"]}
        return self._edit(message, read_place(wish) | _read_heading(wish) | kept)

    def end(self, user_id: int, *, silently: bool = False) -> Json | None:
        """End a share; silently: without the last edit, which Telegram does not guarantee."""
        timer = self._endings.pop(user_id, None)
        if timer is not None:
            timer.cancel()
        message = self.current(user_id)
        self._world.set_trait(user_id, "live_message_id", None)
        if message is None or silently:
            return message
        place = {
            key: value
            for key, value in message["location"].items()
            if key not in {"live_period", "heading", "proximity_alert_radius"}
        }
        return self._edit(message, place)

    def stop(self, user_id: int) -> Json:
        """End a share by hand. Raises PhoneError when none is open."""
        self._open_share(user_id)
        return self.end(user_id) or {}

    def close(self) -> None:
        """Forget the timers."""
        for timer in self._endings.values():
            timer.cancel()

    def _open_share(self, user_id: int) -> Json:
        message = self.current(user_id)
        if message is None:
            text = "No live location is being shared."
            raise PhoneError(text)
        return message

    def _edit(self, message: Json, place: Json) -> Json:
        edited = message | {"location": place, "edit_date": self._clock.seconds()}
        self._world.save_message(edited)
        self._updates.publish("edited_message", edited, chat_id=edited["chat"]["id"])
        self._phones.show(edited["chat"]["id"], "edited", message=edited)
        return edited
