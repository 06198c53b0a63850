"""The data key is made once, is private, and is never written over."""

import stat
import sys
from pathlib import Path

import pytest
from cryptography.fernet import Fernet

from scripts.setup.data_key import ensure_data_key, main
from scripts.setup.errors import SetupError


@pytest.fixture
def installation(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("CONCIERGE_DATA_KEY", raising=False)
    for variable in ("DATA_FOLDER", "KEY_FILE", "URL"):
        monkeypatch.delenv(f"CONCIERGE_STORAGE__{variable}", raising=False)
    return tmp_path


def run_main(monkeypatch: pytest.MonkeyPatch, name: str) -> int:
    monkeypatch.setattr(sys, "argv", ["data_key", name])
    return main()


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_key_is_usable_and_private(tmp_path: Path) -> None:
    key_file = tmp_path / "keys" / "local.key"
    assert ensure_data_key(key_file, tmp_path / "data" / "local")
    Fernet(key_file.read_bytes().strip())
    assert mode_of(key_file) == 0o600
    assert mode_of(key_file.parent) == 0o700
    assert [path.name for path in key_file.parent.iterdir()] == ["local.key"]


def test_key_is_never_written_over(tmp_path: Path) -> None:
    key_file = tmp_path / "keys" / "local.key"
    ensure_data_key(key_file, tmp_path / "data")
    made = key_file.read_bytes()
    assert not ensure_data_key(key_file, tmp_path / "data")
    assert key_file.read_bytes() == made


def test_lost_key_is_not_replaced_by_another(tmp_path: Path) -> None:
    data = tmp_path / "data" / "local"
    data.mkdir(parents=True)
    (data / "concierge.db").touch()
    with pytest.raises(SetupError, match="which is missing"):
        ensure_data_key(tmp_path / "keys" / "local.key", data)
    assert not (tmp_path / "keys").exists()


def test_lost_key_is_one_line_that_says_what_to_do(
    installation: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (installation / "data" / "local").mkdir(parents=True)
    (installation / "data" / "local" / "concierge.db").touch()
    assert run_main(monkeypatch, "local") == 2
    assert capsys.readouterr().err == (
        "The data in data/local was encrypted with keys/local.key, which is missing. "
        "Put the key file back, or move data/local away to start afresh.\n"
    )


@pytest.mark.parametrize(("name", "made"), [("local", "local.key"), ("telegram", "telegram.key")])
def test_each_data_folder_has_a_key_of_its_own(
    installation: Path, monkeypatch: pytest.MonkeyPatch, name: str, made: str
) -> None:
    assert run_main(monkeypatch, name) == 0
    assert [path.name for path in (installation / "keys").iterdir()] == [made]


def test_own_key_in_env_file_is_enough(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (installation / ".env").write_text(f"CONCIERGE_DATA_KEY={Fernet.generate_key().decode()}\n")
    assert run_main(monkeypatch, "telegram") == 0
    assert not (installation / "keys").exists()


def test_key_file_named_in_the_settings_is_the_one_made(
    installation: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCIERGE_STORAGE__KEY_FILE", "vault/shop.key")
    assert run_main(monkeypatch, "telegram") == 0
    assert (installation / "vault" / "shop.key").is_file()


def test_wrong_setting_is_one_line(
    installation: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (installation / "config.toml").write_text('[storage]\nfolder = "x"\n')
    assert run_main(monkeypatch, "telegram") == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "folder" in said
