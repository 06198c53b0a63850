"""Keep the shop's time of day, which may differ from real time by a fixed offset.

Message dates on the wire are always real; only the bot and the page look at the shop's clock,
the bot through a small file with the offset. It knows nothing of chats.
"""

import datetime
import json
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from scripts.emulator.errors import PhoneError
from scripts.emulator.ledger import Ledger
from scripts.emulator.wire import Json


class Clock:
    """Real seconds since 1970, and the shop's time = real + offset_s."""

    def __init__(
        self,
        ledger: Ledger,
        now: Callable[[], float],
        *,
        time_zone: str,
        offset_file: Path | None = None,
    ) -> None:
        self._ledger = ledger
        self._zone = ZoneInfo(time_zone)
        self._offset_file = offset_file
        self.now = now

    def seconds(self) -> int:
        """Give real time in whole seconds since 1970, as the wire has it."""
        return int(self.now())

    @property
    def offset_s(self) -> float:
        """Give what is added to real time."""
        return float(self._ledger.table("clock").get("offset_s", 0.0))

    def show(self) -> Json:
        """Give the clock as the page reads it."""
        shop_time = datetime.datetime.fromtimestamp(self.now() + self.offset_s, self._zone)
        return {
            "now": shop_time.isoformat(timespec="seconds"),
            "offset_s": self.offset_s,
            "real": self.offset_s == 0.0,
            "time_zone": self._zone.key,
        }

    def set(self, wish: Json) -> Json:
        """Set by {"time": "HH:MM"}, {"offset_s": seconds} or {"real": true}.

        Raises PhoneError when the wish is none of these.
        """
        self._ledger.put("clock", "offset_s", self._offset_for(wish))
        return self.show()

    def _offset_for(self, wish: Json) -> float:
        if wish.get("real"):
            return 0.0
        try:
            if "offset_s" in wish:
                return float(wish["offset_s"])
            wanted = datetime.time.fromisoformat(str(wish["time"]))
        except (KeyError, ValueError, TypeError):
            text = 'The clock takes {"time": "21:30"}, {"offset_s": 3600} or {"real": true}.'
            raise PhoneError(text) from None
        today = datetime.datetime.fromtimestamp(self.now(), self._zone)
        moment = today.replace(hour=wanted.hour, minute=wanted.minute, second=wanted.second)
        return round(moment.timestamp() - self.now(), 3)

    def write_offset_file(self) -> None:
        """Write {"offset_s": …} for the bot, atomically. Blocks: call it in a thread."""
        if self._offset_file is None:
            return
        self._offset_file.parent.mkdir(parents=True, exist_ok=True)
        draft = self._offset_file.with_name(self._offset_file.name + ".new")
        draft.write_text(json.dumps({"offset_s": self.offset_s}), encoding="utf-8")
        draft.replace(self._offset_file)
