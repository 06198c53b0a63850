from datetime import date

import pytest

from knowledge.policies.sections import SNIPPET_WORDS, Section, sections_of, snippets_of
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


def said(section: Section) -> tuple[str, ...]:
    return tuple(each.text for each in section.sentences)


def sections(text: str = TEXT) -> list[Section]:
    return sections_of(Policy("returns", "Returns", text, date(2026, 3, 1)))


def test_document_is_cut_at_its_headings() -> None:
    assert [each.heading for each in sections()] == ["", "1. Time", "Shoes", "2.1 Care"]


def test_sentences_are_whole_and_bare_of_markup() -> None:
    preface, time, shoes, care = sections()
    assert said(preface) == ("These rules hold everywhere.",)
    assert said(time) == (
        "You can return unused goods within 30 days.",
        "The 30 days start on the day after.",
        "Is that so?",
        "Yes.",
    )
    assert said(shoes) == (
        "Soles must be clean.",
        "Socks only in unopened packs.",
        "First try them on.",
        "Then decide.",
    )
    assert said(care) == ("Costs $3.50.", "«Sealed» packs only!")


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
    windows = [said(each) for each in sections(TEXT.replace("\n", "\r\n"))]
    assert windows == [said(each) for each in sections()]


def test_headings_may_be_underlined_or_bold() -> None:
    text = "Terms\n=====\n\nOne.\n\nDelivery\n--------\nTwo.\n\n**Late parcels**\n\nThree.\n"
    found = [(each.above, each.heading, said(each)) for each in sections(text)]
    assert found == [
        ("", "", ("One.",)),
        ("", "Delivery", ("Two.",)),
        ("Delivery", "Late parcels", ("Three.",)),
    ]


def test_section_holds_as_long_as_its_version() -> None:
    policy = Policy("r", "Returns", "30 days.", date(2026, 3, 1), date(2026, 8, 31))
    assert [(each.valid_from, each.valid_to) for each in sections_of(policy)] == [
        (date(2026, 3, 1), date(2026, 8, 31))
    ]


def test_long_section_is_cut_into_snippets_that_share_a_sentence() -> None:
    sentence = " ".join(["word"] * 39) + " end."
    found = snippets_of(sections("## Long\n" + f"{sentence} ".replace("word", "Word") * 10))
    assert [(each.first, each.last) for each in found] == [(0, 3), (2, 5), (4, 7), (6, 9), (8, 10)]
    assert all(len(each.text.split()) <= SNIPPET_WORDS for each in found)


def test_sentence_longer_than_a_snippet_is_one_of_its_own() -> None:
    found = snippets_of(sections("Short one. " + "Word " * 400 + "end. Short two."))
    assert [(each.first, each.last) for each in found] == [(0, 1), (1, 2), (2, 3)]
