"""A shopper's data as two files: JSON for programs, one self-contained page to read (pure).

The page has no script and loads nothing; everything in it is escaped.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from html import escape
from typing import Any

from babel import Locale

from handlers import texts_export as words
from handlers.texts_receipts import weighed
from knowledge.language import LANGUAGES, told
from storage.exporting import Held, Row

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#222;background:#fff}"
    "div{overflow-x:auto}table{border-collapse:collapse;margin:.5rem 0 2rem}"
    "th,td{border:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}th{background:#f2f2f2}"
)
_NAMED = ("product_id", "store_id")
_WEIGHED = "told"  # by the gates of a receipt


@dataclass(frozen=True, slots=True)
class Copy:
    """What goes into the files. `names` are those of products and stores by id.

    `in_memory` says what is known and stored nowhere.
    """

    shop: str
    locale: Locale
    made_at: datetime
    held: Held
    names: Mapping[str, str]
    in_memory: Sequence[str]


def as_json(copy: Copy) -> bytes:
    """Give every row by table; times as ISO 8601."""
    told = {
        "shop": copy.shop,
        "made_at": copy.made_at.isoformat(timespec="seconds"),
        "only_in_memory": list(copy.in_memory),
        "held": copy.held,
    }
    return json.dumps(told, ensure_ascii=False, indent=2, default=_plain).encode()


def as_page(copy: Copy) -> bytes:
    """Give a page with one section a table, in plain words."""
    title = escape(told(words.TITLE, copy.locale, shop=copy.shop))
    made_at = told(words.MADE_AT, copy.locale, made_at=_plain(copy.made_at))
    language = copy.locale.language if copy.locale.language in LANGUAGES else LANGUAGES[0]
    in_memory = "".join(f"<p>{escape(line)}</p>" for line in copy.in_memory)
    sections = "".join(_section(table, rows, copy) for table, rows in copy.held.items())
    return (
        f'<!DOCTYPE html><html lang="{language}"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head>'
        f"<body><h1>{title}</h1><p>{escape(made_at)}</p>{sections}"
        f"<h2>{escape(told(words.IN_MEMORY, copy.locale))}</h2>{in_memory}</body></html>"
    ).encode()


def _section(table: str, rows: Sequence[Row], copy: Copy) -> str:
    about, locale = words.TABLES[table], copy.locale
    head = f"<h2>{escape(told(about.title, locale))}</h2><p>{escape(about.told(locale))}</p>"
    if not rows:
        return f"{head}<p>{escape(told(words.NOTHING, locale))}</p>"
    columns = [name for name in rows[0] if any(row[name] is not None for row in rows)]
    labels = "".join(f"<th>{escape(told(words.COLUMNS[name], locale))}</th>" for name in columns)
    lines = "".join(f"<tr>{_cells(row, columns, copy)}</tr>" for row in rows)
    return f"{head}<div><table><tr>{labels}</tr>{lines}</table></div>"


def _cells(row: Row, columns: Sequence[str], copy: Copy) -> str:
    return "".join(f"<td>{escape(_cell(row, name, copy))}</td>" for name in columns)


def _cell(row: Row, name: str, copy: Copy) -> str:
    if name == _WEIGHED:
        return weighed(row[name], copy.locale)
    value = copy.names.get(row[name], row[name]) if name in _NAMED else row[name]
    return _in_words(value, copy.locale)


def _in_words(value: Any, locale: Locale) -> str:
    if value is None:
        return words.NOT_SAID
    if isinstance(value, bool):
        return told(words.YES_NO[value], locale)
    if isinstance(value, Mapping):
        return json.dumps(value, ensure_ascii=False, default=_plain)
    return str(_plain(value))


def _plain(value: Any) -> Any:
    """Give a time or a day as ISO 8601, anything else as it is."""
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    return value.isoformat() if isinstance(value, date) else value
