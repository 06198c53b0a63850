import logging

import pytest

from bot.health import Health


def test_only_a_change_is_told(caplog: pytest.LogCaptureFixture) -> None:
    health = Health()
    with caplog.at_level(logging.INFO):
        for trouble in (None, "silent", "silent", "silent", None, None, "silent"):
            health.report("receiving", trouble)
    assert [record.getMessage() for record in caplog.records] == [
        "receiving: silent",
        "receiving: well again",
        "receiving: silent",
    ]
    assert health.troubles == {"receiving": "silent"}
