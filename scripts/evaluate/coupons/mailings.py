"""Coupons, the campaigns they were sent with, and who used which: the tables of a shop as arrays.

A coupon is known by its number and may come with several campaigns, which are one coupon here: who keeps it may use it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from scripts.evaluate.columns import Kind, read_columns

FOREVER = (-np.inf, np.inf)


@dataclass(frozen=True, slots=True)
class Leaflet:
    """All coupons: `upcs` (coupons,), and of each its products, codes of a history, and how many there are in all.

    `lines_from` (coupons + 1,) says where each one's products begin in `products`; such that the history does not know
    count in `sizes` alone. `in_campaign` are the places of a campaign's coupons.
    """

    upcs: np.ndarray
    lines_from: np.ndarray
    products: np.ndarray
    sizes: np.ndarray
    in_campaign: Mapping[int, np.ndarray]


@dataclass(frozen=True, slots=True)
class Uses:
    """Coupons used: whose, which (place in a leaflet), with which campaign, on which day since 1970."""

    households: np.ndarray
    coupons: np.ndarray
    campaigns: np.ndarray
    days: np.ndarray

    def of(self, chosen: np.ndarray) -> "Uses":
        """Give some of them."""
        columns = (self.households, self.coupons, self.campaigns, self.days)
        return Uses(*(column[chosen] for column in columns))


@dataclass(frozen=True, slots=True)
class Mailings:
    """Which campaigns a household was sent, by its id, and from which day until which each holds."""

    sent: Mapping[int, tuple[int, ...]] = field(default_factory=dict)
    held: Mapping[int, tuple[float, float]] = field(default_factory=dict)

    def running(self, household_id: int, now: float, leaflet: Leaflet) -> np.ndarray:
        """Give the places of the coupons that a household may still use, those of all campaigns if none was sent to it."""
        campaigns = self.sent.get(household_id, tuple(leaflet.in_campaign))
        places = [
            leaflet.in_campaign[each]
            for each in campaigns
            if each in leaflet.in_campaign and self.held.get(each, FOREVER)[1] >= now
        ]
        return np.unique(np.concatenate(places)) if places else np.empty(0, np.int64)


def read_leaflet(path: Path, product_ids: np.ndarray) -> Leaflet:
    """Read which products each coupon is for; products become codes, places in the sorted `product_ids`.

    Raises:
        BadFile: it cannot be used.
    """
    names = ("coupon_upc", "product_id", "campaign_id")
    upc, product, campaign = _columns(path, dict.fromkeys(names, Kind.NUMBER))
    upcs, coupon = np.unique(upc, return_inverse=True)
    pairs = np.unique(np.stack((coupon, product)), axis=1)
    code = np.minimum(np.searchsorted(product_ids, pairs[1]), len(product_ids) - 1)
    is_known = product_ids[code] == pairs[1]
    counts = np.bincount(pairs[0][is_known], minlength=len(upcs))
    return Leaflet(
        upcs,
        np.concatenate([[0], np.cumsum(counts)]),
        code[is_known],
        np.bincount(pairs[0], minlength=len(upcs)),
        {int(each): np.unique(coupon[campaign == each]) for each in np.unique(campaign)},
    )


def read_mailings(campaigns: Path | None, descriptions: Path | None) -> Mailings:
    """Read who was sent what, and when it holds; what is not told restricts nothing.

    Raises:
        BadFile: a file cannot be used.
    """
    sent: dict[int, tuple[int, ...]] = {}
    if campaigns is not None:
        names = ("household_id", "campaign_id")
        household, campaign = _columns(campaigns, dict.fromkeys(names, Kind.NUMBER))
        for each, which in zip(household.tolist(), campaign.tolist(), strict=True):
            sent[each] = (*sent.get(each, ()), which)
    if descriptions is None:
        return Mailings(sent)
    kinds = {"campaign_id": Kind.NUMBER, "start_date": Kind.TIME, "end_date": Kind.TIME}
    columns = (column.tolist() for column in _columns(descriptions, kinds))
    held = {each: (start, end) for each, start, end in zip(*columns, strict=True)}
    return Mailings(sent, held)


def read_uses(path: Path, leaflet: Leaflet) -> Uses:
    """Read which coupons were used; those that are not on the leaflet are left out.

    Raises:
        BadFile: it cannot be used.
    """
    names = ("household_id", "coupon_upc", "campaign_id")
    kinds = dict.fromkeys(names, Kind.NUMBER) | {"redemption_date": Kind.TIME}
    household, upc, campaign, day = _columns(path, kinds)
    place = np.minimum(np.searchsorted(leaflet.upcs, upc), len(leaflet.upcs) - 1)
    is_known = leaflet.upcs[place] == upc
    return Uses(household, place, campaign, day).of(is_known)


def _columns(path: Path, kinds: Mapping[str, Kind]) -> tuple[np.ndarray, ...]:
    read = read_columns(path, kinds)
    return tuple(read[name] for name in kinds)
