import pytest

from knowledge.policies.sentences import sentences


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("Write to Acme Inc. Today, e.g. by post.", ["Write to Acme Inc. Today, e.g. by post."]),
        ("It costs $3.50. «Sealed» only.", ["It costs $3.50.", "«Sealed» only."]),
        (
            "You can **return** it.\nBring the\nreceipt.",
            ["You can return it.", "Bring the receipt."],
        ),
        ("- Soles clean\n- Socks\n  unopened", ["Soles clean", "Socks unopened"]),
        ("1. First.\n2) Then.", ["First.", "Then."]),
        ("See [our page](https://a.example/x). Or ask.", ["See our page.", "Or ask."]),
        ("1\\. Not a \\*mark\\*.", ["1. Not a *mark*."]),
        ("| Item | Days |\n| --- | --- |\n| Shoes | 30 |", ["Item Days", "Shoes 30"]),
        ("* * *\n\n---\n\nText.", ["Text."]),
        ("", []),
    ],
)
def test_text_is_cut_into_sentences(text: str, told: list[str]) -> None:
    assert [each.text for each in sentences(text)] == told


def test_source_is_a_part_of_the_text() -> None:
    text = "Intro:\n\n- You can **return**\n  [it](x).  Bring\tthe receipt.\n\n| a | b |\n"
    assert all(each.source in text for each in sentences(text))


def test_overlong_sentence_is_cut_behind_its_semicolons() -> None:
    parts = [f"rule number {number} says a great many words about goods;" for number in range(9)]
    assert [each.text for each in sentences(" ".join(parts))] == parts
