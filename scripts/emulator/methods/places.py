"""Send places: a point, a live point that moves, a venue."""

from scripts.emulator.emulator import Emulator, Method
from scripts.emulator.errors import BadRequestError, PhoneError
from scripts.emulator.keyboards import read_markup
from scripts.emulator.live import FOR_EVER_S, LONGEST_S, SHORTEST_S, read_place
from scripts.emulator.parameters import Parameters
from scripts.emulator.sending import change, find_own_message, send
from scripts.emulator.wire import Json

LONGEST_HEADING = 360
LONGEST_ALERT_M = 100_000


def _read_place(parameters: Parameters) -> Json:
    if not parameters.text("latitude"):
        raise BadRequestError("latitude is empty")
    if not parameters.text("longitude"):
        raise BadRequestError("longitude is empty")
    names = ("latitude", "longitude", "horizontal_accuracy")
    values = {name: parameters.number(name) for name in names if name in parameters}
    if values["latitude"] is None or values["longitude"] is None:
        raise BadRequestError("invalid location specified")
    try:
        return read_place(values)
    except PhoneError:
        raise BadRequestError("invalid location specified") from None


def _read_live(parameters: Parameters) -> Json:
    """Give heading and alert radius of a live point."""
    found: Json = {}
    for name, largest in (
        ("heading", LONGEST_HEADING),
        ("proximity_alert_radius", LONGEST_ALERT_M),
    ):
        value = parameters.integer(name)
        if value:
            if not 1 <= value <= largest:
                raise BadRequestError(f"invalid {name} specified")
            found[name] = value
    return found


async def send_location(emulator: Emulator, parameters: Parameters) -> Json:
    """Send a point; with live_period one that may be moved."""
    place = _read_place(parameters)
    period_s = parameters.integer("live_period")
    if period_s:
        if period_s != FOR_EVER_S and not SHORTEST_S <= period_s <= LONGEST_S:
            raise BadRequestError("invalid live_period specified")
        place |= {"live_period": period_s} | _read_live(parameters)
    return send(emulator, parameters, {"location": place})


async def send_venue(emulator: Emulator, parameters: Parameters) -> Json:
    """Send a place with a name and an address."""
    place = _read_place(parameters)
    venue: Json = {"location": place}
    for name in ("title", "address"):
        if not parameters.text(name).strip():
            raise BadRequestError(f"venue {name} must be non-empty")
        venue[name] = parameters.text(name)
    for name in ("foursquare_id", "foursquare_type", "google_place_id", "google_place_type"):
        if parameters.text(name):
            venue[name] = parameters.text(name)
    return send(emulator, parameters, {"location": place, "venue": venue})


def _find_live(emulator: Emulator, parameters: Parameters) -> Json:
    message = find_own_message(emulator, parameters)
    location = message.get("location", {})
    over = message["date"] + location.get("live_period", 0) < emulator.clock.now()
    if "live_period" not in location or over:
        raise BadRequestError("message can't be edited")
    return message


def _markup(parameters: Parameters) -> Json:
    inline = read_markup(parameters).inline
    return {"reply_markup": inline} if inline else {}


async def edit_message_live_location(emulator: Emulator, parameters: Parameters) -> Json:
    """Move the bot's own live point."""
    message = _find_live(emulator, parameters)
    place = _read_place(parameters) | _read_live(parameters)
    place["live_period"] = parameters.integer("live_period", message["location"]["live_period"])
    fields = {"location": place} | _markup(parameters)
    return change(emulator, message, fields, {"location", "reply_markup"})


async def stop_message_live_location(emulator: Emulator, parameters: Parameters) -> Json:
    """Stop the bot's own live point where it is."""
    message = _find_live(emulator, parameters)
    kept = ("latitude", "longitude", "horizontal_accuracy")
    place = {key: value for key, value in message["location"].items() if key in kept}
    fields = {"location": place} | _markup(parameters)
    return change(emulator, message, fields, {"location", "reply_markup"})


METHODS: dict[str, Method] = {
    "sendLocation": send_location,
    "sendVenue": send_venue,
    "editMessageLiveLocation": edit_message_live_location,
    "stopMessageLiveLocation": stop_message_live_location,
}
