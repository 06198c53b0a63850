"""The container's recipe fits the repository: it cannot be built in a test, but what it names can be looked up."""

import json
import re
from pathlib import Path

from bot.settings import load_settings

ROOT = Path(__file__).parents[1]
RECIPE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")


def instructions(name: str) -> list[str]:
    return re.findall(rf"^{name} +(.*)$", RECIPE, re.MULTILINE)


def copied() -> set[str]:
    """Give what is copied out of the repository; the last word of a COPY is where it goes."""
    lines = (line.split() for line in instructions("COPY") if not line.startswith("--from"))
    return {source for words in lines for source in words[:-1]}


def test_every_file_copied_exists_and_is_sent_to_the_engine() -> None:
    assert [source for source in copied() if not (ROOT / source).exists()] == []
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    assert copied() & set(lines) == set()


def test_all_packages_of_the_product_are_in_the_image() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert packages - copied() == set()


def test_only_the_volumes_belong_to_the_ordinary_user_it_runs_as() -> None:
    assert instructions("USER") == ["10001"]
    assert "useradd --system --uid 10001 " in RECIPE
    volumes = json.loads(instructions("VOLUME")[0])
    assert f"--owner concierge {' '.join(volumes)}" in RECIPE


def test_every_program_started_exists() -> None:
    modules = re.findall(r"python -m ([\w.]+)", instructions("CMD")[0])
    assert modules != []
    for module in modules:
        path = ROOT.joinpath(*module.split("."))
        assert path.with_suffix(".py").is_file() or (path / "__main__.py").is_file(), module


def environment() -> dict[str, str]:
    return dict(re.findall(r"\b(CONCIERGE_\w+)=(\S+)", RECIPE))


def test_data_and_key_lie_in_the_volumes() -> None:
    data_and_key = (
        environment()["CONCIERGE_STORAGE__DATA_FOLDER"],
        environment()["CONCIERGE_DATA_KEY_FILE"],
    )
    assert data_and_key == ("/data/telegram", "/keys/telegram.key")


def test_the_health_check_asks_where_the_bot_answers() -> None:
    settings = load_settings(ROOT, environment())
    check = instructions("HEALTHCHECK")[0]
    listen = settings.health.listen
    assert f"http://{listen.host}:{listen.port}/healthz" in check
    assert settings.telegram.webhook_listen.host == "0.0.0.0"  # noqa: S104  # reached from outside the container
