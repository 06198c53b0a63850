"""Vectors are toys here, so only shared words count; what meaning adds is tested with the model."""

from dataclasses import replace
from datetime import date

import pytest

from knowledge.policies.sections import sections_of
from knowledge.policies.shelf import SNIPPETS_TOLD, Asked, Finding, Shelf, texts_of
from knowledge.policies.versions import ended
from knowledge.policies.vocabulary import Vocabulary
from knowledge.search.toy import ToyEmbedder
from storage.records import Policy

TODAY = date(2026, 11, 20)
RETURNS = Policy(
    "returns",
    "Returns",
    "# Returns\n\n## 1. Time\nYou can return goods within 30 days. The box helps.\n\n"
    "## 2. Shoes\nShoes can be returned if the soles are clean. Try them on indoors.\n",
    date(2026, 3, 1),
)
EARLIER = replace(RETURNS, text=RETURNS.text.replace("30", "14"), valid_from=date(2025, 9, 1))
DELIVERY = Policy(
    "delivery",
    "Delivery",
    "# Delivery\n\n## 1. Area\nWe bring parcels to Market Square.\n\n"
    "## 2. Cost\nDelivery costs $4.50. Ice cream is for pickup only.\n",
    date(2025, 9, 1),
)
WORDS = Vocabulary.of([("sneakers", "shoes"), ("sent parcel", "delivery")])


def shelf(*policies: Policy) -> Shelf:
    sections = [section for policy in ended(policies) for section in sections_of(policy)]
    return Shelf(sections, ToyEmbedder().encode(texts_of(sections)), WORDS)


ALL = shelf(RETURNS, EARLIER, DELIVERY)


def ask(question: str, day: date = TODAY, ids: tuple[str, ...] | None = None) -> Finding:
    return ALL.ask(Asked(question, ToyEmbedder().encode([question])[0], day, ids))


def quoted(question: str, day: date = TODAY) -> tuple[str, str] | None:
    quote = ask(question, day).quote
    return None if quote is None else (quote.section.reference, quote.sentence.text)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("can shoes with clean soles be returned", ("Returns, §2", "Shoes can be returned if the soles are clean.")),
        ("is ice cream for pickup only", ("Delivery, §2", "Ice cream is for pickup only.")),
        ("what is your return policy", ("Returns, §1", "You can return goods within 30 days.")),
        ("how much does delivery cost", ("Delivery, §2", "Delivery costs $4.50.")),
    ],
)  # fmt: skip
def test_sentence_that_answers_is_quoted_with_its_place(
    question: str, answer: tuple[str, str]
) -> None:
    assert quoted(question) == answer


@pytest.mark.parametrize("question", ["may I bring a parrot along", "who owns you", "", "???"])
def test_what_no_policy_answers_is_not_quoted(question: str) -> None:
    assert quoted(question) is None


def test_answer_holds_for_the_day_asked_about() -> None:
    question = "what is your return policy"
    assert quoted(question, date(2026, 2, 28)) == (
        "Returns, §1",
        "You can return goods within 14 days.",
    )
    assert quoted(question, date(2025, 8, 31)) is None


def test_no_more_than_three_snippets_are_told() -> None:
    finding = ask("goods shoes parcels delivery")
    assert len(finding.snippets) == SNIPPETS_TOLD
    scores = [each.score for each in finding.snippets]
    assert scores == sorted(scores, reverse=True)


def test_only_the_policies_asked_for_are_looked_at() -> None:
    finding = ask("can shoes with clean soles be returned", ids=("delivery",))
    assert {each.snippet.section.policy_id for each in finding.snippets} == {"delivery"}


def test_word_stands_for_those_that_are_alike() -> None:
    best = ask("sneakers").snippets[0]
    assert best.snippet.section.reference == "Returns, §2"


def test_empty_shelf_says_nothing() -> None:
    assert shelf().ask(Asked("returns", ToyEmbedder().encode(["x"])[0], TODAY)) == Finding()
