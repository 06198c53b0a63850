"""Every number and path of the process, read once at start and never changed.

Read in this order, the later wins: the defaults below, config.toml, .env, the environment. The key
`poll_timeout_s` of section `telegram` is `CONCIERGE_TELEGRAM__POLL_TIMEOUT_S` in the environment. Secrets (the token, the data key) are never read
from config.toml. Nothing here knows what the settings are used for.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from bot.errors import SettingsError
from bot.settings_reading import (
    Address,
    Between,
    check_known,
    read_environment,
    read_section,
    read_toml,
)

REAL_TELEGRAM = "https://api.telegram.org"
WEBHOOK_LISTEN = Address("127.0.0.1", 8443)
NOWHERE = Address()


@dataclass(frozen=True, slots=True, kw_only=True)
class ShopSettings:
    """How the concierge introduces itself."""

    name: str = "Maple Harbor"


@dataclass(frozen=True, slots=True, kw_only=True)
class TelegramSettings:
    """Where the Bot API is, and how updates come. A long poll lasts at most 50 s (Bot API server 10.0).

    An empty `webhook_url` is polling. Telegram calls it over HTTPS; what listens here is plain HTTP behind whatever ends
    that, and is asked for the path of the URL.
    """

    api_url: str = REAL_TELEGRAM
    poll_timeout_s: Annotated[int, Between(1, 50)] = 30
    request_timeout_s: Annotated[float, Between(1, 120)] = 20.0
    webhook_url: str = ""
    webhook_listen: Address = WEBHOOK_LISTEN

    @property
    def is_real(self) -> bool:
        """Whether this is Telegram itself and not a local server."""
        return self.api_url.rstrip("/") == REAL_TELEGRAM


@dataclass(frozen=True, slots=True, kw_only=True)
class StorageSettings:
    """Where data lives. An empty `url` is SQLite in the data folder; an empty `key_file` lies beside that folder."""

    data_folder: Path = Path("data/telegram")
    url: str = ""
    key_file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchSettings:
    """The embedding model and the index made with it. An empty `index_folder` lies in the data folder.

    With a `chroma_host` the index lies on that Chroma server, and not in a folder.
    """

    embedder_folder: Path = Path("models/all-MiniLM-L6-v2")
    backend: Literal["onnx", "torch", "toy"] = "onnx"
    threads: Annotated[int, Between(1, 64)] = 1
    index_folder: str = ""
    chroma_host: str = ""
    chroma_port: Annotated[int, Between(1, 65_535)] = 8000


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelSettings:
    """The model that phrases. Deadline and skip rule: ours; 50 turns a day: the daily quota asked for at first."""

    kind: Literal["gguf", "server", "scripted", "none"] = "gguf"
    path: Path = Path("models/SmolLM2-135M-Instruct.Q4_1.gguf")
    server_url: str = "http://127.0.0.1:8080/v1"
    server_model: str = "default"
    style: Literal["choose", "write"] = "choose"
    deadline_s: Annotated[float, Between(0.1, 60)] = 1.5
    threads: Annotated[int, Between(1, 64)] = 1
    misses_before_skip: Annotated[int, Between(1, 100)] = 2
    skip_s: Annotated[float, Between(1, 3600)] = 30.0
    turns_per_day: Annotated[int, Between(0, 100_000)] = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplySettings:
    """What a reply shows. The walking pace is the usual 80 m a minute; near and shown: ours."""

    options_shown: Annotated[int, Between(1, 8)] = 3
    near_m: Annotated[int, Between(50, 20_000)] = 1500
    walking_m_per_min: Annotated[float, Between(20, 200)] = 80.0


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverySettings:
    """How fast messages leave: about 30/s in all, 1/s a chat, 20/min a group (Telegram's bots FAQ, 2026-11-21)."""

    sends_per_s: Annotated[int, Between(1, 1000)] = 30
    per_chat_per_s: Annotated[float, Between(0.1, 100)] = 1.0
    per_chat_burst: Annotated[int, Between(1, 20)] = 5
    group_per_min: Annotated[int, Between(1, 600)] = 20
    parallel_sends: Annotated[int, Between(1, 200)] = 20
    tick_s: Annotated[float, Between(0.2, 60)] = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestSettings:
    """How updates are worked off. Attempts and staleness: DESIGN's promises; the rest: ours."""

    parallel_chats: Annotated[int, Between(1, 500)] = 50
    waiting_updates: Annotated[int, Between(100, 1_000_000)] = 5000
    attempts: Annotated[int, Between(1, 10)] = 3
    stale_after_min: Annotated[int, Between(1, 1440)] = 10
    drain_s: Annotated[float, Between(0.1, 60)] = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeSettings:
    """When a shopper is told of an offer close by, unasked. Sources of the numbers: fence.py and policy.py.

    Hours are the shopper's local ones; within the quiet ones, from `quiet_from_h` on, nobody is told anything.
    """

    per_day: Annotated[int, Between(0, 5)] = 1
    per_week: Annotated[int, Between(0, 20)] = 3
    cool_down_h: Annotated[float, Between(6, 720)] = 24.0
    quiet_from_h: Annotated[int, Between(0, 23)] = 21
    quiet_until_h: Annotated[int, Between(0, 23)] = 9
    fastest_m_per_s: Annotated[float, Between(0.5, 7)] = 3.0
    dwell_s: Annotated[float, Between(0, 1800)] = 120.0
    stale_s: Annotated[float, Between(10, 900)] = 120.0
    look_every_s: Annotated[float, Between(1, 60)] = 5.0
    send_within_min: Annotated[float, Between(1, 30)] = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSettings:
    """How long what was worked off is kept. Telegram repeats an update for at most a day; ids are unique for 48 h."""

    inbox_h: Annotated[int, Between(48, 720)] = 48
    outbox_h: Annotated[int, Between(1, 720)] = 72
    dialogues_days: Annotated[int, Between(1, 365)] = 30
    visits_days: Annotated[int, Between(1, 365)] = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthSettings:
    """Where /healthz is answered, apart from `webhook_listen`, which answers it too; empty: nowhere else."""

    listen: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSettings:
    """A file with {"offset_s": seconds} that moves the shop's clock; empty: the shop lives in real time."""

    file: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What must never be printed. `data_key` empty: read from the key file."""

    telegram_token: str = field(default="", repr=False)
    data_key: str = field(default="", repr=False)


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
    sections["model"] = replace(
        sections["model"], path=folder / sections["model"].path.expanduser()
    )
    secrets = Secrets(
        telegram_token=environment.get("TELEGRAM_TOKEN", "").strip(),
        data_key=environment.get("CONCIERGE_DATA_KEY", "").strip(),
    )
    return Settings(folder=folder, secrets=secrets, **sections)


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
