"""Takes every coordinate out of a raw update, so that none reaches the disk (pure).

It works on Telegram's JSON by the names of fields, wherever they stand: in the message, what it answers, what it quotes
from elsewhere, or a part of an update that did not exist when this was written. Only the shopper's own place is given back.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from knowledge.nearby.places import Fix

# Fields beside latitude and longitude that say where somebody is or goes (Bot API 10.0, Location).
TELLING = frozenset({"horizontal_accuracy", "heading", "proximity_alert_radius"})
OWN_MESSAGES = ("message", "edited_message")


@dataclass(frozen=True, slots=True)
class Stripped:
    """An update without coordinates, and the sender's own place when the update was about that."""

    update: dict[str, Any]
    fix: Fix | None


def strip_coordinates(update: Mapping[str, Any], received_at: datetime) -> Stripped:
    """Split an update into what may be stored and what stays in memory.

    A forwarded location, a venue, one sent through another bot or outside a private chat is nobody's own place:
    it is taken out and given to no one.
    """
    return Stripped(update=_without(update), fix=own_fix(update, received_at))


def own_fix(update: Mapping[str, Any], received_at: datetime) -> Fix | None:
    """Give the sender's own place in degrees, or None; a time in the future counts as `received_at`."""
    message = next(
        (update[key] for key in OWN_MESSAGES if isinstance(update.get(key), dict)), None
    )
    if message is None or not _is_own(message):
        return None
    location = message["location"]
    latitude, longitude = location.get("latitude"), location.get("longitude")
    if not (_within(latitude, 90) and _within(longitude, 180)):
        return None
    accuracy_m = location.get("horizontal_accuracy")
    return Fix(
        latitude=float(latitude),
        longitude=float(longitude),
        accuracy_m=float(accuracy_m) if _within(accuracy_m, 1500) else None,
        seen_at=_seen_at(message, received_at),
        is_live="live_period" in location,
    )


def _is_own(message: Mapping[str, Any]) -> bool:
    """Tell whether the message is a place that its sender shared as their own."""
    chat = message.get("chat")
    return (
        isinstance(message.get("location"), dict)
        and isinstance(chat, dict)
        and chat.get("type") == "private"
        and not any(key in ("venue", "via_bot") or key.startswith("forward_") for key in message)
    )


def _within(value: object, limit: float) -> bool:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return is_number and isfinite(value) and abs(value) <= limit  # type: ignore[arg-type]  # a number by now


def _seen_at(message: Mapping[str, Any], received_at: datetime) -> datetime:
    told = message.get("edit_date") or message.get("date")
    if not _within(told, 1e11):
        return received_at
    return min(datetime.fromtimestamp(float(told or 0), UTC), received_at)


def _without(value: Any) -> Any:
    """Copy JSON, with zeros for coordinates and without the fields that tell more."""
    if isinstance(value, list):
        return [_without(part) for part in value]
    if not isinstance(value, Mapping):
        return value
    if "latitude" in value or "longitude" in value:
        kept = {key: _without(part) for key, part in value.items() if key not in TELLING}
        return kept | {"latitude": 0, "longitude": 0}
    if "traveler" in value and "watcher" in value:
        return {key: _without(part) for key, part in value.items()} | {"distance": 0}
    return {key: _without(part) for key, part in value.items()}
