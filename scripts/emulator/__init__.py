"""A Telegram of one's own: the Bot API over loopback HTTP, and the shopper's side of it.

It is a stand-in with no knowledge of the product: any Bot API client can talk to it.
Start it with `python -m scripts.emulator --port 8081 --world FOLDER`, or in a test with
`async with running_server(folder) as server`.
"""

from scripts.emulator.server import RunningServer, running_server

__all__ = ["RunningServer", "running_server"]
