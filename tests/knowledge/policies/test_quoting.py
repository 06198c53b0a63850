from dataclasses import replace

from knowledge.policies.quoting import Quotes, Sentence
from knowledge.policies.sections import Section

RETURNS = Section(
    "returns",
    1,
    "Returns",
    "1. Time",
    ("You can return goods within 30 days.", "Keep the receipt."),
)
SHOES = Section(
    "returns", 2, "Returns", "2. Shoes", ("Shoes can be returned if the soles are clean.",)
)
REFUNDS = Section("refunds", 1, "Refunds", "1. How", ("You get the money back within 5 days.",))
QUOTES = Quotes([RETURNS, SHOES, REFUNDS])


def sentences(similarity: float) -> list[Sentence]:
    return [
        Sentence(section, text, similarity)
        for section in (RETURNS, SHOES, REFUNDS)
        for text in section.sentences
    ]


def best(question: str, similarity: float = 0.45) -> str | None:
    found = QUOTES.best(question, sentences(similarity))
    return found.text if found else None


def test_words_tell_apart_what_meaning_mixes_up() -> None:
    assert best("can I return shoes") == "Shoes can be returned if the soles are clean."
    assert best("when do I get my money back, refund") == "You get the money back within 5 days."


def test_general_rule_comes_before_the_special_one() -> None:
    assert best("returns") == "You can return goods within 30 days."


def test_nothing_close_is_no_answer() -> None:
    assert best("may I bring my parrot", similarity=0.1) is None
    assert best("", similarity=0.1) is None


def test_nothing_to_quote_is_no_answer() -> None:
    assert QUOTES.best("returns", []) is None
    assert Quotes([]).best("returns", []) is None


def test_equal_sentences_have_one_order() -> None:
    twins = [Sentence(RETURNS, text, 0.9) for text in ("B.", "A.", "C.")]
    assert QUOTES.best("x", twins) == QUOTES.best("x", twins[::-1])


def test_meaning_decides_when_no_word_is_shared() -> None:
    plain = sentences(0.2)
    plain[2] = replace(plain[2], similarity=0.9)
    found = QUOTES.best("may I bring sneakers again", plain)
    assert found is not None
    assert found.section == SHOES
