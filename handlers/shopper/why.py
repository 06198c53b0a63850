"""/why: why the last offer came unasked, or why none did; told from the receipts, honest to the point of dull."""

from datetime import timedelta

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import Message

from handlers import texts_why
from handlers.desk import Desk
from handlers.rendering import send
from handlers.shop import Shop
from knowledge.amounts import locale_for
from knowledge.nearby.gates import ORDER, verdict
from storage.records import Nudge, Outcome, Receipt, Shopper
from storage.work import Work

router = Router(name="why")
_LOOKED_BACK = timedelta(days=90)  # as long as the ledger is kept
_LOOKED_AT = 40  # receipts: those of the last few visits


@router.message(Command("why"))
async def why(message: Message, shopper: Shopper, desk: Desk, shop: Shop) -> None:
    """Tell why the last offer came, and what kept me silent since."""
    catalogue = await shop.concierge.catalogue()
    today = shop.now().astimezone(catalogue.time_zone).date()
    words = texts_why.Words(catalogue, today, locale_for(shopper.language))
    async with desk.reading() as work:
        nudges = await work.nudges.of_shopper(shopper.id, shop.now() - _LOOKED_BACK)
        nudge = nudges[0] if nudges else None
        receipt = await _receipt_of(work, nudge)
        silence = await _last_silence(work, shopper.id)
    told = [] if nudge is None else words.of_nudge(nudge, receipt)
    # Silence on the day of an offer needs no word: the caps above say it.
    if silence is not None and (nudge is None or silence.decided_on > words.day_of(nudge)):
        told.append(words.of_silence(silence))
    await desk.send(send(shopper.id, "\n".join(told or [words.nothing()])))


async def _receipt_of(work: Work, nudge: Nudge | None) -> Receipt | None:
    if nudge is None:
        return None
    return await work.receipts.of_nudge(nudge.shopper_id, nudge.visit_id, nudge.coupon_code)


async def _last_silence(work: Work, shopper_id: int) -> Receipt | None:
    """Give, of the newest visit that came to nothing, what came furthest."""
    found = await work.receipts.latest(shopper_id, _LOOKED_AT)
    newest = [each for each in found if each.visit_id == found[0].visit_id]
    if any(each.outcome is not Outcome.SILENT for each in newest):
        return None
    return max(newest, key=_how_far, default=None)


def _how_far(receipt: Receipt) -> int:
    shut = verdict(receipt.readings).shut
    return -1 if shut is None else ORDER[shut]
