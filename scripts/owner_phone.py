"""The owner's phone on the page of the local Telegram: with a Start button that makes an owner, while the shop has none."""

import secrets

import aiohttp

from bot.opening import read_keys
from bot.settings import Settings
from handlers.admin.invitations import PREFIXES
from storage.crypto import Cipher
from storage.database import Database
from storage.records import Role

# An ordinary id: those of the sample shoppers are larger than any of Telegram's, those of shoppers made up on the
# page begin at 8,000,000,000.
OWNER_ID = 7_000_000_001
OWNER = {"id": OWNER_ID, "first_name": "Olivia", "about": "Runs the shop", "group": "The shop"}


async def new_owner_code(settings: Settings) -> str:
    """Give a code for the bot's one-time owner link, empty when the shop has an owner."""
    database = await Database.open(settings.database_url, cipher=Cipher(read_keys(settings)))
    try:
        async with database.reading() as work:
            return "" if await work.people.has_owner() else secrets.token_urlsafe(16)
    finally:
        await database.close()


async def offer_owner_phone(http: aiohttp.ClientSession, server_url: str, code: str) -> str:
    """Offer the owner among the people of the page; gives the address that opens their phone beside the others."""
    start = PREFIXES[Role.OWNER] + code if code else ""
    person = OWNER | ({"start": start} if start else {})
    async with http.post(f"{server_url}/people", json=person) as response:
        response.raise_for_status()
    return f"{server_url}/?add={OWNER_ID}" + (f"&start={start}" if start else "")
