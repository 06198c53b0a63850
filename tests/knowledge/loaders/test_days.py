from datetime import date

import pytest

from knowledge.loaders.days import read_day
from knowledge.loaders.problems import FieldError, Problem

TODAY = date(2026, 11, 20)
LAST = date(2026, 12, 31)


@pytest.mark.parametrize(
    ("given", "day"),
    [
        ("2026-12-31", LAST),
        ("31.12.2026", LAST),
        ("12/31/2026", LAST),
        ("31/12/2026", LAST),
        ("5/5/2027", date(2027, 5, 5)),
        ("Dec 31", LAST),
        ("dec. 31", LAST),
        ("31 Dec", LAST),
        ("31. December 2026", LAST),
        ("December 31st, 2026", LAST),
        ("Dec 31 , 2026", LAST),
        ("Jan 31", date(2027, 1, 31)),
        ("Nov 20", TODAY),
        ("2028-02-29", date(2028, 2, 29)),
    ],
)
def test_day_of_one_meaning_is_read(given: str, day: date) -> None:
    assert read_day("until", given, TODAY) == day


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ("soon", Problem.NOT_A_DAY),
        ("2026/12/31", Problem.NOT_A_DAY),
        ("31.12.26", Problem.NOT_A_DAY),
        ("Ma 3", Problem.NOT_A_DAY),
        ("٢٠٢٦-١٢-٣١", Problem.NOT_A_DAY),
        ("2026-02-30", Problem.NO_SUCH_DAY),
        ("2026-13-01", Problem.NO_SUCH_DAY),
        ("0000-01-01", Problem.NO_SUCH_DAY),
        ("31/31/2026", Problem.NO_SUCH_DAY),
        ("Feb 30", Problem.NO_SUCH_DAY),
        ("03/04/2027", Problem.TWO_DAYS),
        ("Nov 19", Problem.NEEDS_YEAR),
        ("9999-12-31", Problem.TOO_FAR),
        ("2037-01-01", Problem.TOO_FAR),
    ],
)
def test_day_of_no_or_two_meanings_is_told(given: str, problem: Problem) -> None:
    read = read_day("until", given, TODAY)
    assert isinstance(read, FieldError)
    assert (read.field, read.problem, read.given) == ("until", problem, given)


def test_both_meanings_are_named() -> None:
    read = read_day("until", "03/04/2027", TODAY)
    assert isinstance(read, FieldError)
    assert read.details == ("2027-03-04", "2027-04-03")
