"""pip, inside .venv, always under the lock.

The one place that knows pip's options. What is installed comes from pyproject.toml, in which version from constraints.txt.
"""

import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path

from scripts.setup.errors import SetupError
from scripts.setup.process import last_error, last_output, run_logged

UNREACHABLE_SIGNS = (
    "NewConnectionError",
    "NameResolutionError",
    "ConnectTimeoutError",
    "ReadTimeoutError",
    "ProxyError",
)
"""What pip quotes when it reached no server; it goes on to report the package as not existing."""


@dataclass(frozen=True, slots=True)
class Declared:
    """Requirements as pyproject.toml declares them, without versions."""

    base: tuple[str, ...]
    llama: tuple[str, ...]
    dev: tuple[str, ...]


def read_declared(pyproject: Path) -> Declared:
    """Read the requirements of the product, of its optional model engine and of development."""
    tables = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    project = tables["project"]
    return Declared(
        base=tuple(project["dependencies"]),
        llama=tuple(project["optional-dependencies"]["llama"]),
        dev=tuple(tables["dependency-groups"]["dev"]),
    )


def installed_version(package: str) -> str | None:
    """Return the version of `package` in this environment, None when it is absent."""
    try:
        return metadata.version(package)
    except metadata.PackageNotFoundError:
        return None


class Pip:
    """pip of the running interpreter.

    Args:
        constraints: the lock.
        log: file that takes pip's own output.
    """

    def __init__(self, constraints: Path, log: Path) -> None:
        self._constraints = constraints
        self.log = log

    def locked_version(self, package: str) -> str:
        """Return the version the lock gives `package`. Raises SetupError when it gives none."""
        pattern = rf"^{re.escape(package)}==(\S+)$"
        found = re.search(pattern, self._constraints.read_text(), re.MULTILINE | re.IGNORECASE)
        if found is None:
            raise SetupError(f"{self._constraints} has no line '{package}==...'; add one.")
        return found.group(1)

    def install(self, packages: Sequence[str], *options: str) -> None:
        """Install `packages` at their locked versions. Raises SetupError with pip's own reason."""
        if self.try_install(packages, *options) != 0:
            raise SetupError(f"pip could not install what is needed: {self.reason()}")

    def try_install(
        self,
        packages: Sequence[str],
        *options: str,
        environment: Mapping[str, str] | None = None,
    ) -> int:
        """Install `packages`, named without versions, as the lock has them; return pip's exit status.

        `environment` is added to ours, for what compiles.
        """
        asked = ("install", "--constraint", str(self._constraints), *options, *packages)
        return self._run(*asked, environment=environment)

    def download_wheel(self, requirement: str, folder: Path) -> None:
        """Put the wheel of `requirement` alone into `folder`; nothing of it is run. Raises SetupError."""
        options = ("--no-deps", "--only-binary", ":all:", "--dest", str(folder))
        if self._run("download", *options, requirement) != 0:
            raise SetupError(f"{requirement} could not be fetched: {self.reason()}")

    def reached_no_index(self) -> bool:
        """Tell whether pip, when it ran last, found no server to ask."""
        return any(sign in last_output(self.log) for sign in UNREACHABLE_SIGNS)

    def reason(self) -> str:
        """Say in one line why pip, when it ran last, failed."""
        if self.reached_no_index():
            return f"the package index does not answer; check the network and run this again ({self.log})"
        if "ResolutionImpossible" in last_output(self.log):
            return f"the locked versions are not on offer here for this Python ({self.log})"
        return f"{last_error(self.log)} (all of it: {self.log})"

    def _run(self, *arguments: str, environment: Mapping[str, str] | None = None) -> int:
        pip = (sys.executable, "-m", "pip", "--no-input", "--disable-pip-version-check")
        return run_logged([*pip, *arguments], self.log, environment)
