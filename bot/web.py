"""Our own small web server: the webhook, where there is one, and /healthz beside it.

It speaks plain HTTP; what ends Telegram's HTTPS stands in front. It does not know what is answered.
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from aiohttp import web

from bot.errors import PortError
from bot.health_page import HealthPage
from bot.setting_sections import TelegramSettings
from bot.settings_reading import Address
from bot.webhook import LARGEST_UPDATE_BYTES, Webhook


def web_app(settings: TelegramSettings, webhook: Webhook, health: HealthPage) -> web.Application:
    """Put together what is answered; the webhook only when the settings have one, at the path of its URL."""
    app = health_app(health)
    if settings.webhook_url:
        app.router.add_post(urlsplit(settings.webhook_url).path or "/", webhook.receive)
    return app


def health_app(health: HealthPage) -> web.Application:
    """Put together what a process answers that takes no updates."""
    app = web.Application(client_max_size=LARGEST_UPDATE_BYTES)
    app.router.add_get("/healthz", health.show)
    return app


@asynccontextmanager
async def serving(
    app: web.Application, addresses: Sequence[Address], drain_s: float
) -> AsyncIterator[None]:
    """Serve for the length of a block, and let what runs at its end finish for `drain_s`.

    Raises:
        PortError: an address is taken or not ours.
    """
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=drain_s)
    await runner.setup()
    try:
        for address in addresses:
            await _listen(runner, address)
        yield
    finally:
        await runner.cleanup()


async def _listen(runner: web.AppRunner, address: Address) -> None:
    try:
        await web.TCPSite(runner, address.host, address.port).start()
    except OSError as error:
        msg = (
            f"{address.host}:{address.port} cannot be listened on ({error.strerror})."
            " Stop what uses it, or choose another in config.toml: [telegram] webhook_listen, [health] listen."
        )
        raise PortError(msg) from None
