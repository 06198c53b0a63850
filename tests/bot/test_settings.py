from pathlib import Path

import pytest

from bot.errors import SettingsError
from bot.settings import SECTIONS, load_settings
from bot.settings_reading import read_section, read_toml

ROOT = Path(__file__).parents[2]


def write(folder: Path, text: str) -> Path:
    (folder / "config.toml").write_text(text, encoding="utf-8")
    return folder


def test_defaults_hold_without_any_file(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {})
    assert settings.model.deadline_s == 1.5
    assert settings.telegram.is_real
    assert settings.database_url == f"sqlite+aiosqlite:///{tmp_path}/data/telegram/concierge.db"
    assert settings.key_file == tmp_path / "keys" / "telegram.key"


def test_key_of_a_data_folder_elsewhere_lies_beside_it(tmp_path: Path) -> None:
    environment = {"CONCIERGE_STORAGE__DATA_FOLDER": "/srv/shop/data"}
    assert load_settings(tmp_path, environment).key_file == Path("/srv/shop/data.key")


def test_file_then_environment_win(tmp_path: Path) -> None:
    write(tmp_path, "[model]\nthreads = 3\nskip_s = 12\n")
    settings = load_settings(tmp_path, {"CONCIERGE_MODEL__THREADS": "5"})
    assert (settings.model.threads, settings.model.skip_s) == (5, 12.0)


def test_paths_are_taken_from_the_installation_folder(tmp_path: Path) -> None:
    settings = load_settings(tmp_path, {"CONCIERGE_MODEL__PATH": "/opt/big.gguf"})
    assert settings.model.path == Path("/opt/big.gguf")
    assert settings.model.adapter == f"{tmp_path}/knowledge/llm/adapter/phrasing.gguf"
    assert settings.search.embedder_folder == tmp_path / "models" / "all-MiniLM-L6-v2"
    assert settings.index_folder == tmp_path / "data" / "telegram" / "index"


def test_no_adapter_stays_none(tmp_path: Path) -> None:
    assert load_settings(tmp_path, {"CONCIERGE_MODEL__ADAPTER": ""}).model.adapter == ""


def test_secrets_are_not_shown(tmp_path: Path) -> None:
    environment = {
        "TELEGRAM_TOKEN": "123456:secretsecret",
        "CONCIERGE_DATA_KEY": "keykeykey",
        "CONCIERGE_OWNER_CODE": "codecodecodecode",
    }
    settings = load_settings(tmp_path, environment)
    assert settings.secrets.telegram_token == environment["TELEGRAM_TOKEN"]
    assert "secretsecret" not in repr(settings)
    assert "keykeykey" not in repr(settings)
    assert "codecode" not in repr(settings)


@pytest.mark.parametrize("code", ["short", "x" * 59, "with spaces in it all"])
def test_owner_code_that_no_link_can_carry_or_anybody_could_guess_is_refused(
    tmp_path: Path, code: str
) -> None:
    with pytest.raises(SettingsError, match="CONCIERGE_OWNER_CODE must be 16 to 58"):
        load_settings(tmp_path, {"CONCIERGE_OWNER_CODE": code})


@pytest.mark.parametrize(
    ("text", "environment", "said"),
    [
        ("[storage]\nkey_file = 'data/telegram/a.key'\n", {}, "key_file must lie outside of"),
        ("[modle]\n", {}, 'unknown key "modle". Did you mean "model"?'),
        ("[model]\nthread = 2\n", {}, 'unknown key "thread". Did you mean "threads"?'),
        ("", {"CONCIERGE_MODEL__THREAD": "2"}, 'unknown key "thread". Did you mean "threads"?'),
        ("", {"CONCIERGE_MODLE__PATH": "x"}, 'unknown key "modle". Did you mean "model"?'),
        ("[model]\nthreads = 0\n", {}, "threads must be between 1 and 64, not 0"),
        ("[model]\nthreads = 2.5\n", {}, "threads must be a whole number, not 2.5"),
        ("[model]\nthreads = true\n", {}, "threads must be a whole number, not True"),
        ("[model]\ndeadline_s = 'soon'\n", {}, "deadline_s must be a number, not 'soon'"),
        ("[model]\nkind = 'cloud'\n", {}, "kind must be one of gguf, server, scripted, none"),
        ("[shop]\nname = 3\n", {}, "name must be text in quotes, not 3"),
        ("model = 3\n", {}, "model must be a section, written [model]"),
        ("[model\n", {}, "config.toml cannot be read"),
    ],
)
def test_a_wrong_setting_is_named(
    tmp_path: Path, text: str, environment: dict[str, str], said: str
) -> None:
    with pytest.raises(SettingsError) as caught:
        load_settings(write(tmp_path, text), environment)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_shipped_config_names_every_key_with_its_default() -> None:
    written = read_toml(ROOT / "config.toml")
    assert set(written) == set(SECTIONS)
    for name, kind in SECTIONS.items():
        assert set(written[name]) == set(kind.__dataclass_fields__), name
        assert read_section(kind, name, written[name]) == kind()
