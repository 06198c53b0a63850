"""The fields of a coupon, read from text: the one path for commands and for files (pure).

A field that is not given is None here; what that means is decided in coupon_changes.py.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from knowledge.loaders.days import read_day
from knowledge.loaders.problems import FieldError, Problem
from knowledge.loaders.shop_names import ShopNames, folded

FIELDS = ("code", "discount", "for", "stores", "from", "until", "limit", "each", "title")
SHORTEST_CODE, LONGEST_CODE = 3, 20  # ours: short enough to be read out at a till
LONGEST_TITLE = 60  # ours: one line on a phone
MOST_USES = 1_000_000
_NAMED = 5  # ids told when a name is that of several
_EVERYTHING = "all"
_CODE = re.compile(r"[A-Z0-9]+(?:-[A-Z0-9]+)*", re.ASCII)
_PERCENT = re.compile(r"([+-]?\d{1,9})\s*%?", re.ASCII)
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_ITEM = re.compile(r'\s*(?:"([^"]*)"|([^,;]*))\s*(?:[,;]|$)')
_QUOTES = str.maketrans(dict.fromkeys("“”„‟«»", '"'))
# A cell that begins so is run as a formula by spreadsheets. Source: OWASP, CSV Injection (2026-11-21).
_FORMULA = ("=", "+", "-", "@")
# They turn the reading direction of all that follows them in a message.
_TURNING = frozenset("\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Goods:
    """What a coupon is for; both empty means everything."""

    product_ids: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Limit:
    """How often a coupon can be used in all; None is as often as one likes."""

    uses: int | None


@dataclass(frozen=True, slots=True)
class CouponDraft:
    """What somebody said of a coupon; None is what they said nothing of. `store_ids` empty means all."""

    code: str
    percent: int | None = None
    goods: Goods | None = None
    store_ids: frozenset[str] | None = None
    first_day: date | None = None
    last_day: date | None = None
    limit: Limit | None = None
    each: int | None = None
    title: str | None = None


class _Reading:
    """Reads cells one by one and keeps every error."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self._cells = cells
        self.errors: list[FieldError] = []

    def value(self, field: str, read: Callable[[str], _Value | FieldError]) -> _Value | None:
        """Give the value of a field; None when it is empty or wrong."""
        text = self._cells.get(field, "").strip()
        if not text:
            return None
        found = read(text)
        if isinstance(found, FieldError):
            self.errors.append(found)
            return None
        return found


def read_draft(
    cells: Mapping[str, str], names: ShopNames, today: date
) -> CouponDraft | tuple[FieldError, ...]:
    """Read the cells of one coupon, by field; `today` is the day in the shop's time zone."""
    reading = _Reading(cells)
    draft = CouponDraft(
        code=reading.value("code", read_code) or "",
        percent=reading.value("discount", _read_percent),
        goods=reading.value("for", lambda text: _read_goods(text, names)),
        store_ids=reading.value("stores", lambda text: _read_stores(text, names)),
        first_day=reading.value("from", lambda text: read_day("from", text, today)),
        last_day=reading.value("until", lambda text: read_day("until", text, today)),
        limit=reading.value("limit", _read_limit),
        each=reading.value("each", lambda text: _read_uses("each", text)),
        title=reading.value("title", _read_title),
    )
    if not cells.get("code", "").strip():
        reading.errors.insert(0, FieldError("code", Problem.MISSING))
    return tuple(reading.errors) or draft


def read_code(text: str) -> str | FieldError:
    """Read a coupon's code; capitals do not matter."""
    code = text.strip().upper()
    if len(code) > LONGEST_CODE:
        return FieldError("code", Problem.TOO_LONG, text, (str(LONGEST_CODE),))
    if not _CODE.fullmatch(code):
        return FieldError("code", Problem.ODD_CHARACTERS, text)
    if len(code) < SHORTEST_CODE:
        return FieldError("code", Problem.TOO_SHORT, text, (str(SHORTEST_CODE),))
    return code


