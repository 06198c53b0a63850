"""What a careless admin and an attacker write and send: each is answered with field and fix, and changes nothing."""

import pytest

from storage.records import Role
from tests.dumps import dump
from tests.handlers.conftest import Counter, Phone
from tests.handlers.test_coupon_commands import appoint, spend
from tests.handlers.test_coupon_files import GOOD, rows, send_file

NOTHING = "Nothing was changed."
REST = "hot-chocolate until 2026-12-31"
# What is written after /coupon, and how the answer begins.
COMMANDS = {
    "add": "Field code: it is missing. Use 3 to 20",
    "add SNUG15": "Field discount: it is missing. Write a whole percentage",
    "add SNUG15 15%": "Field for: it is missing. Write product ids",
    "add SNUG15 15% hot-chocolate": "Field until: it is missing. Write a last day",
    f"add AB 15% {REST}": 'Field code: "AB" is shorter than 3',
    f"add {'A' * 21} 15% {REST}": f'Field code: "{"A" * 21}" is longer than 20',
    f"add SNÜG15 15% {REST}": 'Field code: "SNÜG15" has characters that can\'t be there. Use',
    f"add ';DROP-TABLE-coupons;-- 15% {REST}": 'Field code: "\';DROP-TABLE-coupons;--" is longer',
    f"add x:y 15% {REST}": 'Field code: "x:y" has characters',
    f"add WARM15 15% {REST}": "Field code: WARM15 is there already. Change it with /coupon edit WARM15",
    f"add warm15 15% {REST}": "Field code: WARM15 is there already.",
    f"add SNUG15 0% {REST}": 'Field discount: "0%" is less than 1 %. Write',
    f"add SNUG15 101% {REST}": 'Field discount: "101%" is more than 100 %. Write',
    f"add SNUG15 -5% {REST}": 'Field discount: "-5%" is less than 1 %.',
    f"add SNUG15 12.5% {REST}": 'Field discount: "12.5%" is no whole percentage.',
    f"add SNUG15 discount $5 {REST}": 'Field discount: "$5" is no whole percentage.',
    f"add SNUG15 15% 20% {REST}": "Field discount: it is there twice.",
    f"add SNUG15 {'9' * 4_000}% {REST}": 'Field discount: "999',
    "add SNUG15 15% hot-chocolat until 2026-12-31": (
        'Field for: "hot-chocolat" is none of this shop\'s. Did you mean hot-chocolate?'
    ),
    "add SNUG15 15% xyzzy until 2026-12-31": 'Field for: "xyzzy" is none of this shop\'s. Write product',
    f"add SNUG15 15% {REST} all, latte": "Field for: ",
    f"add SNUG15 15% {REST} stores downtown-caffe": (
        'Field stores: "downtown-caffe" is none of this shop\'s. Did you mean downtown-cafe?'
    ),
    f"add SNUG15 15% {REST} stores": "Field stores: it is empty. Write store ids",
    "add SNUG15 15% hot-chocolate until soon": 'Field until: "soon" is no date. Write it like 2026-12-31.',
    "add SNUG15 15% hot-chocolate until 2026-02-30": 'Field until: "2026-02-30" is no day of the calendar.',
    "add SNUG15 15% hot-chocolate until 03/04/2027": (
        'Field until: "03/04/2027" can be two days. Write 2027-03-04 or 2027-04-03.'
    ),
    "add SNUG15 15% hot-chocolate until 2026-11-19": (
        "Field until: 2026-11-19 is past. Write 2026-11-20 or later."
    ),
    "add SNUG15 15% hot-chocolate until 9999-12-31": 'Field until: "9999-12-31" is too far off.',
    f"add SNUG15 15% {REST} from 2027-01-01": (
        "Field until: 2026-12-31 is before the first day, 2027-01-01."
    ),
    f"add SNUG15 15% {REST} from 2025-12-01": "Field from: 2025-12-01 is past.",
    f"add SNUG15 15% {REST} limit 0": 'Field limit: "0" is less than 1.',
    f"add SNUG15 15% {REST} limit many": 'Field limit: "many" is no whole number. Write',
    f"add SNUG15 15% {REST} limit 1,000": 'Field limit: "1,000" is no whole number.',
    f"add SNUG15 15% {REST} limit 99999999999999999999": "Field limit: ",
    f"add SNUG15 15% {REST} each -1": 'Field each: "-1" is no whole number.',
    f"add SNUG15 15% {REST} title Warm": 'Field title: "Warm" stands without quotes.',
    f'add SNUG15 15% {REST} title "open': "Field title: a quote is opened",
    f'add SNUG15 15% {REST} title "=HYPERLINK(1)"': 'Field title: "=HYPERLINK(1)" begins like a formula.',
    f'add SNUG15 15% {REST} title "{"x" * 61}"': "Field title: ",
    f'add SNUG15 15% {REST} title "50 % off"': "Field title: it says 50 %, but the discount is 15 %.",
    f'add SNUG15 15% {REST} title "a\u202eb"': 'Field title: "a b" has characters',
    "edit WARM15": "Field change: it is missing. Write what is to change",
    "edit WARM15 limit 2": "Field limit: 2 is less than the 3 used already. Write 3 or more",
    "edit WRM15 20%": 'Field code: "WRM15" is no coupon. Did you mean WARM15?',
    "show": "Field code: it is missing. Write /coupon show and a code",
    "show NOWHERE": 'Field code: "NOWHERE" is no coupon. /coupon list shows all.',
    "pause FISHFRI10": "FISHFRI10 is paused already.",
    "resume WARM15": "WARM15 isn't paused.",
    "pause PIE25": "PIE25 has ended. /coupon edit PIE25 until",
    "end PIE25": "PIE25 has ended.",
    "delete WARM15": 'Field command: "delete" is none. Write /coupon add',
}  # fmt: skip
JSON_GOOD = '{"code": "GOOD15", "discount": 15, "for": "all", "until": "2026-12-31"}'
# A file's name and content, and how the answer begins.
FILES: dict[str, tuple[str, str | bytes, str]] = {
    "empty": ("a.csv", b"", "Field file: there is no coupon in it. Write one"),
    "header alone": ("a.csv", rows(), "Field file: there is no coupon in it."),
    "spreadsheet renamed": ("a.csv", b"PK\x03\x04\x00\x00", "Field file: it is no text in UTF-8"),
    "latin-1": ("a.csv", rows(GOOD + "café").encode("latin-1"), "Field file: it is no text in UTF-8"),
    "utf-16 without its mark": ("a.csv", rows(GOOD).encode("utf-16-le"), "Field file: it is no text"),
    "unknown field": ("a.csv", "code,discont\nA15,15%\n", (
        'Row 1, field header: "discont" is no field. Did you mean discount?')),
    "no code": ("a.csv", "discount\n15%\n", "Row 1, field code: it is missing."),
    "field twice": ("a.csv", "code,title,title\nA15,a,b\n", "Row 1, field title: it is there twice."),
    "open quote": ("a.csv", 'code,title\nA15,"open\n', "Row 2, field file: it can't be read as CSV."),
    "comma too many": ("a.csv", "code,title\nA15,Warm, very\n", (
        "Row 2, field row: there are 3 values for 2 fields.")),
    "code twice": ("a.csv", rows(GOOD, GOOD.lower()), (
        'Row 3, field code: "good15" is in row 2 too. Keep one of them.')),
    "blank code": ("a.csv", rows(GOOD, GOOD.removeprefix("GOOD15")), "Row 3, field code: it is missing."),
    "last row bad": ("a.csv", rows(GOOD, GOOD.replace("GOOD15,15%", "BAD,150%")), (
        'Row 3, field discount: "150%" is more than 100 %.')),
    "formula": ("a.csv", rows(GOOD + "@SUM(1)"), 'Row 2, field title: "@SUM(1)" begins like a formula.'),
    "typo": ("a.csv", rows(GOOD.replace("hot-choc", "hot-chok")), (
        'Row 2, field for: "hot-chokolate" is none of this shop\'s. Did you mean hot-chocolate?')),
    "past end": ("a.csv", rows(GOOD.replace("2026-12-31", "2026-11-01")), (
        "Row 2, field until: 2026-11-01 is past. Write 2026-11-20 or later.")),
    "two-way date": ("a.csv", rows(GOOD.replace("2026-12-31", "01/02/2027")), (
        'Row 2, field until: "01/02/2027" can be two days.')),
    "nothing but a code": ("a.csv", "code\nA15\n", "Row 2, field discount: it is missing."),
    "limit below uses": ("a.csv", "code,limit\nWARM15,2\n", (
        "Row 2, field limit: 2 is less than the 3 used already.")),
    "broken json": ("a.json", "[{]", "Field file: it can't be read as JSON. Check brackets, quotes and commas near line 1."),
    "deep json": ("a.json", "[" * 200_000, "Field file: it can't be read as JSON."),
    "json of a number": ("a.json", "5", "Field file: it is no list of coupons. Write ["),
    "json list of numbers": ("a.json", "[5]", "Row 1, field coupon: "),
    "json of nested lists": ("a.json", JSON_GOOD.replace('"all"', "[[]]").join("[]"), "Row 1, field for: "),
    "json key twice": ("a.json", f'[{JSON_GOOD[:-1]}, "code": "B15"}}]', "Row 1, field code: it is there twice."),
    "json huge number": ("a.json", f"[{JSON_GOOD.replace('15,', '1' * 9_000 + ',')}]", "Row 1, field discount: "),
    "json second bad": ("a.json", f'[{JSON_GOOD}, {{"code": "B15", "discount": 1e3}}]', "Row 2, field discount: "),
    "larger than 5 MB": ("a.csv", b"x" * 5_000_001, "Field file: it is larger than 5 MB. Send it in parts."),
    "too many rows": ("a.csv", "code\n" + "A15\n" * 10_001, "Field file: it has more than 10,000 rows."),
}  # fmt: skip


@pytest.fixture
async def admin(counter: Counter, mia: Phone) -> Phone:
    """An admin of a shop in which WARM15 was used three times."""
    admin = await appoint(counter, mia, Role.ADMIN)
    await spend(counter, "WARM15", 3)
    return admin


async def test_bad_command_names_field_and_fix_and_changes_nothing(
    counter: Counter, admin: Phone
) -> None:
    before = await dump(counter.database)
    wrong = []
    for words, beginning in COMMANDS.items():
        text = (await admin.says(f"/coupon {words}")).text
        is_right = text.startswith(beginning) and text.endswith(NOTHING) and "\n" not in text
        if not is_right or await dump(counter.database) != before:
            wrong.append((words[:80], text))
    assert wrong == []


async def test_bad_file_names_row_field_and_fix_and_changes_nothing(
    counter: Counter, admin: Phone
) -> None:
    before = await dump(counter.database)
    wrong = []
    for what, (name, content, beginning) in FILES.items():
        text = (await send_file(admin, content, name)).text
        is_right = text.startswith(beginning) and text.endswith(NOTHING)
        if not is_right or await dump(counter.database) != before:
            wrong.append((what, text))
    assert wrong == []
