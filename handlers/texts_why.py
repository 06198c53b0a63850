"""What /why says of an offer that came unasked, and of silence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from babel import Locale

from handlers.texts_receipts import in_words
from knowledge import amounts
from knowledge.catalogue import Catalogue
from knowledge.language import Sentence, told
from knowledge.nearby.gates import verdict
from knowledge.nearby.gates_of_offer import OF_A_KEPT_COUPON, OF_A_SAVED_THING
from storage.records import Gate, Nudge, Reading, Receipt

TOLD = Sentence(
    "On {day} I told you about {item} at {store}, because you came within {within} of it while you shared your place."
)
TOLD_BARE = Sentence(
    "On {day} I told you about {store}, because you came by while you shared your place."
)
SAVED = Sentence("I chose it because you saved {coupon}.")
ON_LIST = Sentence("I chose it because it's on your list, and {coupon} takes something off.")
HABIT = Sentence("I chose it because you buy things like it, and {coupon} takes something off.")
CAPS = Sentence(
    "It was number {today} of at most {per_day} in 24 hours and number {week} of at most {per_week} in 7 days. /pause "
    "keeps offers away, /settings turns them off."
)
HELD_OUT = Sentence(
    "On {day} there was an offer for you at {store} that I did not tell you. Of each offer some shoppers, drawn by "
    "lot, hear nothing, so that the shop can see whether telling is of use."
)
SILENT = Sentence("The last time I kept silent was on {day}, at {store}: {reason}.")
SELDOM_BOUGHT = Sentence("you don't buy such things often enough for me to speak up")
NOTHING = Sentence(
    "I have told you of no offer unasked, and weighed none. I do that only while you share a live location and want "
    "to hear of offers close by; /settings shows both."
)
_CHOSEN: Mapping[object, Sentence] = {OF_A_KEPT_COUPON: SAVED, OF_A_SAVED_THING: ON_LIST}


@dataclass(frozen=True, slots=True)
class Words:
    """Says it with the shop's names, in one language. `today` is the shop's."""

    catalogue: Catalogue
    today: date
    locale: Locale

    def day_of(self, nudge: Nudge) -> date:
        """Give the day on which an offer came, where its store is."""
        store = self.catalogue.stores.get(nudge.store_id)
        zone = self.catalogue.time_zone if store is None else ZoneInfo(store.time_zone)
        return nudge.nudged_at.astimezone(zone).date()

    def of_nudge(self, nudge: Nudge, receipt: Receipt | None) -> list[str]:
        """Tell why an offer came, or was held back; without a receipt only that it did."""
        day = amounts.past_day(self.day_of(nudge), self.today, self.locale)
        store = self._store(nudge.store_id)
        if nudge.is_held_out:
            return [told(HELD_OUT, self.locale, day=day, store=store)]
        if receipt is None:
            return [told(TOLD_BARE, self.locale, day=day, store=store)]
        product = self.catalogue.products.get(receipt.product_id or "")
        item = product.title if product is not None else nudge.coupon_code
        within = amounts.distance(receipt.within_m, self.locale)
        first = told(TOLD, self.locale, day=day, item=item, store=store, within=within)
        return [f"{first} {self._choice(receipt)}", *self._caps(receipt)]

    def of_silence(self, receipt: Receipt) -> str:
        """Tell what kept me silent at a store."""
        shut = verdict(receipt.readings).shut
        reading = None if shut is None else receipt.of(shut)
        reason = "" if reading is None else self._reason(reading)
        day = amounts.past_day(receipt.decided_on, self.today, self.locale)
        store = self._store(receipt.store_id)
        return told(SILENT, self.locale, day=day, store=store, reason=reason)

    def nothing(self) -> str:
        """Tell that there is nothing to tell."""
        return told(NOTHING, self.locale)

    def _reason(self, reading: Reading) -> str:
        if reading.gate is Gate.RELEVANCE:
            return told(SELDOM_BOUGHT, self.locale)
        return in_words(reading, self.locale)

    def _choice(self, receipt: Receipt) -> str:
        relevance = receipt.of(Gate.RELEVANCE)
        value = None if relevance is None else relevance.value
        return told(_CHOSEN.get(value, HABIT), self.locale, coupon=receipt.coupon_code)

    def _caps(self, receipt: Receipt) -> list[str]:
        day, week = receipt.of(Gate.PER_DAY), receipt.of(Gate.PER_WEEK)
        if day is None or week is None:
            return []
        text = told(
            CAPS,
            self.locale,
            today=_next(day.value),
            per_day=day.limit,
            week=_next(week.value),
            per_week=week.limit,
        )
        return [text]

    def _store(self, store_id: str) -> str:
        store = self.catalogue.stores.get(store_id)
        return store_id if store is None else store.name


def _next(told_before: object) -> int:
    return told_before + 1 if isinstance(told_before, int) else 1
