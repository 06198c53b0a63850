"""Turns the trained adapter into a file that llama.cpp reads, with llama.cpp's own converter.

The converter stands in the source distribution of llama-cpp-python, from where it is used; it is not copied here.
"""

import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path

from scripts.train_phrasing.errors import ToolMissingError

_CONVERTER = "vendor/llama.cpp/convert_lora_to_gguf.py"


def converter_in(folder: Path) -> Path:
    """Give the converter, fetched with pip when it is not in the folder yet.

    Raises:
        ToolMissingError: it could not be fetched.
    """
    name = f"llama_cpp_python-{version('llama-cpp-python')}"
    found = folder / name / _CONVERTER
    if found.is_file():
        return found
    folder.mkdir(parents=True, exist_ok=True)
    wanted = name.replace("_", "-").replace("-python-", "-python==")
    source = folder / f"{name}.tar.gz"
    if not source.is_file():
        _run("-m", "pip", "download", "-q", wanted, "--no-deps", "--no-binary", ":all:", "-d", str(folder))  # fmt: skip
    with tarfile.open(source) as archive:
        archive.extractall(folder, filter="data")
    return found


def convert(converter: Path, trained: Path, out: Path) -> None:
    """Write the adapter that stands in a folder as a GGUF file of half-precision numbers.

    Raises:
        ToolMissingError: the converter ended with an error, or the package "gguf" is missing.
    """
    _run(
        *(str(converter), "--base", str(trained / "base"), "--outtype", "f16"),
        *("--outfile", str(out), str(trained / "adapter")),
    )


def _run(*words: str) -> None:
    done = subprocess.run(  # noqa: S603 - this Python, words of ours
        [sys.executable, *words], capture_output=True, text=True, check=False
    )
    if done.returncode:
        said = done.stderr.strip().splitlines()[-1:] or ["it gave no reason"]
        raise ToolMissingError(f"{' '.join(words[:3])} failed: {said[0]}")
