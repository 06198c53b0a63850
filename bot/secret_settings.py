"""What must never be printed: read from the environment alone, never from config.toml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.errors import SettingsError

# With "owner_" before it, what a deep link carries: https://core.telegram.org/bots/features#deep-linking, 2026-11
OWNER_CODE = re.compile(r"[A-Za-z0-9_-]{16,58}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What must never be printed.

    `data_key` empty: read from the key file; `owner_code` empty: each start makes one and prints its link.
    """

    telegram_token: str = field(default="", repr=False)
    data_key: str = field(default="", repr=False)
    owner_code: str = field(default="", repr=False)


def read_secrets(environment: Mapping[str, str]) -> Secrets:
    """Read them; the names stand in the README. Raises SettingsError for an owner code no link can carry."""
    code = environment.get("CONCIERGE_OWNER_CODE", "").strip()
    if code and not OWNER_CODE.fullmatch(code):
        msg = "CONCIERGE_OWNER_CODE must be 16 to 58 of A-Z, a-z, 0-9, _ and -, or empty"
        raise SettingsError(msg)
    return Secrets(
        telegram_token=environment.get("TELEGRAM_TOKEN", "").strip(),
        data_key=environment.get("CONCIERGE_DATA_KEY", "").strip(),
        owner_code=code,
    )
