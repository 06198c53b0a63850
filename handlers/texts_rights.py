"""What a shopper reads about their own data: what is kept, a copy of it, a pause, and being forgotten."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from babel import Locale

from knowledge import amounts
from knowledge.amounts import locale_for
from knowledge.language import Sentence, told
from storage.records import UNTIL_THEY_SAY, ConsentKind, Shopper

# Count up with every change of what is asked: an answer counts for the words that were read.
CONSENT_VERSIONS: Mapping[ConsentKind, int] = {
    ConsentKind.LOCATION: 1,
    ConsentKind.NUDGES: 2,
    ConsentKind.COUPON_REMINDERS: 1,
    ConsentKind.BIRTHDAYS: 1,
    ConsentKind.DIGEST: 1,
    ConsentKind.WISHES: 1,
}
_YEAR_IS_PLAIN = timedelta(days=300)
_TYPED = Locale("en")  # days are read in English

PRIVACY = Sentence(
    "Who: {shop} runs me; nobody else gets your data, and no cloud service is used.\n"
    "What I keep: your first name and language as Telegram tells them (or the language you chose), what you ask "
    "(names, numbers and addresses masked), what you were shown, booked and bought, what you did with it, what you told me in /preferences, and your answers to my questions. "
    "Of people in /family only a nickname, who they are to you, tastes, a birthday without its year and what you booked for "
    "them; whom you link with there sees what you like and your birthday. "
    "Your place is kept in memory only and forgotten after 15 minutes. If you want offers close by, I note "
    "for 90 days which stores you passed while you share a live location, and why I told you of an offer or not. "
    "If you want reminders or the weekly digest, I note for 90 days what I told you of.\n"
    "What for: to answer you, because you ask me to; offers close by and reminders, because you agreed. "
    "Your words never train a model.\n"
    "How long: what was said for some weeks, the rest until you write /forget, which erases all of it at once; "
    "backups go after 30 days at most, and none of them brings you back. /export sends you a copy of everything, "
    "/settings takes back what you agreed to, /pause keeps offers away, /stop ends all messages."
)

ON_OFF = {True: Sentence("on"), False: Sentence("off")}
TURN_ON: Mapping[ConsentKind, Sentence] = {
    ConsentKind.LOCATION: Sentence("Turn on: using a shared place"),
    ConsentKind.NUDGES: Sentence("Turn on: offers close by"),
    ConsentKind.COUPON_REMINDERS: Sentence("Turn on: coupons that end"),
    ConsentKind.BIRTHDAYS: Sentence("Turn on: birthdays"),
    ConsentKind.DIGEST: Sentence("Turn on: weekly digest"),
    ConsentKind.WISHES: Sentence("Turn on: news of what you saved"),
}
TURN_OFF: Mapping[ConsentKind, Sentence] = {
    ConsentKind.LOCATION: Sentence("Turn off: using a shared place"),
    ConsentKind.NUDGES: Sentence("Turn off: offers close by"),
    ConsentKind.COUPON_REMINDERS: Sentence("Turn off: coupons that end"),
    ConsentKind.BIRTHDAYS: Sentence("Turn off: birthdays"),
    ConsentKind.DIGEST: Sentence("Turn off: weekly digest"),
    ConsentKind.WISHES: Sentence("Turn off: news of what you saved"),
}
SETTINGS = Sentence(
    "Using a shared place: {location}\nOffers close by: {nudges}\n"
    "Coupons that end: {coupons}\nBirthdays: {birthdays}\nWeekly digest: {digest}\nNews of what you saved: {wishes}\n"
    "Replies in my own words today: {turns} of {limit}\nLanguage: {language}"
)
# What can be chosen, by IETF tag, each called as it calls itself.
LANGUAGE_NAMES = {"en": "English", "en-US": "English (ft, mi)", "es": "Español"}
LANGUAGE = Sentence("Language: {language}")
LANGUAGE_SET = Sentence("I write to you in English now.")
PAUSED_UNTIL = Sentence("paused until {day}")
PAUSED_OPEN = Sentence("paused until you say")
ON_PAUSED = Sentence("on, {paused}")
OFF_UNDER_AGE = Sentence("off, they are for adults")
UNDER_AGE_ON = Sentence(
    "Thanks for telling me. Offers that come unasked stay off; everything else works as before. /settings changes it."
)
UNDER_AGE_OFF = Sentence(
    "All right. Offers that come unasked are off until you turn them on in /settings."
)
NOT_FOR_UNDER_AGE = Sentence(
    "Offers that come unasked are for adults, and you told me you're under 18. /settings changes that."
)
COUPON_REMINDERS_ASK = Sentence(
    "Shall I tell you when a coupon you saved is about to end? Once for each, and at most "
    "one message a day.\n"
    "For adults. I note for 90 days what I reminded you of; /settings turns it off, and no costs you nothing."
)
DIGEST_ASK = Sentence(
    "Shall I write you once a week about new coupons for things you saved or often buy? Three at most, and nothing "
    "in a week without any.\n"
    "For adults. I note for 90 days what I told you of; /settings turns it off, and no costs you nothing."
)
WISHES_ASK = Sentence(
    "Shall I tell you when something you saved gets cheaper or there is a coupon for it? Once for each, and at most "
    "one message a day.\n"
    "For adults. I note for 90 days what I told you of; /settings turns it off, and no costs you nothing."
)
BIRTHDAYS_ASK = Sentence(
    "Shall I tell you a week before the birthdays of those in /family, with an idea for a present? Once for each, and "
    "at most one message a day.\n"
    "For adults. I note for 90 days what I reminded you of; /settings turns it off, and no costs you nothing."
)
BIRTHDAYS_ON = Sentence("I'll tell you a week before a birthday in /family.")
BIRTHDAYS_OFF = Sentence("No more messages about birthdays.")
COUPON_REMINDERS_ON = Sentence("I'll tell you once when a coupon you saved is about to end.")
COUPON_REMINDERS_OFF = Sentence("No more messages about coupons that end.")
DIGEST_ON = Sentence("I'll write you once a week, if there is something for you.")
DIGEST_OFF = Sentence("No more weekly digest.")
WISHES_ON = Sentence("I'll tell you once when something you saved gets cheaper or has a coupon.")
WISHES_OFF = Sentence("No more messages about what you saved.")

PAUSE_ASK = Sentence(
    "How long shall I keep offers back? Answers and news of your orders still come."
)
PAUSE_UNCLEAR = Sentence(
    "I need a time to come, like /pause 14 days or /pause until {day}. Or tap one:"
)
PAUSE_STATE = Sentence("Offers are {state}. Answers and news of your orders still come.")
PAUSED = Sentence("Done, offers are {state}. Answers and news of your orders still come.")
PAUSE_OVER = Sentence("The pause is over: you hear of offers again, as far as /settings allows.")
NOT_PAUSED = Sentence("There is no pause right now.")

FORGET_SURE = Sentence(
    "Erase everything I hold about you? Your profile, family, messages, suggestions and saved coupons go. Sales "
    "stay in the stores' books without your name, as the law asks. This can't be undone.\n"
    "/export first sends you a copy."
)
FORGOTTEN = Sentence(
    "Done. Everything about you is erased; sales stay in the stores' books without your name. "
    "Write /start if you ever want to begin again."
)


def language_name(tag: str | None) -> str:
    """Name the language of whoever reads it: the choice that is the nearest to an IETF tag."""
    locale = locale_for(tag)
    exact, spoken = f"{locale.language}-{locale.territory}", locale.language
    return LANGUAGE_NAMES.get(exact) or LANGUAGE_NAMES.get(spoken) or LANGUAGE_NAMES["en"]


def says_as_much(tag: str | None, choice: str) -> bool:
    """Tell whether an IETF tag says what a choice does and more: British English has its own clock."""
    is_spoken = locale_for(tag).language == locale_for(choice).language
    return tag is not None and is_spoken and language_name(tag) == LANGUAGE_NAMES[choice]


def pause_state(until: datetime, now: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """Say until when offers are paused: the day on which they come again."""
    if until >= UNTIL_THEY_SAY:
        return told(PAUSED_OPEN, locale)
    day, today = until.astimezone(zone).date(), now.astimezone(zone).date()
    shown = amounts.day(day, today, locale)
    if day - today > _YEAR_IS_PLAIN:
        shown = amounts.past_day(day, today, locale)
    return told(PAUSED_UNTIL, locale, day=shown)


def nudges_state(shopper: Shopper, paused: str | None, locale: Locale, *, is_granted: bool) -> str:
    """Say how messages for adults stand; `paused` is the pause in words, None without one."""
    if shopper.under_age_since is not None:
        return told(OFF_UNDER_AGE, locale)
    if is_granted and paused:
        return told(ON_PAUSED, locale, paused=paused)
    return told(ON_OFF[is_granted], locale)


def unclear_pause(now: datetime, zone: ZoneInfo, locale: Locale) -> str:
    """Say how a pause is written, with a day to come, as /pause understands it."""
    today = now.astimezone(zone).date()
    example = amounts.day(today + timedelta(days=14), today, _TYPED)
    return told(PAUSE_UNCLEAR, locale, day=example)
