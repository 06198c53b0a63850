"""Rows of a file into what they say of coupons, each checked, none left out (pure)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from knowledge.loaders.coupon_changes import Known, ShopDay, settled
from knowledge.loaders.coupon_fields import CouponDraft, read_code, read_draft
from knowledge.loaders.problems import FieldError, Problem
from knowledge.loaders.shop_names import ShopNames
from knowledge.loaders.tables import Table
from storage.records import Coupon


@dataclass(frozen=True, slots=True)
class DraftRow:
    """What a row says; `number` is None when it is a command."""

    number: int | None
    draft: CouponDraft


@dataclass(frozen=True, slots=True)
class Drafts:
    """Everything that could be read, and everything that could not."""

    rows: tuple[DraftRow, ...]
    errors: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to change: new coupons, and changed ones as they were and as they shall be."""

    new: tuple[Coupon, ...] = ()
    changed: tuple[tuple[Coupon, Coupon], ...] = ()
    same: int = 0


def read_rows(table: Table, names: ShopNames, today: date) -> Drafts:
    """Read every row; a code that comes twice is an error of the later row."""
    found: list[DraftRow] = []
    errors: list[FieldError] = list(table.errors)
    first_with: dict[str, int] = {}
    for row in table.rows:
        draft = read_draft(row.cells, names, today)
        code = read_code(row.cells.get("code", ""))
        if isinstance(code, str):
            other = first_with.setdefault(code, row.number)
            if other != row.number:
                given = row.cells["code"].strip()
                errors.append(
                    FieldError("code", Problem.SAME_CODE, given, (str(other),), row.number)
                )
        if isinstance(draft, CouponDraft):
            found.append(DraftRow(row.number, draft))
        else:
            errors += [replace(error, row=row.number) for error in draft]
    return Drafts(tuple(found), tuple(errors))


def planned(
    drafts: Drafts, known: Mapping[str, Known], shop: ShopDay
) -> Plan | tuple[FieldError, ...]:
    """Say what is to change; with any error, of reading too, give all errors by row instead."""
    errors = list(drafts.errors)
    new: list[Coupon] = []
    changed: list[tuple[Coupon, Coupon]] = []
    same = 0
    for row in drafts.rows:
        before = known.get(row.draft.code)
        after = settled(row.draft, before, shop)
        if isinstance(after, tuple):
            errors += [replace(error, row=row.number) for error in after]
        elif before is None:
            new.append(after)
        elif after == before.coupon:
            same += 1
        else:
            changed.append((before.coupon, after))
    if errors:
        return tuple(sorted(errors, key=lambda error: error.row or 0))
    return Plan(tuple(new), tuple(changed), same)
