from datetime import date

import pytest

from knowledge.policies.asked_day import asked_day

TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("what was the return policy in March", date(2026, 3, 31)),
        ("what was the return policy in march 2025?", date(2025, 3, 31)),
        ("What were the rules on 5 January", date(2026, 1, 5)),
        ("the shoes I bought on 2nd of Feb., can they go back", date(2026, 2, 2)),
        ("I ordered it on August 3rd, 2025", date(2025, 8, 3)),
        ("which rules held back in december?", date(2025, 12, 31)),
        ("delivery fees in 2024", date(2024, 12, 31)),
        ("what held on 2026-02-28?", date(2026, 2, 28)),
        ("I bought it two months ago", date(2026, 9, 21)),
        ("I bought it 10 days ago", date(2026, 11, 10)),
        ("what did you take for delivery last month", date(2026, 10, 31)),
        ("what was it last year?", date(2025, 12, 31)),
        ("I got it yesterday, can I bring it back", date(2026, 11, 19)),
        ("what was it in February 2024", date(2024, 2, 29)),
    ],
)
def test_question_about_the_past_is_about_that_day(question: str, day: date) -> None:
    assert asked_day(question, TODAY) == day


@pytest.mark.parametrize(
    "question",
    [
        "what is your return policy",
        "can I exchange a gift until 31 January?",
        "may I return it in may",  # a month that has gone by, but nothing past is asked about
        "was it you in the store",
        "can I bring it back on 31.12.?",
        "the march I bought",
        "what was it on February 30th",
        "",
    ],
)
def test_any_other_question_is_about_today(question: str) -> None:
    assert asked_day(question, TODAY) == TODAY


def test_no_day_lies_ahead() -> None:
    assert asked_day("what was the rule in November", TODAY) == TODAY
    assert asked_day("the rules in 2030", TODAY) == TODAY
