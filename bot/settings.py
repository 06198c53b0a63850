"""Every number and path of the process, read once at start and never changed.

Read in this order, the later wins: the defaults below, config.toml, .env, the environment. The key
`poll_timeout_s` of section `telegram` is `CONCIERGE_TELEGRAM__POLL_TIMEOUT_S` in the environment. Secrets (the token, the data key) are never read
from config.toml. Nothing here knows what the settings are used for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.secret_settings import Secrets, read_secrets
from bot.setting_sections import (
    ClockSettings,
    DeliverySettings,
    HealthSettings,
    IngestSettings,
    ModelSettings,
    NudgeSettings,
    OrderSettings,
    ReminderSettings,
    ReplySettings,
    RetentionSettings,
    ReturnSettings,
    SearchSettings,
    ShopSettings,
    StorageSettings,
    TelegramSettings,
)
from bot.settings_reading import (
    Address,
    check_known,
    read_environment,
    read_section,
    read_toml,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All of it. Paths are absolute after `load_settings`."""

    folder: Path
    secrets: Secrets
    shop: ShopSettings
    telegram: TelegramSettings
    storage: StorageSettings
    search: SearchSettings
    model: ModelSettings
    replies: ReplySettings
    delivery: DeliverySettings
    ingest: IngestSettings
    nudges: NudgeSettings
    reminders: ReminderSettings
    orders: OrderSettings
    returns: ReturnSettings
    retention: RetentionSettings
    health: HealthSettings
    clock: ClockSettings

    @property
    def listens_at(self) -> list[Address]:
        """Give the addresses of our own web server, none when nobody needs it."""
        asked = {self.health.listen: self.health.listen.is_set}
        if self.telegram.webhook_url:
            asked[self.telegram.webhook_listen] = True
        return [address for address, is_wanted in asked.items() if is_wanted]

    @property
    def is_on_server(self) -> bool:
        """Whether the database is a server, which tells other processes of new messages by itself."""
        return not self.database_url.startswith("sqlite")

    @property
    def database_url(self) -> str:
        """Give the database's SQLAlchemy URL."""
        return self.storage.url or f"sqlite+aiosqlite:///{self.storage.data_folder}/concierge.db"

    @property
    def key_file(self) -> Path:
        """Give the file of the data key: apart from the data, so that a copied data folder is unreadable."""
        data = self.storage.data_folder
        beside = self.folder / "keys" if data.is_relative_to(self.folder) else data.parent
        return self.folder / (self.storage.key_file or beside / f"{data.name}.key")

    @property
    def backup_folder(self) -> Path:
        """Give the folder of backups and erasure list: apart from the data, which a restore replaces."""
        data = self.storage.data_folder
        beside = self.folder if data.is_relative_to(self.folder) else data.parent
        return self.folder / (self.storage.backup_folder or beside / "backups" / data.name)

    @property
    def index_folder(self) -> Path:
        """Give the folder of the search index."""
        return self.folder / (self.search.index_folder or self.storage.data_folder / "index")


SECTIONS = {
    "shop": ShopSettings,
    "telegram": TelegramSettings,
    "storage": StorageSettings,
    "search": SearchSettings,
    "model": ModelSettings,
    "replies": ReplySettings,
    "delivery": DeliverySettings,
    "ingest": IngestSettings,
    "nudges": NudgeSettings,
    "reminders": ReminderSettings,
    "orders": OrderSettings,
    "returns": ReturnSettings,
    "retention": RetentionSettings,
    "health": HealthSettings,
    "clock": ClockSettings,
}


def load_settings(folder: Path, environment: Mapping[str, str]) -> Settings:
    """Read the settings of the installation in `folder`; `environment` includes what .env says.

    Raises:
        SettingsError: in one line, which key is wrong and what it may be.
    """
    written = read_toml(folder / "config.toml")
    check_known("config.toml", written, SECTIONS)
    overrides = read_environment(environment)
    check_known("the environment (CONCIERGE_SECTION__KEY)", overrides, SECTIONS)
    sections: dict[str, Any] = {
        name: _section(name, kind, written.get(name, {}), overrides.get(name, {}))
        for name, kind in SECTIONS.items()
    }
    _check_webhook(sections["telegram"])
    storage: StorageSettings = sections["storage"]
    sections["storage"] = replace(
        storage,
        data_folder=folder / storage.data_folder.expanduser(),
        key_file=environment.get("CONCIERGE_DATA_KEY_FILE", "").strip() or storage.key_file,
    )
    sections["search"] = replace(
        sections["search"],
        embedder_folder=folder / sections["search"].embedder_folder.expanduser(),
    )
    model = sections["model"]
    sections["model"] = replace(
        model,
        path=folder / model.path.expanduser(),
        adapter=str(folder / model.adapter) if model.adapter else "",
    )
    settings = Settings(folder=folder, secrets=read_secrets(environment), **sections)
    _check_key_file(settings)
    return settings


def _check_key_file(settings: Settings) -> None:
    if settings.key_file.is_relative_to(settings.storage.data_folder):
        msg = (
            "storage.key_file must lie outside of storage.data_folder,"
            " so that a copy of the data cannot be read without it"
        )
        raise SettingsError(msg)


def _check_webhook(telegram: TelegramSettings) -> None:
    parts = urlsplit(telegram.webhook_url)
    if telegram.webhook_url and not (parts.scheme in ("http", "https") and parts.hostname):
        msg = f"telegram.webhook_url must be https://… or empty, not {telegram.webhook_url!r}"
        raise SettingsError(msg)
    if telegram.webhook_url and not telegram.webhook_listen.is_set:
        msg = 'telegram.webhook_listen must be "host:port" when there is a webhook_url'
        raise SettingsError(msg)


def _section(name: str, kind: type[Any], written: Any, overrides: Mapping[str, str]) -> Any:
    if not isinstance(written, dict):
        msg = f"config.toml: {name} must be a section, written [{name}]"
        raise SettingsError(msg)
    read_section(kind, f"config.toml [{name}]", written)
    return read_section(kind, name, {**written, **overrides})
