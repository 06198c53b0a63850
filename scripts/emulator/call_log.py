"""Remember every Bot API call for the life of the process, without holding it in memory."""

from array import array
from pathlib import Path

from scripts.emulator.ledger import LineFile
from scripts.emulator.wire import Json, to_bytes


class CallLog:
    """One line per call in a file of its own, begun afresh at each start."""

    def __init__(self, folder: Path) -> None:
        self._file = LineFile(folder / "calls.jsonl")
        self._begins = array("q")

    def add(self, method: str, parameters: Json, answer: bytes, time_s: float) -> None:
        """Add a call; answer is the JSON sent back, b"null" when none was."""
        head = to_bytes({"method": method, "parameters": parameters, "time": time_s})
        self._begins.append(self._file.append(head[:-1] + b',"answer":' + answer + b"}"))

    def read(self, after: int = 0) -> bytes:
        """Give the calls as a JSON list, without the first `after` of them."""
        if after >= len(self._begins):
            return b"[]"
        lines = self._file.read(self._begins[max(after, 0)], self._file.end - 1)
        return b"[" + lines.replace(b"\n", b",\n") + b"]"

    def close(self) -> None:
        """Close the file."""
        self._file.close()
