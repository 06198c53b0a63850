"""Receipts of decisions: written when one changes, replayed to the same decision, and vague on purpose (pure)."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from knowledge.nearby.gates import Verdict, shut_gates, verdict
from knowledge.nearby.policy import Considered
from storage.records import Gate, Importance, Outcome, Receipt


def receipt_of(shopper_id: int, considered: Considered, decided_on: date) -> Receipt:
    """Give the receipt of one candidate, as first decided on the shopper's day."""
    possible, passing = considered.possible, considered.passing
    return Receipt(
        shopper_id=shopper_id,
        visit_id=passing.visit_id,
        store_id=passing.store.id,
        coupon_code=None if possible is None else possible.coupon.code,
        product_id=None if possible is None else possible.ranked.candidate.product.id,
        outcome=considered.verdict.outcome,
        readings=considered.readings,
        within_m=passing.within_m,
        decided_on=decided_on,
        importance=_importance(considered),
    )


def replay(receipt: Receipt) -> Verdict:
    """Decide again by what a receipt holds: the same as was decided then."""
    return verdict(receipt.readings)


def changed(known: Iterable[Receipt], new: Iterable[Receipt]) -> list[Receipt]:
    """Give what is to be written: candidates not known, and those decided otherwise or by other gates.

    What was told, or held out, stays as it was: whatever is decided later in the visit says only that it was.
    """
    before = {_candidate(each): each for each in known}
    return [
        replace(each, version=old.version + 1) if old is not None else each
        for each in new
        for old in [before.get(_candidate(each))]
        if old is None or (old.outcome is Outcome.SILENT and _differs(old, each))
    ]


def _importance(considered: Considered) -> Importance:
    if considered.verdict.outcome is not Outcome.SILENT:
        return Importance.DECIDED
    is_filler = {Gate.NOTHING_FITS, Gate.RELEVANCE} & set(shut_gates(considered.readings))
    return Importance.FILLER if is_filler else Importance.RELEVANT


def _candidate(receipt: Receipt) -> tuple[int, str | None, str | None]:
    return receipt.visit_id, receipt.campaign_id, receipt.coupon_code


def _differs(old: Receipt, new: Receipt) -> bool:
    return old.outcome is not new.outcome or shut_gates(old.readings) != shut_gates(new.readings)
