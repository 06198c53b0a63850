from datetime import date

import pytest

from knowledge.loaders.policy_files import read_policy
from knowledge.loaders.problems import Problem
from knowledge.loaders.tables import MAX_BYTES
from knowledge.policies.sections import sections_of
from storage.records import Policy
from tests.knowledge.loaders.pages import pdf

TODAY = date(2026, 11, 20)
MARKDOWN = "# Returns\n\n## 1. Time\n\nYou can return goods within 30 days.\n"
HTML = """<!doctype html><html><head><title>Shop | Returns</title><style>p {}</style></head><body>
<nav><a href="/">Home</a></nav>
<main><h1>Returns</h1><p>These rules hold <b>everywhere</b>.</p>
<h2>1. Time</h2><p>You can return goods<br>within 30 days.</p>
<ul><li>Soles must be clean.</li><li><p>Socks are not taken.</p></li></ul>
<table><tr><th>Goods</th><th>Days</th></tr><tr><td>Shoes</td><td>30</td></tr></table>
<script>track()</script></main><footer>Imprint</footer></body></html>"""
LOCKED = pdf([["Secret rules."]], key="x")
TEXT = """RETURNS

1. Time

You can return goods within 30 days. The box helps.

Shoes and socks

Shoes can be returned if the
soles are clean.
"""


def policy(content: str | bytes, name: str = "returns.md") -> Policy:
    read = read_policy(content.encode() if isinstance(content, str) else content, name, TODAY)
    assert read.errors == ()
    assert read.policy is not None
    return read.policy


def problems(content: str | bytes, name: str = "returns.md") -> list[tuple[str, Problem]]:
    read = read_policy(content.encode() if isinstance(content, str) else content, name, TODAY)
    assert read.policy is None
    return [(error.field, error.problem) for error in read.errors]


def outline(read: Policy) -> list[tuple[str, tuple[str, ...]]]:
    return [(s.heading, tuple(each.text for each in s.sentences)) for s in sections_of(read)]


def test_markdown_is_kept_as_it_is() -> None:
    assert policy(MARKDOWN) == Policy("returns", "Returns", MARKDOWN, TODAY)


@pytest.mark.parametrize(
    "header",
    [
        '+++\ntitle = "Bringing back"\nvalid_from = 2026-03-01\nvalid_to = 2026-12-31\nid = "back"\n+++\n',
        "---\ntitle: Bringing back\nvalid from: March 1, 2026\nValid-To: 31.12.2026\nid: back\n---\n\n",
    ],
)
def test_header_tells_name_and_days(header: str) -> None:
    read = policy(header + MARKDOWN)
    assert (read.id, read.title, read.text) == ("back", "Bringing back", MARKDOWN)
    assert (read.valid_from, read.valid_to) == (date(2026, 3, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("name", "text", "first"),
    [
        ("returns.2026-03-01.md", MARKDOWN, date(2026, 3, 1)),
        ("returns.md", MARKDOWN + "\nEffective as of: November 1, 2025.", date(2025, 11, 1)),
        ("returns.md", "Valid since 1 March 2026\n\n" + MARKDOWN, date(2026, 3, 1)),
        ("returns.md", "Effective from 2026-13-45.\n\n" + MARKDOWN, TODAY),
        ("returns.md", MARKDOWN, TODAY),
    ],
)
def test_first_day_is_found_where_it_is_told(name: str, text: str, first: date) -> None:
    read = policy(text, name)
    assert (read.id, read.valid_from) == ("returns", first)


def test_web_page_is_read_without_what_stands_around_it() -> None:
    read = policy(HTML, "Our Returns.html")
    assert (read.id, read.title) == ("our-returns", "Returns")
    assert outline(read) == [
        ("", ("These rules hold everywhere.",)),
        (
            "1. Time",
            (
                "You can return goods within 30 days.",
                "Soles must be clean.",
                "Socks are not taken.",
                "Goods Days",
                "Shoes 30",
            ),
        ),
    ]


def test_plain_text_gets_its_headings() -> None:
    read = policy(TEXT, "returns.txt")
    assert read.title == "RETURNS"
    assert outline(read) == [
        ("1. Time", ("You can return goods within 30 days.", "The box helps.")),
        ("Shoes and socks", ("Shoes can be returned if the soles are clean.",)),
    ]


def test_pdf_is_read_without_heads_and_page_numbers() -> None:
    pages = [
        [
            "Maple Shop",
            "Returns",
            "1. Time",
            "You can return goods within 30 days.",
            "Page 1 of 3",
        ],
        [
            "Maple Shop",
            "2. Shoes",
            "Shoes can be returned if the",
            "soles are clean.",
            "Page 2 of 3",
        ],
        ["Maple Shop", "3. Socks", "Socks are not taken back.", "Page 3 of 3"],
    ]
    assert outline(policy(pdf(pages), "returns.pdf")) == [
        ("1. Time", ("You can return goods within 30 days.",)),
        ("2. Shoes", ("Shoes can be returned if the soles are clean.",)),
        ("3. Socks", ("Socks are not taken back.",)),
    ]


@pytest.mark.parametrize(
    ("content", "name", "problem"),
    [
        (MARKDOWN, "returns.docx", Problem.UNKNOWN_FILE),
        (MARKDOWN, "returns", Problem.UNKNOWN_FILE),
        (b"\xff\xfa\x00", "returns.md", Problem.NOT_TEXT),
        (b" " * (MAX_BYTES + 1), "returns.md", Problem.TOO_LARGE_FILE),
        (b"%PDF-1.7 and nothing else", "returns.pdf", Problem.NOT_PDF),
        (b"", "returns.pdf", Problem.NOT_PDF),
        (pdf([[]]), "scan.pdf", Problem.NO_TEXT),
        (LOCKED, "locked.pdf", Problem.NEEDS_PASSWORD),
        ("# Only a title\n", "returns.md", Problem.NO_TEXT),
        ("", "returns.txt", Problem.NO_TEXT),
        ("<html></html>", "returns.html", Problem.NO_TEXT),
    ],
)
def test_file_that_is_none_is_refused(content: str | bytes, name: str, problem: Problem) -> None:
    assert problems(content, name) == [("file", problem)]


def test_every_slip_of_a_header_is_told_with_its_row() -> None:
    header = "+++\nvalid_from = 03/04/2026\nowner = me\ntitle = A\ntitle = B\n+++\n"
    read = read_policy((header + MARKDOWN).encode(), "returns.md", TODAY)
    assert [(e.field, e.problem, e.row) for e in read.errors] == [
        ("header", Problem.UNKNOWN_FIELD, 3),
        ("title", Problem.TWICE, 5),
        ("valid_from", Problem.TWO_DAYS, None),
    ]


def test_last_day_before_the_first_is_refused() -> None:
    text = "+++\nvalid_from = 2026-03-01\nvalid_to = 2026-02-01\n+++\n" + MARKDOWN
    assert problems(text) == [("valid_to", Problem.BEFORE_FROM)]
