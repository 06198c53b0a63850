"""Coupons entered, changed, paused and ended, each with its entry in the audit log.

It works inside a transaction that somebody else opened and commits.
"""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime

from knowledge.loaders.coupon_changes import Known, ShopDay
from knowledge.loaders.coupon_rows import Drafts, Plan, planned
from knowledge.loaders.problems import FieldError
from storage.records import AuditEntry, Coupon
from storage.work import Work


@dataclass(frozen=True, slots=True)
class Signature:
    """Who does it, and when (machine time), for the audit log."""

    shopper_id: int
    at: datetime

    def entry(self, action: str, code: str, **details: str) -> AuditEntry:
        """Give the entry for one coupon."""
        return AuditEntry(f"shopper:{self.shopper_id}", action, code, self.at, details)


async def enter(
    work: Work, drafts: Drafts, shop: ShopDay, signature: Signature
) -> Plan | tuple[FieldError, ...]:
    """Enter everything, or nothing and say all that stands against it."""
    known = await known_for_change(work, [row.draft.code for row in drafts.rows])
    # Off the event loop: ten thousand rows take half a second.
    plan = await asyncio.to_thread(planned, drafts, known, shop)
    if isinstance(plan, tuple):
        return plan
    await work.coupons.add_new(plan.new)
    await work.coupons.add_many([after for _, after in plan.changed])
    added = [signature.entry("coupon add", coupon.code) for coupon in plan.new]
    edited = [
        signature.entry("coupon edit", after.code, fields=", ".join(_differing(before, after)))
        for before, after in plan.changed
    ]
    await work.audit.add(*added, *edited)
    return plan


async def known_for_change(work: Work, codes: Sequence[str]) -> dict[str, Known]:
    """Give coupons with their uses, held until the commit so that no use is lost meanwhile."""
    found = await work.coupons.for_change(codes)
    uses = await work.coupons.used() if found else {}
    return {code: Known(coupon, uses.get(code, 0)) for code, coupon in found.items()}


async def pause(work: Work, coupon: Coupon, signature: Signature) -> Coupon:
    """Take a coupon out of every answer until it is resumed."""
    return await _changed(
        work, replace(coupon, is_paused=True), signature.entry("coupon pause", coupon.code)
    )


async def resume(work: Work, coupon: Coupon, signature: Signature) -> Coupon:
    """Let a paused coupon hold again."""
    return await _changed(
        work, replace(coupon, is_paused=False), signature.entry("coupon resume", coupon.code)
    )


async def end(work: Work, coupon: Coupon, now: datetime, signature: Signature) -> Coupon:
    """End a coupon at shop time `now`; what was booked with it stands."""
    ended = replace(coupon, valid_from=min(coupon.valid_from, now), valid_until=now)
    return await _changed(work, ended, signature.entry("coupon end", coupon.code))


async def _changed(work: Work, coupon: Coupon, entry: AuditEntry) -> Coupon:
    await work.coupons.add_many([coupon])
    await work.audit.add(entry)
    return coupon


def _differing(before: Coupon, after: Coupon) -> Iterable[str]:
    names = (field.name for field in fields(Coupon))
    return (name for name in names if getattr(before, name) != getattr(after, name))
