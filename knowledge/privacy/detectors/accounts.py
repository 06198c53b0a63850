"""Finds payment cards, bank accounts and US social security numbers by their checksums and shapes."""

import re
from collections.abc import Iterator

from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span

_CARD = re.compile(r"(?<![\w.])[0-9](?:[ .-]{0,2}[0-9]){11,18}(?![0-9])")
# Networks by first digits: Visa 4, Mastercard 51-55 and 2221-2720, Amex 34/37, Diners 30/36/38/39,
# JCB 35 and the old 1800/2131, Discover and UnionPay 6, Maestro 50/56-58.
# Source: ISO/IEC 7812 prefixes as listed by the networks, 2026-11.
_NETWORK = re.compile(r"4|5|6|3[04-9]|2(?:22[1-9]|2[3-9]|[3-6]|7[01]|720)|1800|2131")
_CARD_WORD = re.compile(
    r"\b(?:card|visa|mastercard|amex|maestro|debit|credit|karte|kreditkarte|carte|tarjeta|carta|kaart)\b"
)
# Mistyped, a card is still nearly the card: said to be one, it needs no check.
_CARD_TOLD = re.compile(
    r"\b(?:(?:credit|debit|bank|gift|payment) ?card|card (?:number|no|nr)|visa|mastercard|amex|maestro|kreditkarte\w*|kartennummer|"
    r"carte (?:bancaire|de credit|bleue)|tarjeta|carta di credito|cartao|creditcard)\b[^0-9\n]{0,16}"
    r"(?P<card>[0-9](?:[ .-]{0,2}[0-9]){12,18})(?![0-9])"
)
_SURE_DIGITS = range(14, 20)

_IBAN_START = re.compile(r"(?<![^\W_])[A-Za-z]{2}[0-9]{2}(?=[ -]?[A-Za-z0-9])")
# Characters an IBAN has in its country. Source: SWIFT IBAN registry, release 99 (2024-12).
_IBAN_LENGTHS = {
    country: length
    for length, countries in {
        15: "NO", 16: "BE", 18: "DK FI FO GL NL SD FK", 19: "MK SI",
        20: "AT BA EE KZ LT LU XK MN", 21: "CH HR LI LV",
        22: "BG BH CR DE GB GE IE ME RS VA", 23: "AE GI IL IQ TL OM SO",
        24: "AD CZ ES MD PK RO SA SE SK TN VG", 25: "LY PT ST", 26: "IS TR",
        27: "BI DJ FR GR IT MC MR SM", 28: "AL AZ BY CY DO GT HU LB NI PL SV",
        29: "BR EG PS QA UA", 30: "JO KW MU YE", 31: "MT SC", 32: "LC", 33: "RU",
    }.items()
    for country in countries.split()
}  # fmt: skip

_SSN = re.compile(r"(?<![\w-])(?!000|666)[0-9]{3}([- ])(?!00)[0-9]{2}\1(?!0000)[0-9]{4}(?![\w-])")
_SSN_TOLD = re.compile(
    r"\b(?:ssn|itin|social(?: security)?(?: number| no\.?| #)?)\W{1,3}(?:is|number|no)?\W{0,3}"
    r"([0-9]{3}[ .-]?[0-9]{2}[ .-]?[0-9]{4})(?![0-9])"
)


def find_cards(reading: Reading) -> Iterator[Span]:
    """Find payment cards: a network's first digits and the Luhn check, spaces and dashes allowed.

    Said to be a card, it needs neither. 12 and 13 digits are also what a barcode has: they count only where the message speaks of a card.
    """
    if not reading.has_digits:
        return
    speaks_of_card: bool | None = None
    for match in _CARD.finditer(reading.plain.text):
        digits = _compact(match.group())
        if not passes_luhn(digits):
            continue
        if speaks_of_card is None:
            speaks_of_card = bool(_CARD_WORD.search(reading.plain.folded))
        if speaks_of_card or (len(digits) in _SURE_DIGITS and _NETWORK.match(digits)):
            yield Span(match.start(), match.end(), Kind.CARD)
    for match in _CARD_TOLD.finditer(reading.plain.folded):
        yield Span(match.start("card"), match.end("card"), Kind.CARD)


def find_ibans(reading: Reading) -> Iterator[Span]:
    """Find bank accounts whose length fits their country and whose check digits hold (ISO 13616)."""
    if not reading.has_digits:
        return
    text = reading.plain.text
    for match in _IBAN_START.finditer(text):
        length = _IBAN_LENGTHS.get(match.group()[:2].upper())
        end = _end_of_account(text, match.start(), length) if length else None
        if end and _passes_mod_97(_compact(text[match.start() : end])):
            yield Span(match.start(), end, Kind.IBAN)


def find_ssns(reading: Reading) -> Iterator[Span]:
    """Find US social security numbers: 123-45-6789, or nine digits that are called one."""
    if not reading.has_digits:
        return
    for match in _SSN.finditer(reading.plain.text):
        yield Span(match.start(), match.end(), Kind.SSN)
    for match in _SSN_TOLD.finditer(reading.plain.folded):
        yield Span(match.start(1), match.end(1), Kind.SSN)


def passes_luhn(digits: str) -> bool:
    """Check the last digit of a card number. Source: ISO/IEC 7812-1, annex B."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        doubled = int(digit) * (1 + place % 2)
        total += doubled - 9 if doubled > 9 else doubled  # noqa: PLR2004 - cross sum of two digits
    return total % 10 == 0 and len(set(digits)) > 1


def _passes_mod_97(account: str) -> bool:
    """Check an IBAN as ISO 7064 MOD 97-10 does: letters count from A = 10."""
    moved = account[4:] + account[:4]
    return int("".join(str(int(character, 36)) for character in moved)) % 97 == 1


def _end_of_account(text: str, start: int, length: int) -> int | None:
    """Walk over letters, digits, single spaces and dashes until an account's length is full."""
    count = 0
    for position in range(start, len(text)):
        character = text[position]
        if character.isascii() and character.isalnum():
            count += 1
        elif character not in " -" or not text[position - 1].isalnum():
            return None
        if count == length:
            following = text[position + 1 : position + 2]
            return None if following.isalnum() else position + 1
    return None


def _compact(text: str) -> str:
    return "".join(character for character in text.upper() if character.isalnum())
