import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.received import chat_of, is_awaited, is_stale_question, read_update

NOW = datetime(2026, 11, 21, 10, 0, tzinfo=UTC)
CHAT = {"id": 7, "type": "private"}


@pytest.mark.parametrize(
    ("update", "chat_id"),
    [
        ({"update_id": 1, "message": {"chat": CHAT}}, 7),
        ({"update_id": 1, "edited_message": {"chat": CHAT}}, 7),
        ({"update_id": 1, "callback_query": {"message": {"chat": CHAT}, "from": {"id": 9}}}, 7),
        ({"update_id": 1, "my_chat_member": {"chat": {"id": -4}}}, -4),
        ({"update_id": 1, "inline_query": {"from": {"id": 9}}}, None),
        ({"update_id": 1, "message": {"chat": "?"}}, None),
        ({"update_id": 1, "message": "?"}, None),
        ({"update_id": 1}, None),
    ],
)
def test_chat_is_found_or_not(update: dict[str, Any], chat_id: int | None) -> None:
    assert chat_of(update) == chat_id


@pytest.mark.parametrize("raw", [None, 5, [], {}, {"update_id": "1"}, {"update_id": True}])
def test_what_has_no_number_cannot_be_stored(raw: object) -> None:
    assert read_update(raw, NOW) is None


def test_payload_is_what_came_even_with_half_a_character() -> None:
    received = read_update(
        {"update_id": 3, "message": {"chat": CHAT, "text": "\ud83d caf\u00e9"}}, NOW
    )
    assert received is not None
    assert received.payload.encode("ascii")
    assert json.loads(received.payload)["message"]["text"] == "\ud83d caf\u00e9"


def written(minutes_ago: float, **parts: Any) -> dict[str, Any]:
    date = int((NOW - timedelta(minutes=minutes_ago)).timestamp())
    return {"update_id": 1, "message": {"date": date, "chat": CHAT} | parts}


@pytest.mark.parametrize(
    ("update", "is_stale"),
    [
        (written(11, text="I'm cold"), True),
        (written(11, location={"latitude": 0, "longitude": 0}), True),
        (written(9, text="I'm cold"), False),
        (written(11, text="/forget"), False),
        (written(11, text="Please cancel my order!"), False),
        (written(11, text="I want a REFUND"), False),
        ({"update_id": 1, "callback_query": {"message": written(99)["message"]}}, False),
        ({"update_id": 1, "my_chat_member": {"date": 5, "chat": CHAT}}, False),
        ({"update_id": 1, "message": {"chat": CHAT, "text": "no date"}}, False),
        ({"update_id": 1, "message": {"chat": CHAT, "date": 10**15}}, False),
    ],
)
def test_only_old_questions_are_too_late(update: dict[str, Any], is_stale: bool) -> None:
    assert is_stale_question(update, NOW, timedelta(minutes=10)) is is_stale


@pytest.mark.parametrize(
    ("update", "is_waited_for"),
    [
        (written(0, text="I'm cold"), True),
        (written(0, location={"latitude": 0}), True),
        ({"edited_message": {"text": "I'm cold"}}, True),
        ({"callback_query": {"data": "x"}}, True),
        ({"edited_message": {"location": {"latitude": 0}}}, False),
        ({"edited_message": 5}, True),
        ({"my_chat_member": {"date": 5, "chat": CHAT}}, False),
    ],
)
def test_who_wrote_or_tapped_waits_for_an_answer(
    update: dict[str, Any], *, is_waited_for: bool
) -> None:
    assert is_awaited(update) is is_waited_for


@pytest.mark.parametrize("place", [{"latitude": 0, "live_period": 900}, {"latitude": 0}])
def test_live_place_that_moved_or_ended_is_no_question(place: dict[str, Any]) -> None:
    an_hour_ago = int(NOW.timestamp()) - 3600
    chat = {"id": 7, "type": "private"}
    moved = {"date": an_hour_ago, "edit_date": an_hour_ago, "chat": chat, "location": place}
    assert not is_stale_question({"edited_message": moved}, NOW, timedelta(minutes=10))
    assert is_stale_question({"message": moved}, NOW, timedelta(minutes=10))
