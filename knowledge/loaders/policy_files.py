"""A policy as a file of Markdown, plain text, HTML or PDF into one version of a policy, or what is wrong with it.

It stores nothing and asks nobody. Reading a long PDF takes seconds: call it off the event loop.
"""

import re
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from knowledge.loaders.policy_headers import Header, said_valid_from, split_header
from knowledge.loaders.policy_html import read_html
from knowledge.loaders.policy_layout import marked_up
from knowledge.loaders.policy_pdf import Pages, read_pdf
from knowledge.loaders.problems import FieldError, Problem
from knowledge.loaders.tables import MAX_BYTES, decoded
from knowledge.policies.sections import sections_of
from storage.records import Policy

_MEGABYTE = 1_000_000
_ENDINGS = (".md", ".markdown", ".txt", ".text", ".html", ".htm", ".pdf")
_DATED = re.compile(r"(?P<name>.*?)[ ._-]*(?P<day>20\d\d-\d\d-\d\d)?")
_TITLE = re.compile(r"#\s+(.+)")
_LONGEST_ID = 60


@dataclass(frozen=True, slots=True)
class PolicyFile:
    """The version a file holds, or else why there is none."""

    policy: Policy | None = None
    errors: tuple[FieldError, ...] = ()


def read_policy(content: bytes, name: str, today: date) -> PolicyFile:
    """Read a file by its name's ending.

    What it is called: the header's id, else the file's name without a date at its end. Title: the header's,
    else the first heading, else the name. First day: the header's, else the name's date, else what the text
    says of itself ("effective from May 1, 2026"), else `today`. A header is `key = value` lines between
    lines of +++ or `key: value` between lines of ---, with id, title, valid_from, valid_to.
    """
    ending = PurePath(name).suffix.casefold()
    if len(content) > MAX_BYTES:
        return _refused(Problem.TOO_LARGE_FILE, f"{MAX_BYTES // _MEGABYTE} MB")
    if ending not in _ENDINGS:
        return _refused(Problem.UNKNOWN_FILE, given=name)
    read = _read(content, ending, today)
    if isinstance(read, Problem):
        return _refused(read)
    policy = _policy(read, PurePath(name).stem, today)
    wrong = [*read.header.errors, *_wrong_days(policy)]
    if not wrong and not sections_of(policy):
        return _refused(Problem.NO_TEXT)
    return PolicyFile(errors=tuple(wrong)) if wrong else PolicyFile(policy)


@dataclass(frozen=True, slots=True)
class _Document:
    """What was read: the header, a title that stands apart from the text, else empty, and Markdown."""

    header: Header
    title: str
    text: str


def _read(content: bytes, ending: str, today: date) -> _Document | Problem:
    if ending == ".pdf":
        pages = read_pdf(content)
        if not isinstance(pages, Pages):
            return pages
        return _Document(Header(), pages.title, marked_up(pages.text))
    text = decoded(content)
    if text is None:
        return Problem.NOT_TEXT
    if ending in (".html", ".htm"):
        page = read_html(text)
        return _Document(Header(), page.title, page.text)
    header, body = split_header(text.replace("\r\n", "\n"), today)
    is_markdown = ending in (".md", ".markdown")
    return _Document(header, "", body.strip() + "\n" if is_markdown else marked_up(body))


def _policy(read: _Document, name: str, today: date) -> Policy:
    stem = _DATED.fullmatch(name)
    named, day = (stem["name"], stem["day"]) if stem else (name, None)
    first = read.header.valid_from or (_iso(day) if day else None)
    return Policy(
        id=read.header.id or _slug(named),
        title=read.header.title or read.title or _heading(read.text) or _spoken(named),
        text=read.text,
        valid_from=first or said_valid_from(read.text, today) or today,
        valid_to=read.header.valid_to,
    )


def _wrong_days(policy: Policy) -> list[FieldError]:
    if policy.valid_to is None or policy.valid_to >= policy.valid_from:
        return []
    given, first = str(policy.valid_to), str(policy.valid_from)
    return [FieldError("valid_to", Problem.BEFORE_FROM, given, (first,))]


def _spoken(name: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", name)).capitalize() or "Policy"


def _heading(text: str) -> str:
    found = _TITLE.match(text.lstrip())
    return found[1].strip() if found else ""


def _slug(name: str) -> str:
    words = re.findall(r"[^\W_]+", name.casefold())
    return "-".join(words)[:_LONGEST_ID] or "policy"


def _iso(day: str) -> date | None:
    try:
        return date.fromisoformat(day)
    except ValueError:
        return None


def _refused(problem: Problem, *details: str, given: str = "") -> PolicyFile:
    return PolicyFile(errors=(FieldError("file", problem, given, details),))
