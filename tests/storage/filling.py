"""A shopper of whom every table has a row."""

from datetime import date

from storage.records import (
    AuditEntry,
    ConsentKind,
    Declared,
    Invitation,
    Nudge,
    Person,
    Present,
    Reminder,
    ReminderKind,
    Role,
    Signal,
    SignalKind,
    Turn,
    VaultEntry,
)
from storage.work import Work
from tests.builders import NOON, order, outgoing, purchase, receipt, relative, shopper, suggestion

FRIEND = 990_000_009  # with whom everybody is linked
TODAY = date(2026, 11, 21)


async def fill(work: Work, shopper_id: int) -> None:
    await work.shoppers.add_many([shopper(shopper_id)])
    await work.shoppers.load_or_create(FRIEND, "Fay", "en", NOON)
    await work.consents.decide(
        shopper_id, ConsentKind.NUDGES, is_granted=True, version=1, now=NOON
    )
    await work.coupons.save(shopper_id, "WARM15", NOON)
    await work.coupons.redeem("WARM15", shopper_id, f"order-{shopper_id}", NOON)
    await work.orders.place(order(f"order-{shopper_id}", shopper_id))
    await work.purchases.add_many([purchase(shopper_id), purchase(shopper_id)])
    await work.signals.add(Signal(shopper_id, "choc", SignalKind.VIEW, NOON))
    await work.suggestions.add(suggestion(shopper_id))
    visit_id = await work.visits.enter(shopper_id, "cafe", NOON)
    await work.nudges.add(Nudge(shopper_id, "cafe", "WARM15", visit_id, 1, NOON))
    await work.receipts.put_many([receipt(shopper_id, visit_id=visit_id)])
    await work.reminders.add(Reminder(shopper_id, ReminderKind.COUPON_ENDS, "WARM15", NOON))
    await work.dialogues.add(Turn(shopper_id, "shopper", "I'm cold", NOON))
    await work.usage.increment(shopper_id, "turns", TODAY)
    entry = VaultEntry("NAME", 1, f"Canary {shopper_id}", f"canary {shopper_id}")
    await work.vault.keep(shopper_id, [entry], NOON)
    relative_id = await work.relatives.add(relative(f"Canary {shopper_id}", shopper_id))
    assert relative_id is not None
    whom = (shopper_id, relative_id)
    other_id = await work.relatives.add(relative("other", FRIEND))
    assert other_id is not None
    own = relative(shopper_id=shopper_id, id=relative_id)
    await work.links.join(own, relative(shopper_id=FRIEND, id=other_id), NOON)
    await work.links.offer(f"link {shopper_id}", own, NOON)
    await work.presents.add(Present(f"order-{shopper_id}", *whom, "choc", NOON))
    told = Declared(limits={"sin eso": f"no canary {shopper_id}"})
    await work.preferences.put(shopper_id, told, NOON)
    await work.people.grant(Person(shopper_id, Role.ADMIN, None, NOON))
    await work.people.invite(
        f"code {shopper_id}", Invitation(Role.STAFF, "cafe", shopper_id, NOON)
    )
    await work.audit.add(AuditEntry(f"shopper:{shopper_id}", "stop", str(shopper_id), NOON))
    item = await work.inbox.add(shopper_id % 10, 1, shopper_id, "{}", NOON)
    assert item is not None
    await work.inbox.set_aside(item, "unreadable")
    await work.outbox.add(outgoing(shopper_id), NOON)
