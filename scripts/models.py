"""`python -m scripts.models list|check`: which models there are, what they take, and how fast they are here.

`list` tells what config.toml names and whether it is there. `check` loads each and uses it: megabytes of memory it
adds, and its speed on this machine. A model server is asked for a few short replies.
"""

import argparse
import ctypes
import logging
import os
import resource
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from bot.errors import SettingsError
from bot.models import language_model, search_model, text_tagger
from bot.settings import Settings, load_settings
from knowledge.briefs import brief
from knowledge.errors import ModelFolderMissingError
from knowledge.llm.base import Terms
from knowledge.llm.errors import LlmError
from knowledge.privacy.tagging.tagger import WEIGHTS

_MEGABYTE = 1e6
_STATM = Path("/proc/self/statm")  # Linux, proc(5): pages in all, and of these in memory
_FACTS = {"store": "Tea Room", "distance": "43 m", "item": "hot chocolate", "price": "$3.50"}
_NAMES = tuple(_FACTS)
_WIDTH = 18
_MAX_TOKENS = 90
_ROUNDS = 5


@dataclass(frozen=True, slots=True)
class Used:
    """What the process holds while a model is loaded, and how fast it was, in words."""

    held_mb: float
    speed: str


@dataclass(frozen=True, slots=True)
class Part:
    """A model: what it is for, its files, where it is, and a use of it that gives its speed in words.

    The use raises what loading raises.
    """

    role: str
    paths: tuple[Path, ...]
    told: str
    use: Callable[[], Used]

    @property
    def is_there(self) -> bool:
        """Tell whether all its files are."""
        return all(path.exists() for path in self.paths)

    @property
    def megabytes(self) -> float:
        """Give the size of its files."""
        files = [
            file for path in self.paths for file in ([path] if path.is_file() else path.rglob("*"))
        ]
        return sum(file.stat().st_size for file in files if file.is_file()) / _MEGABYTE


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line says; return 0, or 1 when a model is missing or cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m scripts.models", description=__doc__)
    parser.add_argument("what", choices=("list", "check"))
    asked = parser.parse_args(words)
    logging.basicConfig(
        level=logging.ERROR
    )  # what the engines say while they load is not for here
    try:
        parts = _parts(load_settings(Path(), os.environ))
    except SettingsError as error:
        print(error)
        return 1
    tell = _listed if asked.what == "list" else _checked
    told = [tell(part) for part in parts]  # of all, also after one that is missing
    return 0 if all(told) else 1


def _listed(part: Part) -> bool:
    for path in part.paths:
        if not path.exists():
            print(f"{part.role:{_WIDTH}} missing: {path}. Run scripts/install, or name another.")
    if part.is_there:
        state = f"{part.megabytes:6.0f} MB" if part.paths else "  no file"
        print(f"{part.role:{_WIDTH}} {state}  {part.told}")
    return part.is_there


def _checked(part: Part) -> bool:
    before_mb = _memory_mb()
    try:
        used = part.use()
    except (LlmError, ModelFolderMissingError) as error:
        print(f"{part.role:{_WIDTH}} {error}")
        return False
    print(f"{part.role:{_WIDTH}} {used.held_mb - before_mb:6.0f} MB of memory, {used.speed}")
    return True


def _parts(settings: Settings) -> list[Part]:
    search, words = settings.search, _words(settings)
    if search.backend == "toy":
        reading = [Part("search (toy)", (), "for tests", lambda: _embedding(settings))]
    else:
        folder = search.embedder_folder
        role = f"search ({search.backend})"
        reading = [
            Part(role, (folder,), str(folder), lambda: _embedding(settings)),
            Part("personal data", (WEIGHTS,), "with the search model", lambda: _tagging(settings)),
        ]
    return [*reading, words] if words else reading


def _words(settings: Settings) -> Part | None:
    """Give the model that writes; None where templates speak alone."""
    model = settings.model
    if model.kind == "none":
        return None
    paths, told = tuple[Path, ...](), "for tests"
    if model.kind == "gguf":
        paths = (model.path, *([Path(model.adapter)] if model.adapter else []))
        told = " with ".join(map(str, paths))
    elif model.kind == "server":
        told = f"{model.server_model} at {model.server_url}"
    return Part(f"words ({model.kind})", paths, told, lambda: _writing(settings))


def _embedding(settings: Settings) -> Used:
    embedder = search_model(settings.search)
    seconds = _median_s(lambda number: embedder.encode([f"something warm {number}"]))
    return Used(_memory_mb(), f"{1e3 * seconds:.1f} ms for a message")


def _tagging(settings: Settings) -> Used:
    tagger = text_tagger(settings.search)
    seconds = _median_s(lambda number: tagger.tag(f"I'm Ana from {number} Mill Road"))
    return Used(_memory_mb(), f"{1e3 * seconds:.1f} ms for a message")


def _writing(settings: Settings) -> Used:
    model = language_model(settings.model)
    texts = list[str]()

    def write(number: int) -> None:
        asked = brief("offer", _NAMES, "my hands are freezing")
        texts.append(
            model.write(
                asked, Terms(_NAMES, seed=number), max_tokens=_MAX_TOKENS, cancelled=lambda: False
            )
        )

    try:
        seconds = _median_s(write)
        reply = texts[-1].format_map(_FACTS)
        return Used(_memory_mb(), f"{seconds:.2f} s for a reply, such as: {reply}")
    finally:
        model.close()


def _median_s(use: Callable[[int], object]) -> float:
    taken = []
    for number in range(_ROUNDS + 1):
        started = time.perf_counter()
        use(number)
        taken.append(time.perf_counter() - started)
    return sorted(taken[1:])[_ROUNDS // 2]  # the first one warms up


def _memory_mb() -> float:
    """Give what this process holds now, without what it has freed; where that is not told, the most it ever held."""
    if _STATM.exists():
        with suppress(
            OSError, AttributeError
        ):  # another C library than glibc keeps what was freed
            ctypes.CDLL(None).malloc_trim(0)
        pages = int(_STATM.read_text(encoding="ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / _MEGABYTE
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage(2) of each system
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / _MEGABYTE


if __name__ == "__main__":
    sys.exit(main())
