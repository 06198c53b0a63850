"""What keeps the bot from starting is one clear line and exit status 2."""

from pathlib import Path

import pytest

from storage.crypto import Cipher
from tests.journeys.stage import BotEndedError, Nursery, Stage, order_for


class Attempt:
    """Tries to start a bot that needs neither Telegram nor a shop to fail."""

    def __init__(self, nursery: Nursery, folder: Path) -> None:
        self._nursery = nursery
        self.folder = folder
        self.environment = {
            "TELEGRAM_TOKEN": "1000001:local-telegram",
            "CONCIERGE_TELEGRAM__API_URL": "http://127.0.0.1:1",
            "CONCIERGE_STORAGE__DATA_FOLDER": str(folder / "data"),
            "CONCIERGE_STORAGE__URL": "",
            "CONCIERGE_DATA_KEY": Cipher.new_key(),
            "CONCIERGE_SEARCH__BACKEND": "toy",
            "CONCIERGE_MODEL__KIND": "none",
        }

    def fails_with(self, *arguments: str) -> str:
        """Start it and give the one line it leaves."""
        log = self.folder / "bot.log"
        order = order_for(self.environment, self.folder, log)
        _, ending = self._nursery.bear(order | {"arguments": arguments})
        assert ending.result(timeout=60) == 2
        told = log.read_text(encoding="utf-8")
        assert "Traceback" not in told
        lines = [line for line in told.splitlines() if line.startswith("Cannot start.")]
        assert len(lines) == 1, told
        return lines[0]


@pytest.fixture
def attempt(nursery: Nursery, tmp_path: Path) -> Attempt:
    return Attempt(nursery, tmp_path)


def test_unknown_key_in_the_config_is_named(attempt: Attempt) -> None:
    (attempt.folder / "config.toml").write_text("[model]\nthread = 3\n", encoding="utf-8")
    told = attempt.fails_with()
    assert 'unknown key "thread"' in told
    assert 'Did you mean "threads"?' in told


@pytest.mark.parametrize("token", ["", "no token at all", "123:"])
def test_malformed_token_points_to_where_it_comes_from(attempt: Attempt, token: str) -> None:
    attempt.environment["TELEGRAM_TOKEN"] = token
    assert "TELEGRAM_TOKEN" in attempt.fails_with()


def test_missing_language_model_is_named_with_the_ways_out(attempt: Attempt) -> None:
    attempt.environment |= {"CONCIERGE_MODEL__KIND": "gguf", "CONCIERGE_MODEL__PATH": "gone.gguf"}
    told = attempt.fails_with()
    assert "gone.gguf is missing" in told
    assert "scripts/install" in told


def test_missing_search_model_is_named(attempt: Attempt) -> None:
    attempt.environment |= {
        "CONCIERGE_SEARCH__BACKEND": "onnx",
        "CONCIERGE_SEARCH__EMBEDDER_FOLDER": "gone",
    }
    assert "gone/onnx/model.onnx is missing" in attempt.fails_with()


def test_data_folder_that_cannot_be_written_is_named(attempt: Attempt) -> None:
    (attempt.folder / "data").write_text("a file where the folder should be", encoding="utf-8")
    assert str(attempt.folder / "data") in attempt.fails_with()


def test_unknown_role_is_named(attempt: Attempt) -> None:
    told = attempt.fails_with("--role", "cook")
    assert "invalid choice: 'cook'" in told
    assert "--help" in told


def test_missing_key_file_is_named(attempt: Attempt) -> None:
    attempt.environment["CONCIERGE_DATA_KEY"] = ""
    attempt.environment["CONCIERGE_DATA_KEY_FILE"] = str(attempt.folder / "lost.key")
    assert "lost.key is missing" in attempt.fails_with()


def test_malformed_key_is_refused(attempt: Attempt) -> None:
    attempt.environment["CONCIERGE_DATA_KEY"] = "not a key"
    assert "key" in attempt.fails_with()


def test_unreachable_database_is_told(attempt: Attempt) -> None:
    url = "postgresql+asyncpg://nobody@127.0.0.1:1/nothing"
    attempt.environment["CONCIERGE_STORAGE__URL"] = url
    assert "database" in attempt.fails_with().lower()


async def test_token_that_telegram_does_not_know_is_refused(stage: Stage) -> None:
    stage.settings["TELEGRAM_TOKEN"] = stage.server.token.replace(":", ":x")
    bot = await stage.bear()
    assert await bot.ended() == 2
    told = stage.log.read_text(encoding="utf-8")
    assert "Cannot start. Telegram does not know this token." in told
    assert "Traceback" not in told
    assert stage.settings["TELEGRAM_TOKEN"] not in told


async def test_another_data_key_is_refused_and_changes_nothing(stage: Stage) -> None:
    async with stage.running():
        phone = stage.phone(7)
        await phone.write("/start")
        await phone.hear()
    right, stage.key = stage.key, Cipher.new_key()
    bot = await stage.bear()
    assert await bot.ended() == 2
    assert "Traceback" not in stage.log.read_text(encoding="utf-8")
    stage.key = right
    async with stage.running():
        await phone.write("/help")
        assert await phone.hear()


async def test_data_of_another_bot_is_refused(stage: Stage) -> None:
    async with stage.database.work() as work:
        await work.meta.set("telegram_bot", "telegram:4242")
        await work.commit()
    with pytest.raises(
        BotEndedError, match=r"exit status 2: Cannot start.* belongs to another bot"
    ):
        await stage.start()
