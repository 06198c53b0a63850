from datetime import date

import pytest

from knowledge.loaders.coupon_fields import CouponDraft, Goods, Limit, read_draft
from knowledge.loaders.coupon_words import read_words
from knowledge.loaders.problems import FieldError, Problem
from tests.knowledge.loaders.names import NAMES, TODAY

LAST = date(2026, 12, 31)
CHOCOLATE = Goods(product_ids=frozenset({"hot-chocolate"}))


def draft(words: str) -> CouponDraft | tuple[FieldError, ...]:
    cells = read_words(words, NAMES, TODAY)
    if isinstance(cells, FieldError):
        return (cells,)
    return read_draft({"code": "WARM15", **cells}, NAMES, TODAY)


@pytest.mark.parametrize(
    "words",
    [
        "15% hot-chocolate until 2026-12-31 limit 200 stores all",
        "limit 200 stores all until Dec 31, 2026 15 % Hot Chocolate",
        "hot chocolate 15 until 31.12.2026 Limit 200 Stores All",
        "for “Hot Chocolate” discount 15% till: Dec 31 limit: 200 store all",
        "stores all hot-chocolate 15% until 12/31/2026 limit 200",
        "15%\nhot-chocolate,\nuntil 2026-12-31\nlimit 200\nstores all",
    ],
)
def test_order_and_spelling_are_free(words: str) -> None:
    assert draft(words) == CouponDraft(
        "WARM15", 15, CHOCOLATE, frozenset(), last_day=LAST, limit=Limit(200)
    )


@pytest.mark.parametrize(
    ("words", "changes"),
    [
        ("all", {"goods": Goods()}),
        ("hot drinks", {"goods": Goods(categories=frozenset({"hot drinks"}))}),
        ("latte, bakery", {"goods": Goods(frozenset({"latte"}), frozenset({"bakery"}))}),
        ("latte,hot chocolate", {"goods": Goods(frozenset({"latte", "hot-chocolate"}))}),
        ("latte hot-chocolate", {"goods": Goods(frozenset({"latte", "hot-chocolate"}))}),
        ("cake-a", {"goods": Goods(frozenset({"cake-a"}))}),
        ("stores Downtown Café, tea-room", {"store_ids": frozenset({"cafe", "tea-room"})}),
        ("stores cafe latte", {"store_ids": frozenset({"cafe"}), "goods": Goods(frozenset({"latte"}))}),
        ("limit none each 3", {"limit": Limit(None), "each": 3}),
        ("from 2026-12-01", {"first_day": date(2026, 12, 1)}),
        ('title "Until Sunday, all of it"', {"title": "Until Sunday, all of it"}),
        ("", {}),
    ],
)  # fmt: skip
def test_words_say_only_what_they_say(words: str, changes: dict[str, object]) -> None:
    assert draft(words) == CouponDraft("WARM15", **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("words", "field", "problem", "given"),
    [
        ("15% 20%", "discount", Problem.TWICE, "20%"),
        ("limit 1 limit 2", "limit", Problem.TWICE, "2"),
        ("limit until 2026-12-31", "limit", Problem.NO_VALUE, ""),
        ("until", "until", Problem.NO_VALUE, ""),
        ('title "', "title", Problem.OPEN_QUOTE, ""),
        ('title ""', "title", Problem.NO_VALUE, ""),
        ("title Warm hands", "title", Problem.NEEDS_QUOTES, "Warm"),
        ("until next friday 15%", "until", Problem.NOT_A_DAY, "next friday"),
        ("until 2026-02-30", "until", Problem.NO_SUCH_DAY, "2026-02-30"),
        ("hot chocolat until 2026-12-31", "for", Problem.UNKNOWN_NAME, "hot chocolat"),
        ("latte, tea", "for", Problem.UNKNOWN_NAME, "tea"),
        ("cake", "for", Problem.SEVERAL_OF_THAT_NAME, "cake"),
        ("all, latte", "for", Problem.ALL_AND_MORE, "all"),
        ("stores Tea Rom", "stores", Problem.UNKNOWN_NAME, "Tea Rom"),
        ("limit 1,000", "limit", Problem.NOT_A_NUMBER, "1,000"),
        ("limit 0", "limit", Problem.TOO_SMALL, "0"),
        ("limit 9999999", "limit", Problem.TOO_LARGE, "9999999"),
        ("limit ²", "limit", Problem.NOT_A_NUMBER, "²"),
        ("each none", "each", Problem.NOT_A_NUMBER, "none"),
        ("101%", "discount", Problem.TOO_LARGE, "101%"),
        ("0%", "discount", Problem.TOO_SMALL, "0%"),
        ("-5%", "discount", Problem.TOO_SMALL, "-5%"),
        ("12,5%", "discount", Problem.NOT_A_PERCENTAGE, "12,5%"),
        ("discount $5", "discount", Problem.NOT_A_PERCENTAGE, "$5"),
        ('title "=1+1"', "title", Problem.FORMULA, "=1+1"),
        ('title "a\u202eb"', "title", Problem.ODD_CHARACTERS, "a\u202eb"),
    ],
)
def test_what_cannot_be_read_names_its_field(
    words: str, field: str, problem: Problem, given: str
) -> None:
    read = draft(words)
    assert isinstance(read, tuple)
    assert (read[0].field, read[0].problem, read[0].given) == (field, problem, given)


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        ("", Problem.MISSING),
        ("AB", Problem.TOO_SHORT),
        ("A" * 21, Problem.TOO_LONG),
        ("WÄRM15", Problem.ODD_CHARACTERS),
        ("WARM_15", Problem.ODD_CHARACTERS),
        ("WARM--15", Problem.ODD_CHARACTERS),
        ("A:B:C", Problem.ODD_CHARACTERS),
        ("15%", Problem.ODD_CHARACTERS),
    ],
)
def test_code_must_be_fit_to_be_read_out(code: str, problem: Problem) -> None:
    read = read_draft({"code": code}, NAMES, TODAY)
    assert isinstance(read, tuple)
    assert (read[0].field, read[0].problem) == ("code", problem)


def test_code_is_read_without_regard_to_capitals() -> None:
    assert read_draft({"code": " warm-15 "}, NAMES, TODAY) == CouponDraft("WARM-15")
