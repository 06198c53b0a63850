"""Policies cut at their headings into sections that can be found and quoted (pure)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from storage.records import Policy

_HEADING = re.compile(r"^(#{1,4})\s+(.*)$")
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9«\"“])")
_NUMBER = re.compile(r"(\d+(?:\.\d+)*)\.?\s")
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a policy, `number` in its order; `heading` is empty before the first one."""

    policy_id: str
    number: int
    document: str
    heading: str
    sentences: tuple[str, ...]

    @property
    def reference(self) -> str:
        """Name the place for people: "Returns, §2", or the heading where sections have no numbers."""
        numbered = _NUMBER.match(self.heading)
        if numbered is not None:
            return f"{self.document}, §{numbered[1]}"
        return f"{self.document}, {self.heading}" if self.heading else self.document


def sections_of(policy: Policy) -> list[Section]:
    """Cut one Markdown document into its non-empty sections, in order."""
    found = []
    for number, (heading, lines) in enumerate(_by_heading(policy.text.splitlines())):
        sentences = tuple(_sentences(lines))
        if sentences:
            found.append(Section(policy.id, number, policy.title, heading, sentences))
    return found


def _by_heading(lines: list[str]) -> Iterator[tuple[str, list[str]]]:
    heading, body = "", list[str]()
    for line in lines:
        match = _HEADING.match(line)
        if match is None:
            body.append(line)
            continue
        yield heading, body
        # The document's own title is not a section of its own.
        heading, body = ("" if match[1] == "#" else match[2].strip()), []
    yield heading, body


def _sentences(lines: list[str]) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)", "\n".join(lines)):
        flat = " ".join(_BULLET.sub("", paragraph).split())
        flat = re.sub(r"\*\*(.+?)\*\*", r"\1", flat)
        if flat:
            yield from _SENTENCE_END.split(flat)
