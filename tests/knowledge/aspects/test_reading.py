"""How a wish is taken apart: what is denied together, what means the same denied or not."""

import pytest

from knowledge.aspects.kinds import Kinds
from knowledge.aspects.meanings import Meanings
from knowledge.aspects.reading import Reader

READER = Reader(
    Kinds.of(
        {
            "food": {"fish": "trout, eel", "nut": "almond", "dairy": "milk"},
            "manner": {"smoked": "kippered"},
            "names": {"dairy": "lactose"},
            "claims": {"vegan": "dairy"},
        }
    ),
    Meanings.of(
        {
            "quick": {"says": "fast", "good": "nut", "bad": "fish", "regardless": "a lot of time"},
            "vegan": {"says": "vegan", "good": "nut", "bad": "", "never": "dairy"},
            "nothing": {"says": "fast asleep", "good": "", "bad": ""},
        }
    ),
)


@pytest.mark.parametrize(
    ("wish", "things"),
    [
        ("lunch without smoked trout", [{("smoked",), ("trout",)}]),
        ("lunch without trout, almonds or milk", [{("trout",)}, {("almond",)}, {("milk",)}]),
        ("lunch without fuss", [{("fuss",)}]),
        ("lunch", []),
    ],
)
def test_things_denied_in_a_list_are_apart_and_their_parts_together(
    wish: str, things: list[set[tuple[str, ...]]]
) -> None:
    assert [set(each.terms) for each in READER.read(wish).denied] == things


def test_mild_denial_is_told_from_a_firm_one() -> None:
    (mild,) = READER.read("lunch with not too much milk").denied
    (firm,) = READER.read("lunch without milk").denied
    assert (mild.is_mild, firm.is_mild) == (True, False)


@pytest.mark.parametrize(
    ("wish", "better"),
    [
        ("a fast lunch", [{"nut"}]),
        ("not fast please", [{"fish"}]),
        ("that does not take a lot of time", [{"nut"}]),
        ("that takes a lot of time", [{"nut"}]),
        ("I was fast asleep", [set()]),
        ("lunch", []),
    ],
)
def test_what_is_meant_turns_round_when_it_is_denied(wish: str, better: list[set[str]]) -> None:
    assert [set(each) for each in READER.read(wish).better] == better


def test_what_must_never_be_there_is_told_unless_it_is_denied() -> None:
    assert READER.read("a vegan lunch").never == {"dairy"}
    assert READER.read("a lunch that is not vegan").never == set()


def test_claim_takes_its_kinds_from_all_else() -> None:
    (milk,) = READER.read("vegan milk").wanted
    assert "dairy" not in milk.kinds


def test_another_name_stands_for_the_kind() -> None:
    assert READER.kinds.kind_called(("lactose",)) == "dairy"
    assert READER.kinds.kind_called(("milk",)) == "milk"
