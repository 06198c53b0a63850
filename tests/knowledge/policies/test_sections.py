from datetime import date

import pytest

from knowledge.policies.sections import Section, sections_of
from storage.records import Policy

TEXT = """# Returns

These rules hold everywhere.

## 1. Time

You can return **unused** goods within 30 days. The 30 days
start on the day after. Is that so? Yes.

## Shoes

- Soles must be clean.
- Socks only in
  unopened packs.

1. First try them on.
2) Then decide.

### Nothing here

## 2.1 Care
Costs $3.50. «Sealed» packs only!
"""


def sections(text: str = TEXT) -> list[Section]:
    return sections_of(Policy("returns", "Returns", text, date(2026, 3, 1)))


def test_document_is_cut_at_its_headings() -> None:
    assert [each.heading for each in sections()] == ["", "1. Time", "Shoes", "2.1 Care"]


def test_sentences_are_whole_and_bare_of_markup() -> None:
    preface, time, shoes, care = sections()
    assert preface.sentences == ("These rules hold everywhere.",)
    assert time.sentences == (
        "You can return unused goods within 30 days.",
        "The 30 days start on the day after.",
        "Is that so?",
        "Yes.",
    )
    assert shoes.sentences == (
        "Soles must be clean.",
        "Socks only in unopened packs.",
        "First try them on.",
        "Then decide.",
    )
    assert care.sentences == ("Costs $3.50.", "«Sealed» packs only!")


def test_place_is_named_for_people() -> None:
    assert [each.reference for each in sections()] == [
        "Returns",
        "Returns, §1",
        "Returns, Shoes",
        "Returns, §2.1",
    ]


@pytest.mark.parametrize("text", ["", "\n\n", "# Title", "## Only\n### Headings"])
def test_document_without_sentences_has_no_sections(text: str) -> None:
    assert sections(text) == []


def test_windows_line_ends_are_line_ends() -> None:
    assert sections(TEXT.replace("\n", "\r\n")) == sections()
