"""A drawing printed off the event loop, one at a time.

The engine takes half a second to import, so that happens with the first picture, in the thread that paints it.
"""

import asyncio
from threading import Lock

from handlers.pictures.drawing import Drawing

# matplotlib is not made for several threads, and shares its fonts among figures.
# Source: https://matplotlib.org/stable/users/faq.html#work-with-threads (2026-11-22).
_one_at_a_time = Lock()


async def png(drawing: Drawing) -> bytes:
    """Give a drawing as PNG; 0.1 s, the first of a process some seconds."""
    return await asyncio.to_thread(_printed, drawing)


def _printed(drawing: Drawing) -> bytes:
    from handlers.pictures.painting import painted  # noqa: PLC0415  # brings matplotlib

    with _one_at_a_time:
        return painted(drawing)
