"""The sections of config.toml with their defaults, ranges and sources; nothing here reads a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from bot.settings_reading import Address, Between, Places
from knowledge.order_rules import KindLimits, OrderLimits

REAL_TELEGRAM = "https://api.telegram.org"
WEBHOOK_LISTEN = Address("127.0.0.1", 8443)
NOWHERE = Address()
NO_PLACES = Places()


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
    """Where data lives. An empty `url` is SQLite in the data folder; what else is empty lies beside that folder.

    From `backup_at_h` o'clock UTC on SQLite is backed up, once a day; -1: never. Three at night: ours.
    """

    data_folder: Path = Path("data/telegram")
    url: str = ""
    key_file: str = ""
    backup_folder: str = ""
    backup_at_h: Annotated[int, Between(-1, 23)] = 3


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
    """The model that phrases. Deadline, drafts and skip rule: ours; 50 turns a day: the daily quota asked for at first."""

    kind: Literal["gguf", "server", "scripted", "none"] = "gguf"
    path: Path = Path("models/SmolLM2-135M-Instruct.Q4_1.gguf")
    server_url: str = "http://127.0.0.1:8080/v1"
    server_model: str = "default"
    adapter: str = "knowledge/llm/adapter/phrasing.gguf"
    deadline_s: Annotated[float, Between(0.1, 60)] = 1.5
    drafts: Annotated[int, Between(1, 5)] = 2
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

    Hours are the shopper's local ones; within the quiet ones, from `quiet_from_h` on, nobody is told anything. Nothing is
    sent within `exclusion_m` of a health service in the catalogue, or of one of `exclusion_places`.
    """

    per_day: Annotated[int, Between(0, 5)] = 1
    per_week: Annotated[int, Between(0, 20)] = 3
    cool_down_h: Annotated[float, Between(6, 720)] = 24.0
    quiet_from_h: Annotated[int, Between(0, 23)] = 21
    quiet_until_h: Annotated[int, Between(0, 23)] = 9
    fastest_m_per_s: Annotated[float, Between(0.5, 7)] = 3.0
    dwell_s: Annotated[float, Between(0, 1800)] = 110.0
    stale_s: Annotated[float, Between(10, 900)] = 120.0
    look_every_s: Annotated[float, Between(1, 60)] = 5.0
    send_within_min: Annotated[float, Between(1, 30)] = 5.0
    exclusion_m: Annotated[float, Between(0, 5000)] = 610.0
    exclusion_places: Places = NO_PLACES
    holdout_share: Annotated[float, Between(0, 0.5)] = 0.1
    followed_at_most: Annotated[int, Between(100, 10_000_000)] = 300_000
    waiting_places: Annotated[int, Between(100, 1_000_000)] = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReminderSettings:
    """When those who asked for it are reminded, in their local hours, and how much a digest holds. All ours.

    `digest_on` is the day of the week from which on the digest is due: 0 is Monday, 3 Thursday.
    """

    from_h: Annotated[int, Between(0, 23)] = 10
    until_h: Annotated[int, Between(1, 23)] = 20
    coupon_days: Annotated[int, Between(1, 7)] = 2
    birthday_days: Annotated[int, Between(1, 30)] = 7
    digest_on: Annotated[int, Between(0, 6)] = 3
    digest_items: Annotated[int, Between(1, 5)] = 3
    share_ends_within_min: Annotated[float, Between(2, 10)] = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderSettings:
    """How booked orders are looked after. 15 minutes are what the shop promises for an answer; the rest: ours."""

    answer_within_min: Annotated[float, Between(1, 1440)] = 15.0
    look_every_s: Annotated[float, Between(0.2, 300)] = 10.0


_NOT_TAKEN_BACK = KindLimits.parse(
    "hot drinks, cold drinks, bakery, meals, flowers: 0: Returns, §3; groceries: 7: Returns, §3;"
    "pain and cold: 0: Returns, §5"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnSettings:
    """How long what was collected may be brought back, and which section of the shop's written rules says so.

    The defaults are those of the sample shop's rules. `kinds` are categories or aisles with days of their own, 0 = never.
    """

    days: Annotated[int, Between(0, 365)] = 30
    kinds: KindLimits = _NOT_TAKEN_BACK
    return_rule: str = "Returns, §1"
    exchange_rule: str = "Exchanges, §1"
    not_exchanged_rule: str = "Exchanges, §4"
    change_rule: str = "Exchanges, §5"
    cancel_rule: str = "Refunds, §5"

    @property
    def limits(self) -> OrderLimits:
        """Give them as the rules for orders take them."""
        return OrderLimits(
            self.days,
            self.kinds.limits,
            self.return_rule,
            self.exchange_rule,
            self.not_exchanged_rule,
            self.change_rule,
            self.cancel_rule,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionSettings:
    """How long what was worked off is kept. Telegram repeats an update for at most a day; ids are unique for 48 h.

    A taste outlives the season it came from, so signals last a year; backups and the rest: ours. With vault_days below
    dialogues_days, old lines keep placeholders that nothing stands behind any more. That something was offered or
    reminded of is kept for visits_days and at least 90 days, since the caps look back so far.
    """

    inbox_h: Annotated[int, Between(48, 720)] = 48
    outbox_h: Annotated[int, Between(1, 720)] = 72
    dialogues_days: Annotated[int, Between(1, 365)] = 30
    visits_days: Annotated[int, Between(1, 365)] = 90
    suggestions_days: Annotated[int, Between(1, 365)] = 90
    signals_days: Annotated[int, Between(1, 1095)] = 365
    usage_days: Annotated[int, Between(2, 365)] = 30
    backups_days: Annotated[int, Between(1, 30)] = 30
    vault_days: Annotated[int, Between(1, 365)] = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class HealthSettings:
    """Where /healthz is answered, apart from `webhook_listen`, which answers it too; empty: nowhere else."""

    listen: Address = NOWHERE


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockSettings:
    """A file with {"offset_s": seconds} that moves the shop's clock; empty: the shop lives in real time."""

    file: str = ""
