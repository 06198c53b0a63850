"""The key that personal data is encrypted with: made once, never replaced.

`python -m scripts.setup.data_key local` sees to the key of data/local, `... telegram` to that of the folder in the
settings. Knows nothing of what is encrypted, nor how. It must never write over a key: what was written with it is lost.
"""

import argparse
import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from cryptography.fernet import Fernet
from dotenv import dotenv_values

from bot.errors import SettingsError
from bot.settings import Settings, load_settings
from scripts.setup.errors import SetupError

LOCAL_DATA = Path("data") / "local"
DATABASE_PATTERNS = ("*.db", "*.sqlite", "*.sqlite3")


def ensure_data_key(key_file: Path, data_folder: Path) -> bool:
    """Make `key_file` (mode 600) unless it is there; return whether it was made.

    Raises SetupError when `data_folder` holds a database: then there was a key, and it is gone.
    """
    if key_file.exists():
        return False
    if any(any(data_folder.glob(pattern)) for pattern in DATABASE_PATTERNS):
        data, key = _shown(data_folder), _shown(key_file)
        raise SetupError(
            f"The data in {data} was encrypted with {key}, which is missing. "
            f"Put the key file back, or move {data} away to start afresh."
        )
    return _create(key_file)


def read_settings(root: Path, name: str, environment: Mapping[str, str]) -> Settings:
    """Read the settings that the bot of `name` will run with. Raises SettingsError."""
    written = {key: value for key, value in dotenv_values(root / ".env").items() if value}
    settings = load_settings(root, {**written, **environment})
    if name == "telegram":
        return settings
    return replace(settings, storage=replace(settings.storage, data_folder=root / LOCAL_DATA))


def _create(key_file: Path) -> bool:
    # A folder that is there already may hold other things; its mode is its owner's business.
    key_file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = key_file.with_name(f".{key_file.name}.{os.getpid()}.part")
    # Private from its first moment, on disk before it has its name, and never over a key made meanwhile.
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(Fernet.generate_key() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(part, key_file)
    except FileExistsError:
        return False
    finally:
        part.unlink()
    return True


def _shown(path: Path) -> str:
    """Return `path` as seen from here when it lies here."""
    return str(path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path)


def main() -> int:
    """See to the key of the bot named on the command line; return 0, or 2 after one line that says what to do."""
    parser = argparse.ArgumentParser(
        description="Make the key that personal data is encrypted with."
    )
    parser.add_argument("name", choices=("local", "telegram"))
    name = parser.parse_args().name
    try:
        settings = read_settings(Path.cwd(), name, os.environ)
        if settings.secrets.data_key:
            return 0
        if ensure_data_key(settings.key_file, settings.storage.data_folder):
            print(
                f"Made {_shown(settings.key_file)}, which encrypts personal data. Keep a copy of it apart from data/."
            )
    except (SetupError, SettingsError) as error:
        print(error, file=sys.stderr)
        return 2
    except OSError as error:
        print(f"The data key cannot be made: {error.filename}: {error.strerror}.", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
