"""`python -m scripts.models`, as somebody reads it who set up another model."""

from pathlib import Path

import pytest

from scripts.models import main


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in an empty folder, with toys and no file of settings."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONCIERGE_SEARCH__BACKEND", "toy")
    monkeypatch.setenv("CONCIERGE_MODEL__KIND", "scripted")


def test_models_without_files_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    search, words = capsys.readouterr().out.splitlines()
    assert (search.split()[:2], words.split()[:2]) == (
        ["search", "(toy)"],
        ["words", "(scripted)"],
    )
    assert "no file" in search


def test_checked_models_tell_memory_and_speed_and_write_a_reply(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["check"]) == 0
    search, words = capsys.readouterr().out.splitlines()
    assert search.endswith("ms for a message")
    assert "MB of memory" in words
    assert words.endswith("such as: Here you go: Tea Room, 43 m, hot chocolate, $3.50.")


def test_a_file_that_is_not_there_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCIERGE_MODEL__KIND", "gguf")
    monkeypatch.setenv("CONCIERGE_MODEL__PATH", "models/mine.gguf")
    monkeypatch.setenv("CONCIERGE_MODEL__ADAPTER", "")
    assert main(["list"]) == 1
    assert "missing: models/mine.gguf" in capsys.readouterr().out


def test_a_server_that_is_not_there_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCIERGE_MODEL__KIND", "server")
    monkeypatch.setenv("CONCIERGE_MODEL__SERVER_URL", "http://127.0.0.1:9/v1")
    assert main(["list"]) == 0
    assert main(["check"]) == 1
    assert "http://127.0.0.1:9/v1/ did not answer: ConnectError" in capsys.readouterr().out


def test_a_setting_that_is_none_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCIERGE_MODEL__KIND", "cloud")
    assert main(["list"]) == 1
    assert "kind must be one of" in capsys.readouterr().out
