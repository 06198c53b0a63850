import pytest

from bot.command_line import Role, read_role
from bot.errors import SettingsError


@pytest.mark.parametrize(
    ("arguments", "role"),
    [
        ([], Role.ALL),
        (["--role", "all"], Role.ALL),
        (["--role", "ingest"], Role.INGEST),
        (["--role=deliver"], Role.DELIVER),
    ],
)
def test_a_role_is_read(arguments: list[str], role: Role) -> None:
    assert read_role(arguments) is role


@pytest.mark.parametrize(
    "arguments", [["--role", "cook"], ["--role"], ["--rolle", "all"], ["deliver"]]
)
def test_anything_else_is_one_line_that_names_it_and_the_way_out(arguments: list[str]) -> None:
    with pytest.raises(SettingsError) as caught:
        read_role(arguments)
    told = str(caught.value)
    assert arguments[-1] in told
    assert "python -m bot --help" in told
    assert "\n" not in told


def test_help_tells_what_each_role_does(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        read_role(["--help"])
    told = capsys.readouterr().out
    assert ended.value.code == 0
    for role in Role:
        assert f"\n{role:9}" in told
