"""The people a shopper buys for: a nickname, what they like and a birthday, and nothing more about any of them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Relation(StrEnum):
    """Who somebody is to the shopper; SELF is what shoppers say of themselves, for those who are linked with them."""

    SPOUSE = "spouse"
    PARENT = "parent"
    CHILD = "child"
    SIBLING = "sibling"
    GRANDPARENT = "grandparent"
    FRIEND = "friend"
    COLLEAGUE = "colleague"
    OTHER = "other"
    SELF = "self"


@dataclass(frozen=True, slots=True)
class Birthday:
    """A day of any year; how old somebody is is never kept. `month` counts from 1."""

    month: int
    day: int


@dataclass(frozen=True, slots=True)
class Present:
    """An order that a shopper booked for one of their people."""

    order_code: str
    shopper_id: int
    relative_id: int
    product_id: str
    booked_at: datetime


@dataclass(frozen=True, slots=True)
class Link:
    """One side of two shoppers who agreed to tell each other what they like."""

    relative_id: int
    shopper_id: int
    linked_id: int
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class Relative:
    """Somebody a shopper buys for, as the shopper says it; no account of their own.

    `tastes` are empty and `birthday` is None when nothing was said of them.
    """

    id: int
    shopper_id: int
    nickname: str
    relation: Relation
    tastes: str
    birthday: Birthday | None
    created_at: datetime
