"""An answer about a consent: kept word for word beside the shopper, and noted in the audit log without them.

Every handler that hears a yes or a no brings it here, so that none can be kept and not noted. It decides nothing.
"""

from datetime import datetime

from storage.records import Consent
from storage.work import Work

_WORDS = {True: "yes", False: "no"}


async def keep_answer(work: Work, answer: Consent, heard_at: datetime) -> None:
    """Record a yes or a no to one question. `heard_at` is the machine's time, which the audit log goes by.

    It is not heard while somebody writes down what rests on the answer before.
    """
    await work.shoppers.take_turn(answer.shopper_id)
    await work.consents.decide(
        answer.shopper_id,
        answer.kind,
        is_granted=answer.is_granted,
        version=answer.version,
        now=answer.decided_at,
    )
    await work.audit.note(
        answer.shopper_id,
        "consent",
        heard_at,
        kind=answer.kind.value,
        said=_WORDS[answer.is_granted],
        version=answer.version,
    )