def straight(text: str) -> str:
    """Give a text with all kinds of double quotes as plain ones: phones turn them into pairs."""
    return text.translate(_QUOTES)


def joined(items: tuple[str, ...]) -> str:
    """Write items as one cell, so that `_items` reads the same ones back."""
    return ", ".join(f'"{item}"' for item in items)


def _items(text: str) -> list[str]:
    """Split a cell at commas and semicolons outside quotes."""
    found = [quoted or plain.strip() for quoted, plain in _ITEM.findall(straight(text))]
    return [item for item in found if item]


def _read_percent(text: str) -> int | FieldError:
    match = _PERCENT.fullmatch(text)
    if match is None:
        return FieldError("discount", Problem.NOT_A_PERCENTAGE, text)
    percent = int(match[1])
    if percent > 100:  # noqa: PLR2004  # of a hundred
        return FieldError("discount", Problem.TOO_LARGE, text, ("100 %",))
    if percent < 1:
        return FieldError("discount", Problem.TOO_SMALL, text, ("1 %",))
    return percent


def _read_goods(text: str, names: ShopNames) -> Goods | FieldError:
    items = _items(text)
    if [folded(item) for item in items] == [_EVERYTHING]:
        return Goods()
    products: set[str] = set()
    categories: set[str] = set()
    for item in items:
        category = names.categories.get(folded(item))
        if category is not None and folded(item) not in names.products:
            categories.add(category)
            continue
        found = _found("for", item, names.products)
        if isinstance(found, FieldError):
            return found
        products.add(found)
    if not products and not categories:
        return FieldError("for", Problem.NO_VALUE)
    return Goods(frozenset(products), frozenset(categories))


def _read_stores(text: str, names: ShopNames) -> frozenset[str] | FieldError:
    items = _items(text)
    if [folded(item) for item in items] == [_EVERYTHING]:
        return frozenset()
    stores: set[str] = set()
    for item in items:
        found = _found("stores", item, names.stores)
        if isinstance(found, FieldError):
            return found
        stores.add(found)
    return frozenset(stores) if stores else FieldError("stores", Problem.NO_VALUE)


def _found(field: str, item: str, by_name: Mapping[str, frozenset[str]]) -> str | FieldError:
    ids = sorted(by_name.get(folded(item), ()))
    if not ids:
        problem = Problem.ALL_AND_MORE if folded(item) == _EVERYTHING else Problem.UNKNOWN_NAME
        return FieldError(field, problem, item)
    if len(ids) > 1:
        return FieldError(field, Problem.SEVERAL_OF_THAT_NAME, item, tuple(ids[:_NAMED]))
    return ids[0]


def _read_limit(text: str) -> Limit | FieldError:
    if folded(text) == "none":
        return Limit(None)
    uses = _read_uses("limit", text)
    return uses if isinstance(uses, FieldError) else Limit(uses)


def _read_uses(field: str, text: str) -> int | FieldError:
    if not _NUMBER.fullmatch(text):
        return FieldError(field, Problem.NOT_A_NUMBER, text)
    uses = int(text)
    if uses < 1:
        return FieldError(field, Problem.TOO_SMALL, text, ("1",))
    if uses > MOST_USES:
        return FieldError(field, Problem.TOO_LARGE, text, (str(MOST_USES),))
    return uses


def _read_title(text: str) -> str | FieldError:
    if text.startswith(_FORMULA):
        return FieldError("title", Problem.FORMULA, text)
    if len(text) > LONGEST_TITLE:
        return FieldError("title", Problem.TOO_LONG, text, (str(LONGEST_TITLE),))
    if any(unicodedata.category(mark) in ("Cc", "Co", "Zl", "Zp") for mark in text):
        return FieldError("title", Problem.ODD_CHARACTERS, text)
    if _TURNING.intersection(text):
        return FieldError("title", Problem.ODD_CHARACTERS, text)
    return text
