"""Somebody as a shopper writes them: understood whole, or refused with the one thing that is wrong."""

import pytest

from knowledge.family import (
    LONGEST_NICKNAME,
    LONGEST_TASTES,
    Flaw,
    Introduction,
    Unclear,
    known_as,
    read_relative,
    with_news,
)
from knowledge.kinship import name_in, relation_in
from storage.records import Birthday, Relation
from tests.builders import relative

MAY_12 = Birthday(5, 12)


@pytest.mark.parametrize(
    ("words", "understood"),
    [
        (
            "mum, likes candles, vegan, birthday 12 May",
            Introduction("mum", Relation.PARENT, "candles, vegan", MAY_12),
        ),
        ("mum", Introduction("mum", Relation.PARENT)),
        ("Beatrix", Introduction("Beatrix")),
        (" Beatrix ,, my sister ", Introduction("Beatrix", Relation.SIBLING)),
        ("Grandma Rose, tea", Introduction("Grandma Rose", Relation.GRANDPARENT, "tea")),
        (
            "my best friend, she loves jazz",
            Introduction("my best friend", Relation.FRIEND, "jazz"),
        ),
        ("Bea, dad jokes", Introduction("Bea", None, "dad jokes")),
        ("Bea, Bornholm cheese", Introduction("Bea", None, "Bornholm cheese")),
        ("Bea, likes birthday cakes", Introduction("Bea", None, "birthday cakes")),
        ("Bea, hates coconut, size 42", Introduction("Bea", None, "hates coconut, size 42")),
        ("Bea, likes", Introduction("Bea", None, "likes")),
        ("小明, tea", Introduction("小明", None, "tea")),
        (
            "mamá, le gustan las velas, vegana, cumpleaños 12 de mayo",
            Introduction("mamá", Relation.PARENT, "velas, vegana", MAY_12),
        ),
        (
            "Bea, mi novia, nació el 12 de mayo de 1990",
            Introduction("Bea", Relation.SPOUSE, "", MAY_12),
        ),
        ("Bea, no le gusta el coco", Introduction("Bea", None, "no le gusta el coco")),
        ("Bea, doesn't like coconut", Introduction("Bea", None, "doesn't like coconut")),
    ],
)
def test_person_is_read_whole(words: str, understood: Introduction) -> None:
    assert read_relative(words) == understood


@pytest.mark.parametrize(
    "remark",
    [
        "birthday 12 May",
        "birthday: May 12",
        "Birthday is on the 12th of May",
        "born May 12, 1960",
        "born 12 May 1960",
        "her birthday is May 12th.",
        "bday 1960-05-12",
        "born on 12.05.1960",
    ],
)
def test_birthday_is_a_day_of_any_year(remark: str) -> None:
    assert read_relative(f"Bea, {remark}, tea") == Introduction("Bea", None, "tea", MAY_12)


def test_leap_day_is_a_birthday() -> None:
    said = read_relative("Bea, birthday 29 Feb")
    assert said == Introduction("Bea", birthday=Birthday(2, 29))


@pytest.mark.parametrize(
    ("words", "flaw", "given"),
    [
        ("", Flaw.NO_NICKNAME, ""),
        (" , likes tea", Flaw.NO_NICKNAME, ""),
        ("★", Flaw.NO_NICKNAME, "★"),
        ("x" * (LONGEST_NICKNAME + 1), Flaw.LONG_NICKNAME, "x" * (LONGEST_NICKNAME + 1)),
        ("Bea, " + "x" * (LONGEST_TASTES + 1), Flaw.LONG_TASTES, "x" * (LONGEST_TASTES + 1)),
        ("Bea, birthday 31 April", Flaw.NOT_A_DAY, "31 april"),
        ("Bea, birthday soon", Flaw.NOT_A_DAY, "soon"),
        ("Bea, birthday", Flaw.NOT_A_DAY, ""),
        ("Bea, born in 1960", Flaw.NOT_A_DAY, "in 1960"),
        ("Bea, birthday 5/12/1960", Flaw.TWO_DAYS, "5/12/1960"),
        ("Bea, birthday 12 May, born 13 May", Flaw.TWO_BIRTHDAYS, ""),
        ("Bea, +1 202 555 0143", Flaw.CONTACT, "+1 202 555 0143"),
        ("Bea, call (202) 555-0143", Flaw.CONTACT, "call (202) 555-0143"),
        ("bea@mail.example, tea", Flaw.CONTACT, "bea@mail.example"),
        ("Bea, tea, bea@mail.example", Flaw.CONTACT, "tea, bea@mail.example"),
    ],
)
def test_what_cannot_be_right_is_named(words: str, flaw: Flaw, given: str) -> None:
    assert read_relative(words) == Unclear(flaw, given)


def test_what_was_not_said_stays() -> None:
    known = relative("Mum", tastes="tea")
    assert known_as([relative("dad"), known], "mum") == known
    assert known_as([known], "mummy") is None
    assert with_news(known, Introduction("mum")) == known
    news = with_news(known, Introduction("mum", None, "jazz", Birthday(1, 2)))
    assert news == relative("Mum", tastes="jazz", birthday=Birthday(1, 2))


@pytest.mark.parametrize(
    ("nickname", "name"),
    [
        ("mum", ""),
        ("My Mum", ""),
        ("my best friend", ""),
        ("stepdad", ""),
        ("mother-in-law", ""),
        ("mum's sister", ""),
        ("the boss", ""),
        ("Beatrix", "Beatrix"),
        ("Grandma Rose", "Rose"),
        ("my friend Bea O'Neill", "Bea O'Neill"),
        ("Mia", "Mia"),
        ("小明", "小明"),
    ],
)
def test_word_of_kinship_is_no_name(nickname: str, name: str) -> None:
    assert name_in(nickname) == name


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("my wife", Relation.SPOUSE),
        ("stepmum", Relation.PARENT),
        ("little brother", Relation.SIBLING),
        ("Oma", Relation.GRANDPARENT),
        ("co-worker", Relation.COLLEAGUE),
        ("aunt Jo", Relation.OTHER),
        ("Beatrix", None),
    ],
)
def test_relation_is_read_from_a_word_of_kinship(words: str, relation: Relation | None) -> None:
    assert relation_in(words) is relation
