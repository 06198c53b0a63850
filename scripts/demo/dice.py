"""Seeded randomness for the sample shop, so that two machines build the same town.

It knows nothing of what is drawn with it. Each purpose has dice of its own: adding a product does not
change what a shopper bought.
"""

import random


def dice(purpose: str) -> random.Random:
    """Give a generator that always draws the same numbers for the same purpose."""
    return random.Random(f"maple harbor: {purpose}")  # noqa: S311 - sample data, nothing secret
