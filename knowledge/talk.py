"""What was talked about last: what a message that says only a part is a part of (pure)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from knowledge.facts import Kind
from knowledge.wish import Wish
from storage.records import Suggestion, Turn

REMEMBERED = timedelta(minutes=30)  # of shop time; who comes back later begins anew (ours)
TURNS_READ = 8
# Whatever came of a wish; the wish goes on.
ABOUT_GOODS = frozenset(
    {
        Kind.OFFER,
        Kind.OPTIONS,
        Kind.NOTHING_NEAR,
        Kind.CLOSED,
        Kind.STORES,
        Kind.NEEDS_PLACE,
        Kind.CLARIFY,
    }
)
ABOUT_POLICIES = frozenset({Kind.POLICY, Kind.NOT_KNOWN})
# A thank-you in between ends no talk.
_IN_PASSING = frozenset({Kind.SMALLTALK, Kind.OUT_OF_SCOPE, Kind.HUMAN})


@dataclass(frozen=True, slots=True)
class Talk:
    """The last wish or question, the kind of its reply, and what the reply showed, in the order shown.

    `seen` is every product that was shown for it within the time remembered, `discounts` the percent that coupons
    take off, by their codes.
    """

    wish: Wish
    topic: Kind
    shown: tuple[Suggestion, ...] = ()
    seen: frozenset[str] = frozenset()
    discounts: Mapping[str, int] = field(default_factory=dict)

    def paid_cents(self, shown: Suggestion) -> int:
        """Give what is paid for a thing that was shown, with the coupon told beside it; half cents are rounded up."""
        percent = self.discounts.get(shown.coupon_code or "", 0)
        return (shown.price_cents * (100 - percent) + 50) // 100


def talk_before(
    turns: Sequence[Turn], suggestions: Sequence[Suggestion], now: datetime
) -> Talk | None:
    """Give what the talk is about at shop time `now`; None when it is about nothing, or too long ago.

    Args:
        turns: The last turns, oldest first.
        suggestions: What was shown to this shopper lately, oldest first.
        now: When the new message came.
    """
    since = now - REMEMBERED
    for asked, said in reversed(list(pairwise(turns))):
        if (asked.role, said.role) != ("shopper", "concierge") or said.topic in _IN_PASSING:
            continue
        if said.topic not in ABOUT_GOODS | ABOUT_POLICIES or asked.said_at < since:
            return None
        if asked.text.startswith("/"):
            return None
        shown = _shown_at(asked.said_at, suggestions)
        need = shown[0].need if shown else ""
        seen = {s.product_id for s in suggestions if s.need == need and s.shown_at >= since}
        return Talk(Wish.read(asked.whole), Kind(said.topic), shown, frozenset(seen))
    return None


def _shown_at(moment: datetime, suggestions: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """Give what one reply showed; of two replies in one moment, the later."""
    then = [each for each in suggestions if each.shown_at == moment]
    starts = [index for index, each in enumerate(then) if each.position == 0]
    return tuple(then[starts[-1] :]) if starts else ()
