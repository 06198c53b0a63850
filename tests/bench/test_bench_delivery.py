from typing import Any

import pytest

from scripts.bench.bench_delivery import figures


def call(time_s: float, text: str, *, chat: int = 7, error: int | None = None) -> dict[str, Any]:
    answer = {"ok": True} if error is None else {"ok": False, "error_code": error}
    parameters = {"chat_id": str(chat), "text": text}
    return {"method": "sendMessage", "parameters": parameters, "time": time_s, "answer": answer}


def test_what_is_taken_is_counted_and_what_is_refused_after_the_first_second() -> None:
    calls = [
        call(9.9, "before"),
        call(10.0, "one"),
        call(10.5, "too fast", error=429),
        call(11.5, "too fast", error=429),
        call(11.6, "two"),
        call(20.0, "after"),
    ]
    told = figures(calls, begun_at=10.0, seconds=10.0)
    assert (told["sends_per_s"], told["count_429"]) == (0.2, 1)


@pytest.mark.parametrize(
    ("texts", "is_so"),
    [
        (["offer 0.000000002", "offer 0.000000009", "hello", "offer 1.000000001"], True),
        (["offer 0.000000009", "offer 0.000000002"], False),
        (["offer 1.000000001", "offer 0.000000002"], False),
        (["offer 0.000000002", "offer 0.000000002"], False),
    ],
)
def test_order_in_a_chat_is_nudges_first_then_by_number_and_none_twice(
    texts: list[str], is_so: bool
) -> None:
    calls = [call(float(number), text) for number, text in enumerate(texts)]
    calls.append(call(99.0, "offer 0.000000000", chat=8))
    assert figures(calls, begun_at=0.0, seconds=60.0)["in_order"] is is_so


def test_the_fullest_second_is_found_wherever_it_begins() -> None:
    times = [0.0, 0.9, 1.2, 1.3, 1.85, 2.5]
    calls = [call(at, str(at)) for at in times]
    assert figures(calls, begun_at=0.0, seconds=10.0)["most_in_a_second"] == 4
