"""What is composed in tests: records of a small shop at noon on a Friday, and the call with the usual arguments."""

from collections.abc import Sequence
from datetime import UTC, datetime, time
from typing import Any

from knowledge.candidates import Candidate
from knowledge.compose import compose
from knowledge.composition import Composition
from knowledge.constraints import Constraints
from knowledge.evidence import Evidence
from knowledge.ranking import Ranked
from knowledge.understanding import Intent, Reading
from storage.records import OpeningHours, Store
from tests.builders import product, store

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)  # a Friday


def reading(intent: Intent, confidence: float = 0.8, tone: str = "") -> Reading:
    return Reading(intent, confidence, None, Constraints(), tone)


def shop(store_id: str = "cafe", **changes: Any) -> Store:
    hours = tuple(OpeningHours(day, time(8), time(18)) for day in range(7))
    return store(
        store_id, **{"hours": hours, "time_zone": "UTC", "name": store_id.title()} | changes
    )


def candidate(product_id: str = "choc", **changes: Any) -> Candidate:
    base = {"store": shop(), "similarity": 0.7, "distance_m": 43.4, "coupon": None}
    return Candidate(product=product(product_id), **base | changes)


def ranked(*candidates: Candidate) -> list[Ranked]:
    return [Ranked(each, {"fit": 1.0 - n / 10}) for n, each in enumerate(candidates)]


def composed(
    intent: Intent, evidence: Evidence | None = None, found: Sequence[Ranked] = (), shown: int = 3
) -> Composition:
    return compose(reading(intent), evidence or Evidence(NOON), found, shown)
