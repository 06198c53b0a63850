"""Policies cut at their headings into sections, and long sections into overlapping snippets (pure)."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from knowledge.policies.sentences import Sentence, plain, sentences
from storage.records import Policy

_ATX = re.compile(r"(#{1,6})[ \t]+(.*?)[ \t]*#*")
_UNDERLINE = re.compile(r"=+|-{3,}")
_BOLD_LINE = re.compile(r"\*\*([^*]{2,100})\*\*:?")
_LIST_ITEM = re.compile(r"(?:[-*+•>|]|\d+[.)])\s")
_NUMBER = re.compile(r"(\d+(?:\.\d+)*)(?:[.)]\s*|\s)(?=\D)")
_BOLD_LEVEL = 7  # below every marked heading
# What an embedding model reads at once with room for the headings; the tokens of an English word are about 1.3.
SNIPPET_WORDS = 150
_OVERLAP = 1  # sentences that two neighbouring snippets share


@dataclass(frozen=True, slots=True)
class Section:
    """One section of one version of a policy, `number` in its order; `heading` is empty before the first.

    `above` is the heading it stands under. It holds from `valid_from` to `valid_to`, its last day;
    None = until further notice.
    """

    policy_id: str
    number: int
    document: str
    heading: str
    sentences: tuple[Sentence, ...]
    valid_from: date
    valid_to: date | None = None
    above: str = ""

    @property
    def reference(self) -> str:
        """Name the place for people: "Returns, §2", or the heading where sections have no numbers."""
        numbered = _NUMBER.match(self.heading)
        if numbered is not None:
            return f"{self.document}, §{numbered[1]}"
        return f"{self.document}, {self.heading}" if self.heading else self.document

    @property
    def title(self) -> str:
        """Give what the section is about: document and headings without their numbers."""
        parts = (self.document, _bare(self.above), _bare(self.heading))
        return ", ".join(part for part in parts if part)


@dataclass(frozen=True, slots=True)
class Snippet:
    """Sentences `first` to `last` (excluded) of a section: as much as goes anywhere at once."""

    section: Section
    first: int
    last: int

    @property
    def text(self) -> str:
        """Give its sentences in one line."""
        return " ".join(each.text for each in self.section.sentences[self.first : self.last])


def sections_of(policy: Policy) -> list[Section]:
    """Cut one Markdown document into its non-empty sections, in order."""
    found = []
    for number, (above, heading, body) in enumerate(_by_heading(policy.text)):
        told = tuple(sentences(body))
        if told:
            place = (policy.id, number, policy.title, heading, told)
            found.append(Section(*place, policy.valid_from, policy.valid_to, above))
    return found


def snippets_of(sections: Iterable[Section]) -> list[Snippet]:
    """Cut sections of more than SNIPPET_WORDS words; neighbours share a sentence, so that none stands alone."""
    return [
        Snippet(section, first, last)
        for section in sections
        for first, last in _cuts([len(each.text.split()) for each in section.sentences])
    ]


def _cuts(words: Sequence[int]) -> Iterator[tuple[int, int]]:
    first, total = 0, 0
    for place, count in enumerate(words):
        if place > first and total + count > SNIPPET_WORDS:
            yield first, place
            first = max(place - _OVERLAP, first + 1)
            total = sum(words[first:place])
        total += count
    yield first, len(words)


def _by_heading(text: str) -> Iterator[tuple[str, str, str]]:
    """Give (heading above, heading, body) in order; the body stands as it is in the text."""
    path: list[tuple[int, str]] = []
    start = 0
    for level, heading, begin, end in _headings(text):
        yield (*_named(path), text[start:begin])
        # The document's own title is not a section of its own.
        is_title = not text[:begin].strip() and level == 1
        path = [each for each in path if each[0] < level]
        path += [] if is_title else [(level, heading)]
        start = end
    yield (*_named(path), text[start:])


def _named(path: Sequence[tuple[int, str]]) -> tuple[str, str]:
    names = ["", "", *(name for _, name in path)]
    return names[-2], names[-1]


def _headings(text: str) -> Iterator[tuple[int, str, int, int]]:
    """Give (level, heading, where it begins and ends): marked with #, underlined, or a bold line."""
    begin, before = 0, ""
    lines = text.splitlines(keepends=True)
    for line, below in zip(lines, [*lines, ""][1:], strict=True):
        here, under = line.strip(), below.strip()
        end = begin + len(line)
        is_underlined = bool(under and _UNDERLINE.fullmatch(under) and not before)
        if match := _ATX.fullmatch(here):
            yield len(match[1]), plain(match[2]), begin, end
        elif here and is_underlined and not _LIST_ITEM.match(here):
            yield 1 if under[0] == "=" else 2, plain(here), begin, end + len(below)
        elif match := _BOLD_LINE.fullmatch(here):
            yield _BOLD_LEVEL, plain(match[1]), begin, end
        begin, before = end, here


def _bare(heading: str) -> str:
    return _NUMBER.sub("", heading, count=1) if _NUMBER.match(heading) else heading
