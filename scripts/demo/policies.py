"""The written policies of the sample town, as Markdown with numbered sections.

It takes the front matter off data/policies/*.md and gives the rest as it is: answers quote it word for word.
"""

import tomllib
from datetime import date

import msgspec

from scripts.demo.files import names_in, read_text
from storage.records import Policy

FENCE = "+++\n"


class FrontMatter(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands between the fences at the top of a document."""

    title: str
    valid_from: date


def policies() -> tuple[Policy, ...]:
    """Give the twelve documents by id, which is the file's name."""
    return tuple(_policy(name) for name in names_in("policies", ".md"))


def _policy(name: str) -> Policy:
    _, front, text = read_text(name).split(FENCE, 2)
    matter = msgspec.convert(tomllib.loads(front), FrontMatter)
    return Policy(
        id=name.removeprefix("policies/").removesuffix(".md"),
        title=matter.title,
        text=text.strip() + "\n",
        valid_from=matter.valid_from,
    )
