"""Shoppers' questions to the sample shop's policies, with the real search model; the table is beside the policies' tests."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from knowledge.policies.rewording import Rewording
from knowledge.policies.sections import sections_of
from knowledge.policies.shelf import Asked, Finding, Shelf, texts_of
from knowledge.policies.versions import ended
from knowledge.policies.vocabulary import Vocabulary
from knowledge.search.base import Embedder
from knowledge.search.embedder import SentenceEmbedder
from scripts.demo.policies import policies

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
TABLE = ROOT / "tests" / "knowledge" / "policies" / "shop_questions.toml"
TODAY = date(2026, 11, 20)
# One in ten may go wrong; which ones is told when it does.
RIGHT_AT_LEAST, WRONG_AT_MOST, MADE_UP_AT_MOST = 0.85, 0.1, 1


@pytest.fixture(scope="module")
def table() -> dict[str, Any]:
    return tomllib.loads(TABLE.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return SentenceEmbedder(ROOT / "models" / "all-MiniLM-L6-v2")


@pytest.fixture(scope="module")
def shelf(embedder: Embedder) -> Shelf:
    sections = [section for policy in ended(policies()) for section in sections_of(policy)]
    return Shelf(sections, embedder.encode(texts_of(sections)), Vocabulary.shipped())


def ask(shelf: Shelf, embedder: Embedder, question: str, day: date = TODAY) -> Finding:
    return shelf.ask(Asked(question, embedder.encode([question])[0], day))


def place(finding: Finding) -> str:
    assert finding.quote is not None
    section = finding.quote.section
    return f"{section.policy_id} §{section.heading.partition('.')[0]}"


def test_questions_find_document_section_and_sentence(
    shelf: Shelf, embedder: Embedder, table: dict[str, Any]
) -> None:
    right, wrong = [], []
    for case in table["answered"]:
        finding = ask(shelf, embedder, case["ask"])
        if finding.quote is None:
            continue
        is_right = place(finding) in case["answer"] and case["says"] in finding.quote.sentence.text
        (right if is_right else wrong).append((case["ask"], finding.quote.sentence.text))
    count = len(table["answered"])
    assert count >= 40
    assert len(wrong) <= WRONG_AT_MOST * count, wrong
    assert len(right) >= RIGHT_AT_LEAST * count, wrong


def test_what_no_policy_says_is_not_answered(
    shelf: Shelf, embedder: Embedder, table: dict[str, Any]
) -> None:
    answered = [each for each in table["silent"] if ask(shelf, embedder, each).quote is not None]
    assert len(answered) <= MADE_UP_AT_MOST, answered


@pytest.mark.parametrize(
    ("question", "told", "says"),
    [
        ("can my cousin fetch it for me?", "pickup §4", "Somebody else"),
        ("can I swap the hoodie I got for a large?", "exchanges §1", "another size"),
        ("do you charge for holding something", "pickup §1", "free"),
        ("the toaster conked out after a week", "refunds §4", "faulty"),
        ("do you pass my number on to advertisers", "privacy §5", "share it with nobody"),
        ("what if I'm late", "pickup §2", "until the store closes"),
    ],
)
def test_shoppers_words_are_answered_once_rules_words_stand_for_them(
    shelf: Shelf, embedder: Embedder, question: str, told: str, says: str
) -> None:
    finding = ask(shelf, embedder, Rewording.shipped()(question))
    assert place(finding) == told
    assert finding.quote is not None
    assert says in finding.quote.sentence.text


def test_what_no_policy_says_is_not_answered_in_the_words_of_rules_either(
    shelf: Shelf, embedder: Embedder, table: dict[str, Any]
) -> None:
    rewording = Rewording.shipped()
    asked = [rewording(each) for each in table["silent"]]
    answered = [each for each in asked if ask(shelf, embedder, each).quote is not None]
    assert len(answered) <= MADE_UP_AT_MOST, answered


def test_every_quote_stands_in_its_document(
    shelf: Shelf, embedder: Embedder, table: dict[str, Any]
) -> None:
    texts = {(each.id, each.valid_from): each.text for each in policies()}
    for case in table["answered"]:
        quote = ask(shelf, embedder, case["ask"]).quote
        if quote is not None:
            text = texts[quote.section.policy_id, quote.section.valid_from]
            assert quote.sentence.source in text


@pytest.mark.parametrize(
    ("day", "within"),
    [(TODAY, "30 days"), (date(2026, 2, 28), "14 days"), (date(2025, 1, 1), None)],
)
def test_rule_of_the_day_is_quoted(
    shelf: Shelf, embedder: Embedder, day: date, within: str | None
) -> None:
    quote = ask(shelf, embedder, "what is your return policy?", day).quote
    assert (
        (quote is None)
        if within is None
        else (quote is not None and within in quote.sentence.text)
    )
