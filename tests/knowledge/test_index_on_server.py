import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from knowledge.search.index import VectorIndex


def is_open(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def port(tmp_path: Path) -> Iterator[int]:
    """A Chroma server of this test's own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    process = subprocess.Popen(  # noqa: S603  # no untrusted input
        [
            *(str(Path(sys.executable).parent / "chroma"), "run", "--host", "127.0.0.1"),
            *("--port", str(port), "--path", str(tmp_path)),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    give_up_at_s = time.monotonic() + 60
    try:
        while not is_open(port):
            assert time.monotonic() < give_up_at_s
            time.sleep(0.05)  # another program starts; it has no event to wait for
        yield port
    finally:
        process.kill()
        process.wait()


def test_an_index_on_a_server_is_shared(port: int) -> None:
    vectors = np.eye(3, dtype=np.float32)
    writer = VectorIndex.on_server("127.0.0.1", port)
    writer.create("products", "v1", 3)
    writer.add("products", "v1", ["a#1", "b#1", "c#1"], vectors)
    other = VectorIndex.on_server("127.0.0.1", port)
    assert other.versions("products") == ["v1"]
    other.open("products", "v1").arrange(["a", "b", "c"], ["a#1", "b#1", "c#1"])
    ((hit,),) = other.query("products", "v1", vectors[1:2], 1)
    assert (hit.id, round(hit.similarity, 3)) == ("b", 1.0)


def test_a_server_that_is_away_is_asked_when_needed() -> None:
    index = VectorIndex.on_server("127.0.0.1", 1)
    with pytest.raises(ValueError, match="Chroma"):
        index.versions("products")
