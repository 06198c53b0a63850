"""Name the JSON objects that travel, as they travel.

The Bot API is JSON in both directions and grows every month; the server keeps the objects it
hands out as plain dictionaries. This is the one module that says Any, so that the adapter has
one edge. It knows no method and no state.
"""

import json
from typing import Any

Json = dict[str, Any]

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def to_bytes(value: object) -> bytes:
    """Encode a JSON value compactly as UTF-8."""
    return _ENCODER.encode(value).encode("utf-8", "replace")
