"""A file of coupons to begin with: two examples that load as they are, in this very shop (pure).

They hold from the middle of next month, so that sending the file back unchanged offers nobody anything today.
"""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from knowledge import amounts
from knowledge.language import Sentence, told
from knowledge.loaders.coupon_changes import ShopDay
from knowledge.loaders.coupon_fields import FIELDS, joined

Cells = Mapping[str, str]
_TITLE = Sentence("{percent} off, an example")
_MIDDLE = (
    15  # after the twelfth, day and month can't be confused when a spreadsheet rewrites dates
)
_A_MONTH = timedelta(days=31)


def example_rows(shop: ShopDay) -> list[Cells]:
    """Give two coupons by field: one for a product anywhere, one for a category in one store."""
    first_day, last_day = _next_month(shop.today)
    span = {"from": str(first_day), "until": str(last_day)}
    names = shop.names
    product = _cell(min(names.titles, default="all"))
    category = _cell(min(names.categories.values(), default="all"))
    store = _cell(min(names.store_names, default="all"))
    anywhere = {"code": "EXAMPLE15", "discount": "15%", "for": product, "stores": "all"}
    here = {"code": "EXAMPLE20", "discount": "20%", "for": category, "stores": store}
    return [
        anywhere | span | {"limit": "200", "each": "1", "title": _title(15, shop)},
        here | span | {"limit": "none", "each": "2", "title": _title(20, shop)},
    ]


def as_csv(rows: Sequence[Cells]) -> bytes:
    """Write rows as CSV, with the mark by which spreadsheets know UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, FIELDS)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def as_json(rows: Sequence[Cells]) -> bytes:
    """Write rows as a list of objects."""
    return json.dumps([dict(row) for row in rows], indent=2, ensure_ascii=False).encode()


def _next_month(today: date) -> tuple[date, date]:
    """Give the middle of next month and the last day of the month after it."""
    following = today.replace(day=1) + _A_MONTH
    after = following.replace(day=1) + _A_MONTH
    end = (after.replace(day=1) + _A_MONTH).replace(day=1) - timedelta(days=1)
    return following.replace(day=_MIDDLE), end


def _title(percent: int, shop: ShopDay) -> str:
    return told(_TITLE, shop.locale, percent=amounts.percent(percent))


def _cell(name: str) -> str:
    """Write one name, quoted only when it would be split."""
    return joined((name,)) if {",", ";"}.intersection(name) else name
