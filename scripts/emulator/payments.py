"""Carry a payment from the shopper's tap to the message that says it is done.

Source: core.telegram.org/bots/payments (2026-11-21): the bot has 10 seconds to answer.
"""

from scripts.emulator.emulator import Emulator
from scripts.emulator.errors import PhoneError
from scripts.emulator.phone.shopper import Shopper
from scripts.emulator.wire import Json

ANSWER_WITHIN_S = 10


def pay(emulator: Emulator, shopper: Shopper, wish: Json) -> Json:
    """Pay an invoice; the bot is asked first. Raises PhoneError when there is none."""
    message_id = int(wish["message_id"])
    message = emulator.world.message(shopper.user_id, message_id)
    if message is None or "invoice" not in message:
        text = f"Message {message_id} is no invoice."
        raise PhoneError(text)
    row = emulator.ledger.table("invoice")[f"{shopper.user_id}:{message_id}"]
    query_id = emulator.world.new_id("pre_checkout_query")
    invoice = message["invoice"]
    paid: Json = {
        "currency": invoice["currency"],
        "total_amount": invoice["total_amount"],
        "invoice_payload": row["payload"],
    }
    waiting = {"user_id": shopper.user_id, "date": emulator.clock.now(), "paid": paid}
    emulator.ledger.put("checkout", query_id, waiting)
    query = {"id": query_id, "from": shopper.introduce({}), **paid}
    emulator.updates.publish("pre_checkout_query", query, chat_id=shopper.user_id)
    return {"pre_checkout_query_id": query_id}


def settle(emulator: Emulator, query_id: str, refusal: str) -> bool:
    """End a checkout; False when it is unknown or too old."""
    row = emulator.ledger.table("checkout").get(query_id)
    emulator.ledger.drop("checkout", query_id)
    if row is None or emulator.clock.now() - row["date"] > ANSWER_WITHIN_S:
        return False
    if refusal:
        emulator.phones.show(row["user_id"], "payment_refused", text=refusal)
        return True
    charge = {
        "telegram_payment_charge_id": f"local-{query_id}",
        "provider_payment_charge_id": f"local-{query_id}",
    }
    content = {"successful_payment": row["paid"] | charge}
    Shopper(emulator, row["user_id"]).send(content, {})
    return True
