"""compose.yaml fits the settings and the Dockerfile, and the bot starts as its container would: no engine is needed here."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml

from bot.command_line import Role, read_role
from bot.settings import SECTIONS, load_settings
from scripts.emulator import RunningServer, running_server
from scripts.phone import Phone, text_of, wait_for_bot

ROOT = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
RECIPE = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
SERVICES: Mapping[str, Any] = COMPOSE["services"]
BOTS = {name: service for name, service in SERVICES.items() if service.get("build")}
SETTINGS = {
    f"CONCIERGE_{section}__{key}".upper()
    for section, kind in SECTIONS.items()
    for key in kind.__dataclass_fields__
}


def from_recipe(name: str) -> Any:
    """Give what an instruction of the Dockerfile says, read as JSON."""
    return json.loads(re.findall(rf"^{name} +(\[.*\])$", RECIPE, re.MULTILINE)[0])


def recipe_environment() -> dict[str, str]:
    return dict(re.findall(r"\b(CONCIERGE_\w+)=(\S+)", RECIPE))


def test_a_profile_for_each_way_to_run() -> None:
    ways = {frozenset(service["profiles"]) for service in SERVICES.values()}
    alone, servers, apart = frozenset({"alone"}), frozenset({"servers"}), frozenset({"apart"})
    assert ways == {alone, servers, apart, servers | apart}
    assert {name: bot["profiles"] for name, bot in BOTS.items()} == {
        "bot": ["alone"],
        "bot-with-servers": ["servers"],
        "ingest": ["apart"],
        "deliver": ["apart"],
    }


def test_apart_one_receives_as_the_image_does_and_several_send() -> None:
    usual, ingest, deliver = from_recipe("CMD"), BOTS["ingest"], BOTS["deliver"]
    assert ingest["command"] == [*usual[:-1], f"{usual[-1]} --role ingest"]
    assert deliver["command"][:3] == ["python", "-m", "bot"]
    assert read_role(deliver["command"][3:]) is Role.DELIVER
    assert deliver["deploy"]["replicas"] > 1
    assert deliver["depends_on"]["ingest"] == {"condition": "service_healthy"}


@pytest.mark.parametrize("name", BOTS)
def test_a_bot_is_told_only_what_it_reads(name: str) -> None:
    told = set(BOTS[name]["environment"])
    assert told - SETTINGS == {"TELEGRAM_TOKEN"}
    load_settings(ROOT, {key: str(value) for key, value in BOTS[name]["environment"].items()})


@pytest.mark.parametrize("name", BOTS)
def test_a_bot_writes_only_into_its_volumes(name: str) -> None:
    mounts = dict(volume.split(":") for volume in BOTS[name]["volumes"])
    assert sorted(mounts.values()) == sorted(from_recipe("VOLUME"))
    assert BOTS[name]["read_only"]
    told = recipe_environment()
    data, key = told["CONCIERGE_STORAGE__DATA_FOLDER"], told["CONCIERGE_DATA_KEY_FILE"]
    assert [str(Path(data).parent), str(Path(key).parent)] == from_recipe("VOLUME")


def test_only_bots_with_the_same_servers_share_volumes_and_each_is_declared() -> None:
    users: dict[str, set[str]] = {}
    for name, service in SERVICES.items():
        for volume in service["volumes"]:
            users.setdefault(volume.split(":")[0], set()).add(name)
    assert sorted(users) == sorted(COMPOSE["volumes"])
    shared = {frozenset(names) for names in users.values() if len(names) > 1}
    assert shared == {frozenset({"bot-with-servers", "ingest", "deliver"})}


@pytest.mark.parametrize("name", ["bot-with-servers", "ingest", "deliver"])
def test_every_server_named_is_there_and_awaited(name: str) -> None:
    bot = BOTS[name]
    settings = load_settings(ROOT, {key: str(value) for key, value in bot["environment"].items()})
    assert "@postgres:5432/concierge" in settings.database_url
    assert SERVICES["postgres"]["environment"]["POSTGRES_DB"] == "concierge"
    assert (settings.search.chroma_host, settings.search.chroma_port) == ("chroma", 8000)
    assert set(bot["depends_on"]) - {"ingest"} == {"postgres", "chroma"}


def test_the_chroma_server_is_of_the_clients_release() -> None:
    lock = (ROOT / "scripts" / "setup" / "constraints.txt").read_text(encoding="utf-8")
    version = re.findall(r"^chromadb==(\S+)$", lock, re.MULTILINE)
    assert [SERVICES["chroma"]["image"]] == [f"chromadb/chroma:{one}" for one in version]


def test_no_secret_is_written_down() -> None:
    secrets = re.findall(r"(?:TOKEN|PASSWORD): (.*)", (ROOT / "compose.yaml").read_text("utf-8"))
    assert secrets != []
    assert all(re.fullmatch(r"\$\{\w+:-\}", secret) for secret in secrets)


def test_what_runs_may_finish_before_it_is_killed() -> None:
    drain_s = load_settings(ROOT, {}).ingest.drain_s
    for bot in BOTS.values():
        assert float(bot["stop_grace_period"].removesuffix("s")) > 2 * drain_s


class Container:
    """The image's folder, environment and command, without an engine: the program's folder, and volumes elsewhere."""

    def __init__(self, folder: Path, server: RunningServer) -> None:
        self.volumes = folder / "volumes"
        app = folder / "app"
        app.mkdir()
        copied = re.findall(r"^COPY (?!--)(\S+) (?:\S+)$", RECIPE, re.MULTILINE)
        for name in {path.split("/")[0] for path in copied} - {"pyproject.toml"}:
            (app / name).symlink_to(ROOT / name)
        self.folder = app
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.address = f"127.0.0.1:{probe.getsockname()[1]}"
        inside = {
            key: f"{self.volumes}{value}" if value.startswith("/") else value
            for key, value in recipe_environment().items()
        }
        self.environment = {
            **{key: os.environ[key] for key in ("HOME", "LANG") if key in os.environ},
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "PYTHONDONTWRITEBYTECODE": "1",
            **inside,
            "TELEGRAM_TOKEN": server.token,
            "CONCIERGE_TELEGRAM__API_URL": server.url,
            "CONCIERGE_HEALTH__LISTEN": self.address,
            "CONCIERGE_SEARCH__BACKEND": "toy",
            "CONCIERGE_MODEL__KIND": "none",
        }

    async def start(self) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *from_recipe("CMD"), cwd=self.folder, env=self.environment, start_new_session=True
        )


async def test_the_containers_command_brings_a_bot_that_answers(
    tmp_path: Path,
) -> None:
    async with running_server(tmp_path / "world") as server, aiohttp.ClientSession() as http:
        container = Container(tmp_path, server)
        process = await container.start()
        try:
            await wait_for_bot(http, server.url, within_s=90)
            phone = Phone(http, server.url, 101)
            await phone.write("/help")
            assert "/nearby" in text_of((await phone.hear())[0])
            async with http.get(f"http://{container.address}/healthz") as response:
                assert response.status == 200
            process.send_signal(signal.SIGTERM)
            async with asyncio.timeout(60):
                assert await process.wait() == 0
        finally:
            if process.returncode is None:
                os.killpg(process.pid, signal.SIGKILL)
                await process.wait()
    made = {str(path.relative_to(container.volumes)) for path in container.volumes.rglob("*")}
    assert {"data/telegram/concierge.db", "keys/telegram.key"} <= made
    assert [path for path in container.folder.iterdir() if not path.is_symlink()] == []
