"""Asks for the consent to nudges at the moment it buys something, once, and not again for a month after a no."""

from datetime import date, datetime, timedelta

from handlers import texts
from handlers.keyboards import Buttons
from handlers.rendering import send
from knowledge.language import told
from storage.records import ConsentKind, Outgoing, Shopper
from storage.work import Work

# Source: the way the concierge behaves, "no" is remembered and not asked again for 30 days.
ASK_AGAIN_AFTER = timedelta(days=30)
_ASKED = (
    "asked_nudges"  # the usage counter; its day is that of the answer after which it was asked
)
_NEVER_ANSWERED = date(1970, 1, 1)


async def nudges_question(
    work: Work, shopper: Shopper, buttons: Buttons, now: datetime
) -> Outgoing | None:
    """Give the question, and remember that it was asked; None when it is not to be asked at `now`."""
    shopper_id = shopper.id
    if shopper.under_age_since is not None or shopper.is_paused(now):
        return None
    consents = await work.consents.current(shopper_id)
    location, nudges = consents.get(ConsentKind.LOCATION), consents.get(ConsentKind.NUDGES)
    if location is None or not location.is_granted:
        return None
    if nudges is not None and (nudges.is_granted or now - nudges.decided_at < ASK_AGAIN_AFTER):
        return None
    since = _NEVER_ANSWERED if nudges is None else nudges.decided_at.date()
    if not await work.usage.take(shopper_id, _ASKED, since, limit=1):
        return None
    text = told(texts.NUDGES_ASK, buttons.locale)
    return send(shopper_id, text, keyboard=buttons.rights.consent_of_adults(ConsentKind.NUDGES))
