"""What is known of one shopper's taste, read from the database; what it comes to is preferences.py's business."""

from dataclasses import dataclass, replace
from datetime import datetime

from knowledge.catalogue import Catalogue
from knowledge.popularity import LEAST_SHOPPERS, part_of_day, shares
from knowledge.preferences import Taste, deeds_of
from storage.records import Declared
from storage.work import Work

PURCHASES_READ = 200  # half a year of a daily customer
SIGNALS_READ = 400  # a month of twelve things shown a day; older ones have faded (ours)


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What a shopper declared, and the taste that comes of it and of what they did."""

    declared: Declared
    taste: Taste


async def acquaintance(
    work: Work,
    catalogue: Catalogue,
    shopper_id: int,
    now: datetime,
    *,
    unused: frozenset[str] = frozenset(),
) -> Acquaintance:
    """Read it as of shop time `now`: a tap a moment ago counts. `unused` is said with this very tap."""
    purchases = await work.purchases.of_shopper(shopper_id, limit=PURCHASES_READ)
    signals = await work.signals.of_shopper(shopper_id, limit=SIGNALS_READ)
    said = await work.preferences.get(shopper_id)
    declared = replace(said, unused=said.unused | unused)
    deeds = deeds_of(purchases, signals, catalogue.products)
    taste = Taste.learned_from(deeds, catalogue.shares, now, declared)
    here_now = part_of_day(now, catalogue.time_zone)
    popular = shares(await work.popularity.at(here_now, at_least=LEAST_SHOPPERS))
    return Acquaintance(declared, replace(taste, popular=popular))
