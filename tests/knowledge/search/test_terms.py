import pytest

from knowledge.search.terms import Phrase, Synonyms, terms_of

SYNONYMS = Synonyms(
    [["power bank", "portable charger"], ["pants", "trousers"], ["torch", "lantern"]]
)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("where can I buy that?", []),
        ("do you have coffee", [(("coffee",),)]),
        ("blue trousers", [(("blue",),), (("trouser",), ("pant",))]),
        ("a portable charger please", [(("portable", "charger"), ("power", "bank"))]),
        ("charger", [(("charger",),)]),
        ("t-shirt", [(("t", "shirt"), ("tshirt",))]),
        ("flash light", [(("flash", "light"), ("flashlight",))]),
        ("coffee, coffee", [(("coffee",),)]),
    ],
)
def test_a_message_is_read_term_by_term(text: str, terms: list[tuple[Phrase, ...]]) -> None:
    read = terms_of(text, SYNONYMS, frozenset({"flashlight"}).__contains__)
    assert [term.phrases for term in read] == terms


def test_shipped_groups_are_read_and_hold_two_or_more_each() -> None:
    shipped = Synonyms.shipped()
    assert shipped.at(["power", "bank"], 0)[0] == ("power", "bank")
    assert all(len(group) > 1 for group in shipped.groups)
