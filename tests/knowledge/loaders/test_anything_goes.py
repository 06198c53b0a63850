"""Whatever somebody writes or sends is read or told, and never breaks the reader."""

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.admin.texts_problems import SENTENCES, Problems
from knowledge.loaders.coupon_changes import settled
from knowledge.loaders.coupon_fields import FIELDS, CouponDraft, read_draft
from knowledge.loaders.coupon_rows import planned, read_rows
from knowledge.loaders.coupon_words import KEYWORDS, read_words
from knowledge.loaders.problems import FieldError, Problem
from knowledge.loaders.tables import read_table
from storage.records import Coupon
from tests.knowledge.loaders.names import NAMES, SHOP, TODAY

SEEDED = settings(derandomize=True, deadline=None, max_examples=150, database=None)
WORDS = (
    *KEYWORDS,
    *("15%", "15 %", "0", "-1", "200", "1,000", "9" * 30, "²", "none", "all", ",", ";", ":"),
    *(
        '"Hot Chocolate"',
        "hot chocolate",
        "latte",
        "cake",
        "tea room",
        "“x”",
        '"',
        "'",
        "{0}",
        "%s",
    ),
    *("2026-12-31", "31.12.2026", "03/04/2027", "Dec 31", "0000-00-00", "99/99/9999", "today"),
)
CELLS = st.one_of(st.sampled_from(WORDS), st.text(max_size=30))
PROBLEMS = Problems(NAMES, SHOP.locale)
ROWS = st.lists(st.dictionaries(st.sampled_from(FIELDS), CELLS), max_size=4)


def told(errors: tuple[FieldError, ...]) -> None:
    """Every error has its sentence, which names the field and ends as all do."""
    for text in (PROBLEMS.of_command(errors), PROBLEMS.of_file(errors)):
        assert f"field {errors[0].field}: " in text.replace("Field", "field")
        assert text.endswith("Nothing was changed.")


def test_every_problem_has_its_sentence() -> None:
    assert set(SENTENCES) == set(Problem)


@SEEDED
@given(st.lists(CELLS, max_size=12))
def test_any_words_are_read_or_told(words: list[str]) -> None:
    cells = read_words(" ".join(words), NAMES, TODAY)
    if isinstance(cells, FieldError):
        told((cells,))
        return
    draft = read_draft({"code": "WARM15", **cells}, NAMES, TODAY)
    outcome = settled(draft, None, SHOP) if isinstance(draft, CouponDraft) else draft
    if isinstance(outcome, Coupon):
        assert 1 <= outcome.discount_percent <= 100
        assert SHOP.now < outcome.valid_until > outcome.valid_from
        assert outcome.remaining is None or outcome.remaining > 0
    else:
        told(outcome)


@SEEDED
@given(st.binary(max_size=200), st.sampled_from(["a.csv", "a.json"]))
def test_any_bytes_are_read_or_told(content: bytes, name: str) -> None:
    table = read_table(content, name, FIELDS)
    assert table.rows or table.errors
    if table.errors:
        told(table.errors)


@SEEDED
@given(ROWS)
def test_any_rows_are_read_or_told(rows: list[dict[str, str]]) -> None:
    lines = [",".join(FIELDS)]
    for row in rows:
        quoted = [row.get(field, "").replace('"', '""').replace("\0", "") for field in FIELDS]
        lines.append(",".join(f'"{cell}"' for cell in quoted))
    content = "\n".join(lines).encode(errors="replace")
    plan = planned(read_rows(read_table(content, "a.csv", FIELDS), NAMES, TODAY), {}, SHOP)
    if isinstance(plan, tuple):
        told(plan)
    else:
        assert len(plan.new) <= len(rows)
