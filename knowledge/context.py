"""Who asks, where from and when: everything about the shopper that an answer may take into account."""

from dataclasses import dataclass
from datetime import datetime

from knowledge.acquaintance import acquaintance
from knowledge.catalogue import Catalogue
from knowledge.declaring import standing
from knowledge.nearby.places import Fix
from knowledge.preferences import Taste
from knowledge.receivers import Receiver
from knowledge.standing import Standing
from knowledge.talk import REMEMBERED, TURNS_READ
from storage.database import Database
from storage.records import Coupon, Order, Shopper, Suggestion, Turn

_ORDERS = 5


@dataclass(frozen=True, slots=True)
class Question:
    """One message to answer. `asked_at` is shop time; `fix` None = no fresh place is known.

    `just_search` answers without a place; products in `excluding` were shown or turned down already, those in
    `excluding_at`, by store and product id, cannot be had there. `from_record`: the text is masked already. `sense`
    is which of its two senses was chosen (see knowledge/clarifying.py). Stores farther than `closer_than_m` are too far. What
    `is_compared` must be like what was found before, not merely the best of what is left. `unused` are factors of the
    ranking that shall not count, beside those that were said before.
    """

    shopper: Shopper
    text: str
    asked_at: datetime
    fix: Fix | None = None
    just_search: bool = False
    excluding: frozenset[str] = frozenset()
    excluding_at: frozenset[tuple[str, str]] = frozenset()
    location_refused: bool = False
    from_record: bool = False
    sense: str = ""
    closer_than_m: float | None = None
    is_compared: bool = False
    unused: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ShopperContext:
    """A question with what the shop knows about the one who asks.

    `shown` is what they were shown lately; `standing` the diet and dislikes they declared, None = none. `receiver` is
    whom it is for, when that is one of their people: then `taste` is nobody's.
    """

    question: Question
    coupons: tuple[Coupon, ...]
    saved_codes: frozenset[str]
    orders: tuple[Order, ...]
    turns: tuple[Turn, ...]
    shown: tuple[Suggestion, ...]
    taste: Taste
    standing: Standing | None = None
    receiver: Receiver | None = None


async def gather_context(
    database: Database, catalogue: Catalogue, question: Question
) -> ShopperContext:
    """Read a shopper's context in one short transaction.

    `coupons` are those the shopper may still use at the time of asking.
    """
    shopper_id = question.shopper.id
    async with database.reading() as work:
        known = await acquaintance(
            work, catalogue, shopper_id, question.asked_at, unused=question.unused
        )
        valid = await work.coupons.valid_at(question.asked_at)
        uses = await work.coupons.uses(shopper_id)
        saved = await work.coupons.saved_by(shopper_id)
        orders = await work.orders.of_shopper(shopper_id, limit=_ORDERS)
        turns = await work.dialogues.latest(shopper_id, limit=TURNS_READ)
        shown = await work.suggestions.shown_to(shopper_id, question.asked_at - REMEMBERED)
    return ShopperContext(
        question=question,
        coupons=tuple(c for c in valid if uses.get(c.code, 0) < c.per_shopper),
        saved_codes=frozenset(coupon.code for coupon in saved),
        orders=tuple(orders),
        turns=tuple(turns),
        shown=tuple(shown),
        taste=known.taste,
        standing=standing(tuple(known.declared.limits.values())),
    )
