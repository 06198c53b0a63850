"""llama-cpp-python, which compiles from source: the one package the product can do without.

pip keeps the compiled wheel in its cache, so a new .venv on the same machine does not compile again.
"""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator

from scripts.setup.errors import StepPassedOver
from scripts.setup.locked_pip import Pip, installed_version
from scripts.setup.process import run_logged
from scripts.setup.state import State, fingerprint

PACKAGE = "llama-cpp-python"
FAILED = "llama failed"
# Its code for AMX crashes the process (the tile configuration is optimised away, and threads lack the permission):
# https://github.com/ggml-org/llama.cpp/pull/26954. Remove once the locked version has that.
WITHOUT_AMX = "-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"
MEANWHILE = "until then replies come from the written templates"


class Llama:
    """The engine that runs GGUF models in this process."""

    def __init__(self, pip: Pip, state: State) -> None:
        self._pip = pip
        self._state = state
        self._version = pip.locked_version(PACKAGE)

    def is_installed(self) -> bool:
        """Tell whether the locked version is there."""
        return installed_version(PACKAGE) == self._version

    def obstacle(self) -> str | None:
        """Say why trying again would be in vain: nothing changed since the last failure. None: try."""
        compiler = find_compiler()
        if not self._state.holds(FAILED, self._attempt(compiler)):
            return None
        return self._advice(compiler, f"see {self._pip.log}")

    def install(self) -> None:
        """Compile and install it. Raises StepPassedOver when that cannot be done here."""
        compiler = find_compiler()
        # Without a compiler a ready-made wheel may still be on offer.
        options = () if compiler else ("--only-binary", PACKAGE)
        flags = build_flags()
        built = self._pip.try_install([PACKAGE], *options, environment=flags) == 0
        if built and self._loads():
            return
        if not built and self._pip.reached_no_index():
            raise StepPassedOver(f"{self._pip.reason()}; {MEANWHILE}.")
        self._state.record(FAILED, self._attempt(compiler))
        raise StepPassedOver(self._advice(compiler, self._pip.reason()))

    def _loads(self) -> bool:
        return run_logged([sys.executable, "-I", "-c", "import llama_cpp"], self._pip.log) == 0

    def _attempt(self, compiler: str | None) -> str:
        return fingerprint(self._version, compiler or "no compiler")

    def _advice(self, compiler: str | None, reason: str) -> str:
        if compiler is None:
            return f"no C++ compiler was found. {compiler_advice()}, then run this again; {MEANWHILE}."
        return (
            f"it could not be built: {reason}. `scripts/install --again` tries again; {MEANWHILE}."
        )


def find_compiler() -> str | None:
    """Return the first line a working C++ compiler says of itself, None when there is none."""
    for path in _compilers():
        said = subprocess.run(  # noqa: S603 - found on the person's own PATH
            [path, "--version"], capture_output=True, text=True, check=False
        )
        # macOS ships a stub that only offers to install one.
        if said.returncode == 0:
            return said.stdout.partition("\n")[0]
    return None


def build_flags() -> dict[str, str]:
    """Return what the compilers are told through the environment, beside what the person told them already."""
    compiler = next(_compilers(), None)
    if compiler is None or not _understands(compiler, WITHOUT_AMX):
        return {}  # an older compiler, or another processor: neither makes such code
    return {
        name: f"{os.environ.get(name, '')} {WITHOUT_AMX}".strip()
        for name in ("CFLAGS", "CXXFLAGS")
    }


def _compilers() -> Iterator[str]:
    names = filter(None, (os.environ.get("CXX"), "c++", "g++", "clang++"))
    return (path for path in map(shutil.which, names) if path is not None)


def _understands(compiler: str, flags: str) -> bool:
    program = [compiler, *flags.split(), "-E", "-x", "c++", os.devnull]
    said = subprocess.run(program, capture_output=True, check=False)  # noqa: S603 - on the person's own PATH
    return said.returncode == 0


def compiler_advice() -> str:
    """Name what to install for a C++ compiler on this system."""
    if platform.system() == "Darwin":
        return "Run `xcode-select --install`"
    families = (
        ("apt-get", "Install build-essential (`sudo apt-get install build-essential`)"),
        ("dnf", "Install gcc-c++ (`sudo dnf install gcc-c++`)"),
        ("pacman", "Install base-devel (`sudo pacman -S base-devel`)"),
        ("apk", "Install build-base (`sudo apk add build-base`)"),
        ("zypper", "Install gcc-c++ (`sudo zypper install gcc-c++`)"),
    )
    known = (advice for tool, advice in families if shutil.which(tool))
    return next(known, "Install a C++ compiler such as g++ or clang++")
