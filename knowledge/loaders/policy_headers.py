"""What a policy's file says of itself: the header at its top, or a line that tells since when it holds (pure)."""

import re
from dataclasses import dataclass
from datetime import date

from knowledge.loaders.days import read_day
from knowledge.loaders.problems import FieldError, Problem

FIELDS = ("id", "title", "valid_from", "valid_to")
_HEADER = re.compile(
    r"\s*(?P<fence>\+\+\+|---)[ \t]*\n(?P<lines>.*?)^(?P=fence)[ \t]*(?:\n|$)",
    re.DOTALL | re.MULTILINE,
)
_LINE = re.compile(r"(?P<field>[\w -]+?)\s*[=:]\s*(?P<value>.*)")
_LINES_LOOKED_AT = 15  # where a document tells its own day, it does so at its top
_DAY = r"\d{4}-\d\d?-\d\d?|\d{1,2}\.\d{1,2}\.\d{4}|[A-Z][a-z]+ \d{1,2}(?:st|nd|rd|th)?,? \d{4}|\d{1,2}(?:st|nd|rd|th)? [A-Z][a-z]+,? \d{4}"
_SAYS = re.compile(
    rf"\b(?:valid|effective|in force|applies|applicable)\b(?:\W+(?:date|as|of|from|since|on|is)\b)*\W+(?P<day>{_DAY})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Header:
    """What the header says; empty and None where it says nothing."""

    id: str = ""
    title: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    errors: tuple[FieldError, ...] = ()


def split_header(text: str, today: date) -> tuple[Header, str]:
    """Take the header off a text; without one the text is given as it is."""
    found = _HEADER.match(text)
    if found is None:
        return Header(), text
    said: dict[str, str] = {}
    errors: list[FieldError] = []
    for row, line in enumerate(found["lines"].splitlines(), 2):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _LINE.fullmatch(line.strip())
        field = match["field"].casefold().replace("-", "_").replace(" ", "_") if match else line
        if match is None or field not in FIELDS:
            errors.append(FieldError("header", Problem.UNKNOWN_FIELD, field, FIELDS, row))
        elif field in said:
            errors.append(FieldError(field, Problem.TWICE, row=row))
        else:
            said[field] = match["value"].strip().strip("\"'")
    first, last = _day("valid_from", said, today), _day("valid_to", said, today)
    errors += [each for each in (first, last) if isinstance(each, FieldError)]
    header = Header(
        id=said.get("id", ""),
        title=said.get("title", ""),
        valid_from=first if isinstance(first, date) else None,
        valid_to=last if isinstance(last, date) else None,
        errors=tuple(errors),
    )
    return header, text[found.end() :]


def said_valid_from(text: str, today: date) -> date | None:
    """Give the day a text says at its top that it holds from: "Effective from May 1, 2026"."""
    top = [line for line in text.splitlines() if line.strip()][:_LINES_LOOKED_AT]
    found = _SAYS.search("\n".join(top))
    day = read_day("valid_from", found["day"], today) if found else None
    return day if isinstance(day, date) else None


def _day(field: str, said: dict[str, str], today: date) -> date | FieldError | None:
    return read_day(field, said[field], today) if said.get(field) else None
