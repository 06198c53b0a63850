"""Answer how a bot introduces itself and receives updates."""

from scripts.emulator.emulator import Emulator, Method
from scripts.emulator.errors import WEBHOOK_ACTIVE, BadRequestError, ConflictError
from scripts.emulator.parameters import Parameters
from scripts.emulator.polling import LONGEST_POLL_S, MOST_UPDATES
from scripts.emulator.webhook import check_address, check_secret
from scripts.emulator.wire import Json

MOST_CONNECTIONS = 100
USUAL_CONNECTIONS = 40


async def get_me(emulator: Emulator, _: Parameters) -> Json:
    """Describe the bot."""
    return emulator.world.bot_profile()


async def get_updates(emulator: Emulator, parameters: Parameters) -> list[Json]:
    """Give pending updates, waiting for the first when asked to."""
    if emulator.webhook.is_set():
        raise ConflictError(WEBHOOK_ACTIVE)
    emulator.updates.allow(_allowed(parameters))
    return await emulator.poll.fetch(
        offset=parameters.integer("offset"),
        limit=parameters.integer("limit", MOST_UPDATES, low=1, high=MOST_UPDATES),
        timeout_s=parameters.integer("timeout", 0, low=0, high=LONGEST_POLL_S),
    )


def _allowed(parameters: Parameters) -> object:
    kinds = parameters.structure("allowed_updates", "can't parse allowed updates JSON object")
    if kinds is not None and not isinstance(kinds, list):
        raise BadRequestError("object expected as allowed updates")
    return kinds


async def set_webhook(emulator: Emulator, parameters: Parameters) -> bool:
    """Push updates to an address from now on; an empty one is deleteWebhook."""
    url = parameters.text("url").strip()
    kinds = _allowed(parameters)
    secret = parameters.text("secret_token")
    if url:
        check_address(url)
        check_secret(secret)
    emulator.updates.allow(kinds)
    if parameters.flag("drop_pending_updates"):
        emulator.updates.drop_all()
    connections = parameters.integer(
        "max_connections", USUAL_CONNECTIONS, low=1, high=MOST_CONNECTIONS
    )
    settings = {"url": url, "secret_token": secret, "max_connections": connections}
    if parameters.text("ip_address"):
        settings["ip_address"] = parameters.text("ip_address")
    emulator.webhook.set(settings if url else {})
    if url:
        emulator.poll.end()
    return True


async def delete_webhook(emulator: Emulator, parameters: Parameters) -> bool:
    """Go back to long polling."""
    if parameters.flag("drop_pending_updates"):
        emulator.updates.drop_all()
    emulator.webhook.set({})
    return True


async def get_webhook_info(emulator: Emulator, _: Parameters) -> Json:
    """Describe the webhook."""
    return emulator.webhook.info()


async def log_out(emulator: Emulator, _: Parameters) -> bool:
    """Say goodbye; the next call logs in again, as on a local server."""
    emulator.poll.end("terminated by logOut")
    return True


async def close(emulator: Emulator, _: Parameters) -> bool:
    """Close the bot's instance; the next call opens it again."""
    emulator.poll.end("terminated by close")
    return True


METHODS: dict[str, Method] = {
    "getMe": get_me,
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
    "logOut": log_out,
    "close": close,
}
