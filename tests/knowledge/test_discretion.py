import pytest

from knowledge.discretion import is_alcoholic, is_sensitive, may_be_shown
from tests.builders import product

WINE = product("merlot", title="Cove Merlot", category="wine", attributes={})
CIDER = product("cider", title="Hard Cider", category="cold drinks", attributes={"alcohol": "yes"})
SPRITZ = product(
    "spritz", title="Elderflower Spritz", category="wine", attributes={"alcohol": "no"}
)
PILLS = product(
    "pills", title="Ibuprofen", category="pharmacy", attributes={"sensitive": "health"}
)


def test_alcohol_is_told_by_its_own_attribute_before_its_category() -> None:
    assert [is_alcoholic(each) for each in (WINE, CIDER, SPRITZ, PILLS)] == [
        *(True, True),
        *(False, False),
    ]


def test_alcohol_is_sensitive() -> None:
    assert is_sensitive(CIDER)


@pytest.mark.parametrize(
    ("said", "is_shown"),
    [("", False), ("something to celebrate", False), ("red wine", True), ("a merlot", True)],
)
def test_alcohol_is_shown_to_those_who_name_it(said: str, *, is_shown: bool) -> None:
    assert may_be_shown(WINE, said, is_open=False) is is_shown


def test_what_is_kept_quiet_about_is_no_idea_for_anybody() -> None:
    assert not may_be_shown(PILLS, "", is_open=True)
    assert may_be_shown(PILLS, "", is_open=False)
    assert may_be_shown(product(), "", is_open=True)
