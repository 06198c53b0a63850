"""The bot as a process of its own, beside the local Telegram server: started, watched, stopped, or killed.

It knows how a bot is told where its server and its data are, and nothing of what it does.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO

STOP_WITHIN_S = 30.0


def bot_environment(
    *, api_url: str, token: str, data_folder: Path, clock_file: Path
) -> dict[str, str]:
    """Give the environment that points a bot at a local server and at a data folder of its own.

    What the settings say about another database is overruled: local and real data never mix. Nobody is held out from
    offers: whoever tries the bot is not to wait for one in vain.
    """
    return {
        "TELEGRAM_TOKEN": token,
        "CONCIERGE_TELEGRAM__API_URL": api_url,
        "CONCIERGE_STORAGE__DATA_FOLDER": str(data_folder),
        "CONCIERGE_STORAGE__URL": "",
        "CONCIERGE_CLOCK__FILE": str(clock_file),
        "CONCIERGE_NUDGES__HOLDOUT_SHARE": "0",
    }


class LocalBot:
    """One `python -m bot`."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def start(
        cls,
        folder: Path,
        environment: Mapping[str, str],
        *,
        program: tuple[str, ...] = ("-m", "bot"),
        log: IO[bytes] | None = None,
    ) -> "LocalBot":
        """Start it in `folder`; `log` takes what it writes, None: the terminal does.

        It gets a session of its own, so that Ctrl-C reaches it once, through `stop`.
        """
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            *program,
            cwd=folder,
            env={**os.environ, **environment},
            stderr=log,
            stdout=log,
            start_new_session=True,
        )
        return cls(process)

    @property
    def is_running(self) -> bool:
        """Tell whether the process lives."""
        return self._process.returncode is None

    async def wait(self) -> int:
        """Wait for its end and give the exit status, negative for a signal."""
        return await self._process.wait()

    async def stop(self) -> int:
        """Ask it to stop and wait; gives the exit status."""
        if self.is_running:
            self._process.send_signal(signal.SIGTERM)
        try:
            async with asyncio.timeout(STOP_WITHIN_S):
                return await self._process.wait()
        except TimeoutError:
            return await self.kill()

    async def kill(self) -> int:
        """End it without a chance to tidy up, as a power cut would."""
        if self.is_running:
            self._process.kill()
        return await self._process.wait()
