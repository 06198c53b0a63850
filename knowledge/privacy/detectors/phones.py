"""Finds telephone numbers; knows which region a national number is read in, and no names."""

import re
from collections.abc import Iterator

import phonenumbers

from knowledge.privacy.reading import DEFAULT_REGION, Reading
from knowledge.privacy.spans import Kind, Span

_ENOUGH_DIGITS = re.compile(r"[0-9](?:[^0-9\n]{0,4}[0-9]){6}")
# Numbers the region's plan does not know count where the shopper says what they are.
_TOLD = re.compile(
    r"(?:\b(?:call|ring|text|reach|phone|contact|whatsapp|sms)\s(?:me|us|him|her|them)\s(?:back\s)?(?:at|on|under|via)?"
    r"|\b(?:tel|telephone|telefon|phone|mobile|cell|cellphone|fax|handy|whatsapp)\b\W{0,2}(?:number|no|nr|#|is|:)\W{0,2}(?:is|:)?"
    r"|\b(?:my|his|her|our|their)\s(?:new\s)?(?:phone\s|mobile\s|cell\s)?(?:number|nr|no)\W{0,2}(?:is|:)?)"
    r"\s{0,2}(?P<number>\+?\(?[0-9](?:[ ().\x2f-]{0,3}[0-9]){6,14})(?![0-9])"
)


def find_phones(reading: Reading) -> Iterator[Span]:
    """Find numbers valid in the reading's region or anywhere with their + prefix, and told ones.

    The value of a span is the number in E.164, so that (415) 555-0132 is +1 415 555 0132.
    """
    text = reading.plain.text
    if not reading.has_digits or not _ENOUGH_DIGITS.search(text):
        return
    for match in _TOLD.finditer(reading.plain.folded):
        yield Span(match.start("number"), match.end("number"), Kind.PHONE)
    for found in phonenumbers.PhoneNumberMatcher(text, _known(reading.region)):
        value = phonenumbers.format_number(found.number, phonenumbers.PhoneNumberFormat.E164)
        yield Span(found.start, found.end, Kind.PHONE, value)


def _known(region: str) -> str:
    return region if region in phonenumbers.SUPPORTED_REGIONS else DEFAULT_REGION
