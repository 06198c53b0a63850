import pytest

from knowledge.loaders.coupon_fields import FIELDS
from knowledge.loaders.problems import FieldError, Problem
from knowledge.loaders.tables import MAX_BYTES, MAX_ROWS, Table, TableRow, read_table

ROW = {"code": "A15", "discount": "15%", "title": "Café"}
CSV = "code,discount,title\nA15,15%,Café\n"


def csv(content: str | bytes) -> Table:
    return read_table(content if isinstance(content, bytes) else content.encode(), "a.CSV", FIELDS)


def json(content: str) -> Table:
    return read_table(content.encode(), "a.json", FIELDS)


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        CSV.encode("utf-8-sig"),
        CSV.encode("utf-16"),
        CSV.replace(",", ";").encode(),
        CSV.replace(",", "\t").encode("utf-16"),
        CSV.replace("\n", "\r\n").encode(),
        b'Code , DISCOUNT ,"title"\nA15 , 15% ,"Caf\xc3\xa9",,\n,,\n\n',
        "code,title,discount\nA15,Café,15%\n".encode(),
    ],
)
def test_csv_is_read_however_a_spreadsheet_writes_it(content: bytes) -> None:
    assert csv(content) == Table((TableRow(2, ROW),))


def test_delimiter_inside_values_does_not_mislead() -> None:
    table = csv('code;for;title\nA15;"latte, mocha";One, two, three\n')
    assert table.rows[0].cells == {
        "code": "A15",
        "for": "latte, mocha",
        "title": "One, two, three",
    }


def test_rows_count_as_they_stand_in_the_file() -> None:
    assert [row.number for row in csv("code\nA15\n\n\nB15\n").rows] == [2, 5]
    assert [row.number for row in json('[{"code": "A15"}, {"code": "B15"}]').rows] == [1, 2]


@pytest.mark.parametrize(
    "content",
    [
        '[{"code": "A15", "discount": "15%", "title": "Café"}]',
        '{"coupons": [{"Code": "A15", "discount": "15%", "title": "Café"}]}',
        '[{"code": "A15", "discount": "15%", "title": "Caf\\u00e9"}]',
    ],
)
def test_json_is_read_bare_or_wrapped(content: str) -> None:
    assert json(content) == Table((TableRow(1, ROW),))


def test_json_values_become_text_as_they_are_written() -> None:
    (row,) = json(
        '[{"code": "A15", "limit": 1e9, "each": 2, "for": ["a, b", "c"], "from": null}]'
    ).rows
    assert row.cells == {
        "code": "A15",
        "limit": "1e9",
        "each": "2",
        "for": '"a, b", "c"',
        "from": "",
    }


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", Problem.NO_ROWS),
        (b"\xef\xbb\xbf", Problem.NO_ROWS),
        (b"code,discount\n,,\n", Problem.NO_ROWS),
        (CSV.encode("latin-1"), Problem.NOT_TEXT),
        (CSV.encode("utf-16")[2:], Problem.NOT_TEXT),
        (CSV.encode("utf-32"), Problem.NOT_TEXT),
        (b"PK\x03\x04\x14\x00\x08\x08", Problem.NOT_TEXT),
        (b"a" * (MAX_BYTES + 1), Problem.TOO_LARGE_FILE),
        (b"code\n" + b"A15\n" * (MAX_ROWS + 1), Problem.TOO_MANY_ROWS),
    ],
)
def test_file_that_is_no_table_is_refused_whole(content: bytes, problem: Problem) -> None:
    table = csv(content)
    assert [(error.field, error.problem) for error in table.errors] == [("file", problem)]
    assert table.rows == ()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        ("code,percent\nA15,15%\n", FieldError("header", Problem.UNKNOWN_FIELD, "percent", row=1)),
        ("code,title,title\nA15,a,b\n", FieldError("title", Problem.TWICE, row=1)),
        ("discount\n15%\n", FieldError("code", Problem.MISSING, row=1)),
        (
            "code,title\nA15,One, two\n",
            FieldError("row", Problem.TOO_MANY_VALUES, "3", ("2",), 2),
        ),
        ('code,title\nA15,"open\nB15,x\n', FieldError("file", Problem.NOT_CSV, row=2)),
        ('code,title\nA15,"a"b\n', FieldError("file", Problem.NOT_CSV, row=2)),
    ],
)
def test_csv_that_is_wrong_somewhere_says_where(content: str, error: FieldError) -> None:
    assert csv(content).errors == (error,)


@pytest.mark.parametrize(
    ("content", "errors"),
    [
        ("[{", [FieldError("file", Problem.NOT_JSON, details=("1",))]),
        ("[" * 100_000, [FieldError("file", Problem.NOT_JSON)]),
        ('"text"', [FieldError("file", Problem.NOT_A_LIST)]),
        ('{"coupons": 5}', [FieldError("file", Problem.NOT_A_LIST)]),
        ("[]", [FieldError("file", Problem.NO_ROWS)]),
        ("[5]", [FieldError("coupon", Problem.NOT_AN_OBJECT, "5", row=1)]),
        ("[{}]", [FieldError("code", Problem.MISSING, row=1)]),
        ('[{"code": true}]', [FieldError("code", Problem.NOT_PLAIN, "true", row=1)]),
        ('[{"code": "A15", "for": [["a"]]}]', [FieldError("for", Problem.NOT_PLAIN, "[…]", row=1)]),
        ('[{"code": "A15", "code": "B15"}]', [FieldError("code", Problem.TWICE, row=1)]),
        ('[{"code": "A15", "x": 1}]', [FieldError("header", Problem.UNKNOWN_FIELD, "x", row=1)]),
    ],
)  # fmt: skip
def test_json_that_is_wrong_somewhere_says_where(content: str, errors: list[FieldError]) -> None:
    assert list(json(content).errors) == errors
