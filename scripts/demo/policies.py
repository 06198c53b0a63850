"""The written policies of the sample town, as Markdown with numbered sections, read as an admin's files are."""

from datetime import date

from knowledge.loaders.policy_files import read_policy
from scripts.demo.files import names_in, read_text
from storage.records import Policy

_OPENED = date(2025, 9, 1)  # the first day of what tells none


def policies() -> tuple[Policy, ...]:
    """Give all versions of the twelve documents; the file's name is the id, and tells an earlier one's first day."""
    return tuple(_policy(name) for name in names_in("policies", ".md"))


def _policy(name: str) -> Policy:
    read = read_policy(read_text(name).encode(), name, _OPENED)
    if read.policy is None:
        raise ValueError(f"{name} cannot be read: {read.errors}")
    return read.policy
