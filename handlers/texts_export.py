"""The words in a shopper's copy of their data: what each table is, and what its columns say."""

from collections.abc import Mapping
from dataclasses import dataclass

from babel import Locale

from knowledge.language import Sentence, told

TITLE = Sentence("Everything {shop} holds about you")
MADE_AT = Sentence("Made {made_at}. Times are UTC; amounts are in cents, as the shop counts them.")
IN_MEMORY = Sentence("Only in memory, not stored")
NO_PLACE = Sentence("No place of yours is known right now.")
PLACE = Sentence(
    "A place you shared at {seen_at}. It is forgotten 15 minutes later, and never stored."
)
LIVE = Sentence(
    "You share a live location right now; each place of it is forgotten after 15 minutes."
)
NOTHING = Sentence("Nothing.")
NOT_SAID = "–"
YES_NO = {True: Sentence("yes"), False: Sentence("no")}
FOR_READING = Sentence("Everything I hold about you, to read in a browser.")
FOR_PROGRAMS = Sentence("The same for programs.")
TOO_LARGE = Sentence(
    "Your copy is larger than Telegram takes. Please ask {shop} for it; nothing was sent."
)
ENOUGH = Sentence(
    "You've had {count} copies today. Ask me again tomorrow, and I'll make a fresh one."
)


@dataclass(frozen=True, slots=True)
class TableWords:
    """A table in plain words: its title, what it is for, and how long it is kept."""

    title: Sentence
    about: Sentence
    kept: Sentence | None = None

    def told(self, locale: Locale) -> str:
        """Say what the table is for, and how long it is kept."""
        said = [self.about] if self.kept is None else [self.about, self.kept]
        return " ".join(told(each, locale) for each in said)


