"""The words in a shopper's copy of their data: what each table is, and what its columns say."""

from collections.abc import Mapping
from dataclasses import dataclass

TITLE = "Everything {shop} holds about you"
MADE_AT = "Made {made_at}. Times are UTC; amounts are in cents, as the shop counts them."
IN_MEMORY = "Only in memory, not stored"
NO_PLACE = "No place of yours is known right now."
PLACE = "A place you shared at {seen_at}. It is forgotten 15 minutes later, and never stored."
LIVE = "You share a live location right now; each place of it is forgotten after 15 minutes."
NOTHING = "Nothing."
NOT_SAID = "–"
YES_NO = {True: "yes", False: "no"}
FOR_READING = "Everything I hold about you, to read in a browser."
FOR_PROGRAMS = "The same for programs."
TOO_LARGE = "Your copy is larger than Telegram takes. Please ask {shop} for it; nothing was sent."
ENOUGH = "You've had {count} copies today. Ask me again tomorrow, and I'll make a fresh one."


@dataclass(frozen=True, slots=True)
class TableWords:
    """A table in plain words: its title, what it is for, and how long it is kept."""

    title: str
    about: str


_STAYS = "Kept until you write /forget."
_FOR_A_WHILE = (
    "Old entries are deleted after the time the shop sets, and all of them with /forget."
)
TABLES: Mapping[str, TableWords] = {
    "shoppers": TableWords("You", f"As Telegram tells it, and what you asked me to do. {_STAYS}"),
    "consents": TableWords(
        "What you agreed to", f"Every yes and no, with the version you read. {_STAYS}"
    ),
    "dialogues": TableWords(
        "What was said",
        "So that I know what a question follows on. Names, numbers and addresses were masked before it was "
        f"stored. {_FOR_A_WHILE}",
    ),
    "vault": TableWords(
        "What was masked",
        "Names, numbers and addresses you wrote, so that the same one is masked the same way. Of a card only the "
        f"last four digits. Deleted after half a year without use. {_STAYS}",
    ),
    "relatives": TableWords(
        "Who you shop for",
        "What you told me in /family, so that presents fit; a birthday is month and day. Kept until you remove it "
        "there, or write /forget.",
    ),
    "suggestions": TableWords(
        "What you were shown", f"And which reasons weighed how much. {_FOR_A_WHILE}"
    ),
    "signals": TableWords(
        "What you did with it",
        f"Saved, looked at, turned down: it shapes suggestions. {_FOR_A_WHILE}",
    ),
    "orders": TableWords(
        "Orders", "After /forget an order stays in the stores' books without you, as the law asks."
    ),
    "purchases": TableWords("What you bought", f"It shapes suggestions. {_STAYS}"),
    "saved_coupons": TableWords("Coupons you saved", _STAYS),
    "coupon_uses": TableWords(
        "Coupons you used", f"A coupon may be limited to so many uses. {_STAYS}"
    ),
    "visits": TableWords(
        "Stores you passed",
        "While you shared a live location and wanted offers; never where you were. Kept for 90 days.",
    ),
    "nudges": TableWords("Offers that came unasked", "So that they stay rare. Kept for 90 days."),
    "usage": TableWords(
        "Counters", f"How often something was used on a day, for daily limits. {_FOR_A_WHILE}"
    ),
    "roles": TableWords("Your role in the shop", _STAYS),
    "invitations": TableWords("Invitations you made", "Kept until they are used or run out."),
    "inbox": TableWords(
        "Messages of yours in work",
        "What you sent, until it is answered; what failed is kept for a few days.",
    ),
    "outbox": TableWords(
        "Messages to you",
        "What I sent, without its words, for a few days; with its words until it is sent.",
    ),
    "audit": TableWords(
        "Log of what you did about your data or the shop",
        "Without names; yours goes with /forget.",
    ),
}
COLUMNS: Mapping[str, str] = {
    "id": "Number",
    "first_name": "First name",
    "language_code": "Language",
    "created_at": "Since",
    "last_seen_at": "Last seen",
    "time_zone": "Time zone",
    "is_demo": "Sample shopper",
    "is_reachable": "Can be written to",
    "stopped_at": "Stopped",
    "paused_until": "Offers paused until",
    "under_age_since": "Under 18, said on",
    "chosen_language": "Language chosen",
    "kind": "Kind",
    "is_granted": "Agreed",
    "version": "Version",
    "decided_at": "When",
    "role": "Who",
    "text": "Text",
    "said_at": "When",
    "topic": "About",
    "meant": "Meant with what was said before",
    "need": "For",
    "product_id": "Product",
    "store_id": "Store",
    "coupon_code": "Coupon",
    "price_cents": "Price in cents",
    "distance_band_m": "At most so many metres away",
    "contributions": "Reasons",
    "position": "Place on the list",
    "shown_at": "When",
    "seen_at": "When",
    "suggestion_id": "Suggestion",
    "code": "Code",
    "order_code": "Order",
    "quantity": "Pieces",
    "currency": "Currency",
    "status": "Status",
    "placed_at": "Booked",
    "changed_at": "Changed",
    "kept_until": "Kept until",
    "asked_at": "Store asked",
    "answered_at": "Answered",
    "escalated_at": "Passed on",
    "purchased_at": "When",
    "saved_at": "When",
    "used_at": "Used",
    "number": "Number",
    "value": "Value",
    "nickname": "Called",
    "relation": "Who it is to you",
    "tastes": "Likes",
    "birthday": "Birthday",
    "entered_at": "From",
    "left_at": "To",
    "visit_id": "Visit",
    "nudged_at": "When",
    "answer": "Your answer",
    "day": "Day",
    "amount": "Count",
    "granted_at": "Since",
    "sees_debug": "Sees how replies come about",
    "expires_at": "Runs out",
    "bot_id": "Bot",
    "update_id": "Update",
    "payload": "Content",
    "received_at": "When",
    "attempts": "Attempts",
    "reason": "Reason",
    "method": "Kind",
    "arguments": "Content",
    "priority": "Rank",
    "unique_key": "Only once, by",
    "send_before": "Send before",
    "due_at": "Due",
    "finished_at": "Sent",
    "message_id": "Telegram's number",
    "actor": "By",
    "action": "What",
    "subject": "About",
    "happened_at": "When",
    "details": "Details",
}
