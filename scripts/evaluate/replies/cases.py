"""The cases of `replies`, read and checked once: a message, and the facts that its answer may state."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, time
from pathlib import Path
from typing import Any

from knowledge.facts import Facts, Kind
from scripts.evaluate.reading import Id, Row, read_rows
from storage.records import OrderStatus

KINDS = (
    *(Kind.OFFER, Kind.OPTIONS, Kind.NOTHING_NEAR, Kind.CLOSED, Kind.COUPONS, Kind.ORDER_STATUS),
    *(Kind.POLICY, Kind.CLARIFY, Kind.SUMMARY, Kind.NUDGE),
)
_TEXTS = ("store", "item", "currency", "coupon_code", "reason", "order_code", "quote", "document")
_NUMBERS = ("distance_m", "price_cents", "discount_percent")
_LISTS = {"options": Kind.OFFER, "coupons": Kind.COUPONS}
_HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Case:
    """One message and what may be said to it; `need` groups messages that want the same, None = not told."""

    id: Id
    message: str
    facts: Facts
    need: str | None = None


def read_cases(path: Path) -> list[Case]:
    """Read the cases.

    Raises:
        BadFile: the file, a line or a field cannot be used, or an id stands there twice.
    """
    found: dict[Id, Case] = {}
    for row in read_rows(path):
        case = _case(row)
        if case.id in found:
            raise row.bad(f"id {case.id!r} stands there twice")
        found[case.id] = case
    return list(found.values())


def _case(row: Row) -> Case:
    columns = row.columns.get("facts")
    if not isinstance(columns, dict):
        raise row.bad('field facts must be an object such as {"kind": "clarify"}')
    kind = columns.get("kind")
    if kind not in {each.value for each in KINDS}:
        raise row.bad(f"kind must be one of {', '.join(KINDS)}, not {kind!r}")
    need = row.columns.get("need")
    if need is not None and not isinstance(need, str):
        raise row.bad("field need must be a text")
    return Case(row.id(), row.text("message"), _facts(row, columns, Kind(kind)), need)


def _facts(row: Row, columns: Mapping[str, Any], kind: Kind) -> Facts:
    """Read facts and those nested in them; what is null is not known."""
    known = {name: value for name, value in columns.items() if value is not None}
    if unknown := known.keys() - {"kind", *_TEXTS, *_NUMBERS, *_LISTS, *_PARSED}:
        raise row.bad(f"nobody knows a fact called {', '.join(sorted(unknown))}")
    values: dict[str, Any] = {}
    for name, value in known.items():
        if name in _TEXTS:
            values[name] = _text(row, name, value)
        elif name in _NUMBERS:
            values[name] = _number(row, name, value)
        elif name in _LISTS:
            values[name] = _list(row, name, value)
        elif name in _PARSED:
            values[name] = _parsed(row, name, value)
    return Facts(kind, **values)


def _text(row: Row, name: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise row.bad(f"fact {name} must be a text")
    return value


def _number(row: Row, name: str, value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
        raise row.bad(f"fact {name} must be a number from 0 on")
    if name == "discount_percent" and value > _HUNDRED:
        raise row.bad(f"fact {name} must be at most 100")
    return round(value)


def _list(row: Row, name: str, value: object) -> tuple[Facts, ...]:
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise row.bad(f"fact {name} must be a list of facts")
    return tuple(_facts(row, each, _LISTS[name]) for each in value)


def _parsed(row: Row, name: str, value: object) -> object:
    parse, example = _PARSED[name]
    try:
        return parse(_text(row, name, value))
    except ValueError as error:
        raise row.bad(f"fact {name} must be like {example}, not {value!r}") from error


_PARSED: Mapping[str, tuple[Callable[[str], object], str]] = {
    "expires_on": (date.fromisoformat, '"2026-12-31"'),
    "opens_at": (time.fromisoformat, '"08:00"'),
    "status": (OrderStatus, f"one of {', '.join(OrderStatus)}"),
}
