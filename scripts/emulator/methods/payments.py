"""Send invoices and take the last look before a payment."""

from scripts.emulator.emulator import Emulator, Method
from scripts.emulator.errors import QUERY_TOO_OLD, BadRequestError
from scripts.emulator.parameters import Parameters
from scripts.emulator.payments import settle
from scripts.emulator.sending import send
from scripts.emulator.wire import Json

STARS = "XTR"
LONGEST = {"title": 32, "description": 255, "payload": 128}
CURRENCY_LETTERS = 3


def _read_prices(parameters: Parameters) -> int:
    """Give the sum of an invoice's prices in the smallest unit of its currency."""
    prices = parameters.structure("prices", "can't parse prices JSON object")
    if not isinstance(prices, list) or not prices:
        raise BadRequestError("there must be at least one price in the invoice")
    total = 0
    for price in prices:
        if not isinstance(price, dict) or not price.get("label") or "amount" not in price:
            raise BadRequestError("can't parse LabeledPrice: Can't find field \"amount\"")
        total += int(price["amount"])
    return total


async def send_invoice(emulator: Emulator, parameters: Parameters) -> Json:
    """Ask for a payment; in Telegram Stars, or in money with a provider's token."""
    for name, longest in LONGEST.items():
        if not 1 <= len(parameters.text(name).encode()) <= longest * 4:
            raise BadRequestError(f"invoice {name} must be non-empty")
    currency = parameters.text("currency").upper()
    if len(currency) != CURRENCY_LETTERS:
        raise BadRequestError("CURRENCY_INVALID")
    total = _read_prices(parameters)
    if currency != STARS and not parameters.text("provider_token"):
        raise BadRequestError("PAYMENT_PROVIDER_INVALID")
    if total <= 0:
        raise BadRequestError("CURRENCY_TOTAL_AMOUNT_INVALID")
    invoice: Json = {
        "title": parameters.text("title"),
        "description": parameters.text("description"),
        "start_parameter": parameters.text("start_parameter"),
        "currency": currency,
        "total_amount": total,
    }
    message = send(emulator, parameters, {"invoice": invoice})
    key = f"{message['chat']['id']}:{message['message_id']}"
    emulator.ledger.put("invoice", key, {"payload": parameters.text("payload")})
    return message


async def answer_pre_checkout_query(emulator: Emulator, parameters: Parameters) -> bool:
    """Let a payment through, or refuse it and say why."""
    query_id = parameters.text("pre_checkout_query_id")
    if not parameters.flag("ok") and not parameters.text("error_message"):
        raise BadRequestError("error message can't be empty")
    if not settle(emulator, query_id, parameters.text("error_message")):
        raise BadRequestError(QUERY_TOO_OLD)
    return True


METHODS: dict[str, Method] = {
    "sendInvoice": send_invoice,
    "answerPreCheckoutQuery": answer_pre_checkout_query,
}