_STAYS = Sentence("Kept until you write /forget.")
_FOR_A_WHILE = Sentence(
    "Old entries are deleted after the time the shop sets, and all of them with /forget."
)
TABLES: Mapping[str, TableWords] = {
    "shoppers": TableWords(
        Sentence("You"), Sentence("As Telegram tells it, and what you asked me to do."), _STAYS
    ),
    "consents": TableWords(
        Sentence("What you agreed to"),
        Sentence("Every yes and no, with the version you read."),
        _STAYS,
    ),
    "dialogues": TableWords(
        Sentence("What was said"),
        Sentence(
            "So that I know what a question follows on. Names, numbers and addresses were masked "
            "before it was stored."
        ),
        _FOR_A_WHILE,
    ),
    "vault": TableWords(
        Sentence("What was masked"),
        Sentence(
            "Names, numbers and addresses you wrote, so that the same one is masked the same way. "
            "Of a card only the last four digits. Deleted after half a year without use."
        ),
        _STAYS,
    ),
    "relatives": TableWords(
        Sentence("Who you shop for"),
        Sentence(
            "What you told me in /family, so that presents fit; a birthday is month and day. Kept "
            "until you remove it there, or write /forget."
        ),
    ),
    "preferences": TableWords(
        Sentence("What you like"),
        Sentence(
            "What you told me in /preferences; it counts above what I learned. Kept until you take it back there, or "
            "write /forget."
        ),
    ),
    "presents": TableWords(
        Sentence("What you booked for them"),
        Sentence(
            "So that a present is not offered twice, and one like it may be. Deleted with whom it was "
            "for, or when you write /forget."
        ),
    ),
    "links": TableWords(
        Sentence("Who of them is linked with you"),
        Sentence(
            "They see what you like and your birthday, until either of you ends it in /family."
        ),
    ),
    "link_codes": TableWords(
        Sentence("Codes to link with you"), Sentence("They work once and for two days.")
    ),
    "suggestions": TableWords(
        Sentence("What you were shown"),
        Sentence("And which reasons weighed how much."),
        _FOR_A_WHILE,
    ),
    "signals": TableWords(
        Sentence("What you did with it"),
        Sentence("Saved, looked at, turned down: it shapes suggestions."),
        _FOR_A_WHILE,
    ),
    "orders": TableWords(
        Sentence("Orders"),
        Sentence(
            "After /forget an order stays in the stores' books without you, as the law asks."
        ),
    ),
    "order_events": TableWords(
        Sentence("What became of your orders"), Sentence("And when, as /orders tells it.")
    ),
    "purchases": TableWords(
        Sentence("What you bought"),
        Sentence(
            "It shapes suggestions; counted without your name, it also says what is popular."
        ),
        _STAYS,
    ),
    "saved_coupons": TableWords(Sentence("Coupons you saved"), _STAYS),
    "coupon_uses": TableWords(
        Sentence("Coupons you used"), Sentence("A coupon may be limited to so many uses."), _STAYS
    ),
    "visits": TableWords(
        Sentence("Stores you passed"),
        Sentence(
            "While you shared a live location and wanted offers; never where you were, and afterwards "
            "only the hours. Kept for 90 days."
        ),
    ),
    "nudges": TableWords(
        Sentence("Offers that came unasked"), Sentence("So that they stay rare. Kept for 90 days.")
    ),
    "receipts": TableWords(
        Sentence("Why an offer was told, or not"),
        Sentence(
            "One entry for each coupon that was weighed while you were at a store, with everything that counted: as "
            "yes or no, counts and bands, never where you were. Kept for 90 days."
        ),
    ),
    "reminders": TableWords(
        Sentence("What I reminded you of"),
        Sentence("So that nothing is said twice. Kept for 90 days."),
    ),
    "usage": TableWords(
        Sentence("Counters"),
        Sentence("How often something was used on a day, for daily limits."),
        _FOR_A_WHILE,
    ),
    "roles": TableWords(Sentence("Your role in the shop"), _STAYS),
    "invitations": TableWords(
        Sentence("Invitations you made"), Sentence("Kept until they are used or run out.")
    ),
    "inbox": TableWords(
        Sentence("Messages of yours in work"),
        Sentence("What you sent, until it is answered; what failed is kept for a few days."),
    ),
    "outbox": TableWords(
        Sentence("Messages to you"),
        Sentence(
            "What I sent, without its words, for a few days; with its words until it is sent."
        ),
    ),
    "audit": TableWords(
        Sentence("Log of what you did about your data or the shop"),
        Sentence("Without names; yours goes with /forget."),
    ),
}
COLUMNS: Mapping[str, Sentence] = {
    "id": Sentence("Number"),
    "first_name": Sentence("First name"),
    "language_code": Sentence("Language"),
    "created_at": Sentence("Since"),
    "last_seen_at": Sentence("Last seen"),
    "time_zone": Sentence("Time zone"),
    "is_demo": Sentence("Sample shopper"),
    "is_reachable": Sentence("Can be written to"),
    "stopped_at": Sentence("Stopped"),
    "paused_until": Sentence("Offers paused until"),
    "under_age_since": Sentence("Under 18, said on"),
    "chosen_language": Sentence("Language chosen"),
    "kind": Sentence("Kind"),
    "is_granted": Sentence("Agreed"),
    "version": Sentence("Version"),
    "decided_at": Sentence("When"),
    "role": Sentence("Who"),
    "text": Sentence("Text"),
    "said_at": Sentence("When"),
    "topic": Sentence("About"),
    "meant": Sentence("Meant with what was said before"),
    "need": Sentence("For"),
    "product_id": Sentence("Product"),
    "store_id": Sentence("Store"),
    "coupon_code": Sentence("Coupon"),
    "price_cents": Sentence("Price in cents"),
    "distance_band_m": Sentence("At most so many metres away"),
    "contributions": Sentence("Reasons"),
    "alternatives": Sentence("Reasons for others"),
    "propensity": Sentence("Drawn by lot with this chance"),
    "declared": Sentence("What you told me"),
    "position": Sentence("Place on the list"),
    "shown_at": Sentence("When"),
    "seen_at": Sentence("When"),
    "suggestion_id": Sentence("Suggestion"),
    "code": Sentence("Code"),
    "order_code": Sentence("Order"),
    "quantity": Sentence("Pieces"),
    "currency": Sentence("Currency"),
    "status": Sentence("Status"),
    "placed_at": Sentence("Booked"),
    "booked_at": Sentence("Booked"),
    "relative_id": Sentence("For, by number"),
    "linked_at": Sentence("Since"),
    "changed_at": Sentence("Changed"),
    "kept_until": Sentence("Kept until"),
    "asked_at": Sentence("Store asked"),
    "answered_at": Sentence("Answered"),
    "escalated_at": Sentence("Passed on"),
    "replaces_code": Sentence("In exchange for"),
    "purchased_at": Sentence("When"),
    "saved_at": Sentence("When"),
    "used_at": Sentence("Used"),
    "number": Sentence("Number"),
    "value": Sentence("Value"),
    "nickname": Sentence("Called"),
    "relation": Sentence("Who it is to you"),
    "tastes": Sentence("Likes"),
    "birthday": Sentence("Birthday"),
    "entered_at": Sentence("From"),
    "left_at": Sentence("To"),
    "dwelt_at": Sentence("Stayed, as of"),
    "share_message_id": Sentence("Live location, Telegram's number"),
    "share_ends_at": Sentence("Live location until"),
    "visit_id": Sentence("Visit"),
    "nudged_at": Sentence("When"),
    "is_held_out": Sentence("Held back, to compare with"),
    "campaign_id": Sentence("Campaign"),
    "outcome": Sentence("What came of it"),
    "decided_on": Sentence("Day"),
    "told": Sentence("Weighed"),
    "answer": Sentence("Your answer"),
    "about": Sentence("About"),
    "is_told": Sentence("Told"),
    "day": Sentence("Day"),
    "amount": Sentence("Count"),
    "granted_at": Sentence("Since"),
    "sees_debug": Sentence("Sees how replies come about"),
    "expires_at": Sentence("Runs out"),
    "bot_id": Sentence("Bot"),
    "update_id": Sentence("Update"),
    "payload": Sentence("Content"),
    "received_at": Sentence("When"),
    "attempts": Sentence("Attempts"),
    "reason": Sentence("Reason"),
    "method": Sentence("Kind"),
    "arguments": Sentence("Content"),
    "priority": Sentence("Rank"),
    "unique_key": Sentence("Only once, by"),
    "send_before": Sentence("Send before"),
    "due_at": Sentence("Due"),
    "finished_at": Sentence("Sent"),
    "message_id": Sentence("Telegram's number"),
    "actor": Sentence("By"),
    "action": Sentence("What"),
    "subject": Sentence("About"),
    "happened_at": Sentence("When"),
    "details": Sentence("Details"),
}
