"""What /whynot says: why a shopper was not told about a coupon, gate by gate."""

from datetime import date

from babel import Locale

from handlers.texts_receipts import OUTCOMES, in_words
from knowledge import amounts
from knowledge.language import Sentence, told
from knowledge.nearby.gates import shut_gates
from storage.records import Gate, Receipt

HOW = Sentence(
    "Field shopper: write /whynot, the shopper's number and a coupon's code, like /whynot 123456789 {example}."
)
COUPON_UNKNOWN = Sentence('Field coupon: "{given}" is no coupon. /coupon list shows all.')
HEAD = Sentence("{code} and shopper {shopper}, at {store} on {day}: {outcome}.")
SHUT = Sentence("Shut:")
OPEN = Sentence("Open:")
EVERYTHING = Sentence(
    "{code} and shopper {shopper}: no receipt. A coupon for everything is never told unasked."
)
# Why there is no receipt, for want of one.
UNKNOWN = Sentence(
    "{code} and shopper {shopper}: no receipt. Nobody with this number writes to me."
)
NO_CONSENT = Sentence(
    "{code} and shopper {shopper}: no receipt. They are not followed: they have not agreed to place and offers."
)
NOT_WANTED = Sentence(
    "{code} and shopper {shopper}: no receipt. They are not followed now: no offers, by their own wish."
)
NEVER_NEAR = Sentence(
    "{code} and shopper {shopper}: no receipt of the last 90 days. While they shared a live location they never came "
    "to a store where it was running, or what it is for is never told unasked, or a receipt would have told too exactly "
    "where they were."
)
NO_RECEIPT = {Gate.CONSENT: NO_CONSENT, Gate.UNDER_AGE: NOT_WANTED, Gate.PAUSED: NOT_WANTED}


def explained(receipt: Receipt, store: str, today: date, locale: Locale) -> str:
    """Tell what each gate saw, those that were shut first."""
    shut = set(shut_gates(receipt.readings))
    head = told(
        HEAD,
        locale,
        code=receipt.coupon_code,
        shopper=receipt.shopper_id,
        store=store,
        day=amounts.past_day(receipt.decided_on, today, locale),
        outcome=told(OUTCOMES[receipt.outcome], locale),
    )
    lines = [head]
    for title, is_shut in ((SHUT, True), (OPEN, False)):
        seen = [each for each in receipt.readings if (each.gate in shut) is is_shut]
        if seen:
            lines += [told(title, locale), *(f"· {in_words(each, locale)}" for each in seen)]
    return "\n".join(lines)
