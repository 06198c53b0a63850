"""What every process that speaks to Telegram is made of: the client, and the pump that sends."""

import os
import socket
from functools import partial

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.utils.token import TokenValidationError

from bot import sending
from bot.clock import machine_now
from bot.crew import Crew, CrewParts
from bot.delivery import Delivery, DeliveryParts
from bot.errors import TokenError
from bot.health import Health
from bot.lease import Process
from bot.settings import Settings
from storage.database import Database

NO_TOKEN = (
    "TELEGRAM_TOKEN is not set. Get a token from @BotFather and put it into .env,"  # noqa: S105
    " or run scripts/run without one to try it on a local Telegram."
)
NOT_A_TOKEN = (
    "TELEGRAM_TOKEN does not look like a token (123456:ABC…). Copy it again from @BotFather."  # noqa: S105
)


def make_bot(settings: Settings) -> Bot:
    """Make aiogram's client for the Bot API server in the settings.

    Raises:
        TokenError: there is no token, or it does not look like one.
    """
    if not settings.secrets.telegram_token:
        raise TokenError(NO_TOKEN)
    server = TelegramAPIServer.from_base(settings.telegram.api_url)
    session = AiohttpSession(api=server, timeout=settings.telegram.request_timeout_s)
    try:
        return Bot(settings.secrets.telegram_token, session=session)
    except TokenValidationError:
        raise TokenError(NOT_A_TOKEN) from None


def this_process() -> Process:
    """Give what others know this process by."""
    return Process(socket.gethostname(), os.getpid())


def make_delivery(settings: Settings, bot: Bot, database: Database, health: Health) -> Delivery:
    """Make the pump, awake to every commit of this process that adds messages."""
    crew = Crew(CrewParts(database=database, now=machine_now, process=this_process()))
    parts = DeliveryParts(
        database=database,
        crew=crew,
        send=partial(sending.call, bot),
        health=health,
        now=machine_now,
        is_real=settings.telegram.is_real,
    )
    delivery = Delivery(parts, settings.delivery)
    database.on_outbox(delivery.wake)
    return delivery
