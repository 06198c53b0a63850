"""The benchmark of ingest gives both sides the same steps, and shares are as small as it tells."""

import json
from datetime import UTC, datetime

from bot.live_edits import read_live_edit
from scripts.bench import bench_ingest, canned_telegram

NEAR_AND_AWAY = (44.07, -69.11, 44.08, -69.12)


def test_share_of_many_takes_less_than_a_kilobyte() -> None:
    assert bench_ingest.bytes_per_share(5_000) <= 1024


def test_every_step_is_read_as_one_and_is_elsewhere_than_the_last() -> None:
    edits = [
        read_live_edit(
            json.dumps(canned_telegram.step(5, turn, NEAR_AND_AWAY)).encode(),
            datetime(2027, 1, 1, tzinfo=UTC),
        )
        for turn in (1, 2)
    ]
    assert [edit and edit.fix.latitude for edit in edits] == [44.08, 44.07]


def test_steps_are_given_by_the_offset_that_is_asked_for() -> None:
    canned = canned_telegram.Canned([NEAR_AND_AWAY] * 150)
    for asked, expected in ((b'{"offset": 101}', 50), (b"limit=100", 100), (b"offset=151", 0)):
        answer = canned.answer(3, b"POST /bot3:bench/getUpdates \r\n\r\n" + asked)
        told = json.loads(answer.split(b"\r\n\r\n")[1])["result"]
        assert len(told) == expected
