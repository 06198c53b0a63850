"""Who works here, and the record of what they did."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Role(StrEnum):
    """What somebody is to the shop; who has none is a shopper."""

    OWNER = "owner"
    ADMIN = "admin"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who works here; staff of one store, all others of the whole shop.

    `sees_debug`: under each reply to them stands how it came about.
    """

    shopper_id: int
    role: Role
    store_id: str | None
    granted_at: datetime
    sees_debug: bool = False


@dataclass(frozen=True, slots=True)
class Invitation:
    """A one-time link to a role. `invited_by` is None for the owner's link."""

    role: Role
    store_id: str | None
    invited_by: int | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """Who did what, without personal data: ids and counts only."""

    actor: str
    action: str
    subject: str
    happened_at: datetime
    details: Mapping[str, str] = field(default_factory=dict)
