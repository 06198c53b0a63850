"""What the detector makes of a tagger's findings; the tagger is one that finds what it is told to."""

# ruff: noqa: RUF001 - lookalike characters are what is tested

from dataclasses import dataclass

import pytest

from knowledge.privacy.detectors.tagged import find_tagged
from knowledge.privacy.reading import Keep, Reading
from knowledge.privacy.scrubber import Scrubber
from knowledge.privacy.tagging.base import Label, NoTagger, Tagged

KEEP = Keep(["Corner Bakery", "Jack Daniel's"])


@dataclass(frozen=True, slots=True)
class ToldTagger:
    """Finds the pieces it was told of, wherever they stand."""

    told: tuple[tuple[str, Label], ...]

    def tag(self, text: str) -> list[Tagged]:
        places = [(text.find(piece), piece, label) for piece, label in self.told]
        return [Tagged(at, at + len(piece), label) for at, piece, label in sorted(places)]


def found(text: str, piece: str, label: Label) -> list[str]:
    reading = Reading(text, keep=KEEP, tagger=ToldTagger(((piece, label),)))
    return [text[span.start : span.end] for span in find_tagged(reading)]


@pytest.mark.parametrize(
    ("text", "piece", "label", "masked"),
    [
        ("ask Robert for it", "Robert", Label.NAME, ["Robert"]),
        ("ask Robert's aunt", "Robert'", Label.NAME, ["Robert"]),
        ("a present from Corner Bakery", "Corner Bakery", Label.NAME, []),
        ("Corner Bakery Maria please", "Corner Bakery Maria", Label.NAME, ["Maria"]),
        ("Jack Daniels for Tom", "Jack Daniels for Tom", Label.NAME, ["for Tom"]),
        ("--", "--", Label.NAME, []),
        ("Haha nice one", "Haha", Label.NAME, []),
        ("love #Aries", "Aries", Label.NAME, []),
        ("love # Aries", "Aries", Label.NAME, []),
        ("does evy blom like it", "blom", Label.NAME, ["evy blom"]),
        ("evy, blom likes it", "blom", Label.NAME, ["blom"]),
        ("does may blom like it", "blom", Label.NAME, ["blom"]),
        ("socks for blom", "blom", Label.NAME, ["blom"]),
        ("call 9320 7126", "9320 7126", Label.PHONE, ["9320 7126"]),
        ("size 44", "44", Label.PHONE, []),
        ("licence A5631", "A5631", Label.ID, ["A5631"]),
        ("aisle B12", "B12", Label.ID, []),
        ("to Kaevu 94, Riisa", "Kaevu 94, Riisa", Label.ADDRESS, ["Kaevu 94, Riisa"]),
        ("the same street", "street", Label.ADDRESS, []),
    ],
)
def test_what_cannot_be_personal_here_stays(
    text: str, piece: str, label: Label, masked: list[str]
) -> None:
    assert found(text, piece, label) == masked


def test_without_a_tagger_the_rules_are_alone() -> None:
    assert list(find_tagged(Reading("ask Robert for it"))) == []
    assert list(find_tagged(Reading("ask Robert for it", tagger=NoTagger()))) == []


def test_positions_lead_back_to_the_typed_characters() -> None:
    tagger = ToldTagger((("Robert", Label.NAME),))
    scrubbed = Scrubber(tagger=tagger).scrub("ask Ｒob\u200bert for it")
    assert scrubbed.text == "ask <NAME_1> for it"
    assert scrubbed.restore(scrubbed.text) == "ask Ｒob\u200bert for it"


def test_a_rule_that_is_sure_names_what_the_tagger_also_found() -> None:
    tagger = ToldTagger((("ana@example.com", Label.NAME),))
    assert Scrubber(tagger=tagger).scrub("to ana@example.com").text == "to <EMAIL_1>"


def test_title_goes_with_the_name() -> None:
    tagger = ToldTagger((("Orvik", Label.NAME),))
    assert Scrubber(tagger=tagger).scrub("for Frau Orvik").text == "for <NAME_1>"
