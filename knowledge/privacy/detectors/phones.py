"""Finds telephone numbers by the plans of the regions they may come from; knows no names and no cues.

What no plan knows is found by how it is written or by what is said around it: see told_phones.
"""

import re
from collections.abc import Iterator

import phonenumbers

from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span

ENOUGH_DIGITS = re.compile(r"[0-9](?:[^0-9\n]{0,4}[0-9]){5}")
# What stands before a number that calls nobody: an article, an amount, a size.
_NO_CALL_BEFORE = re.compile(
    r"(?:\b(?:item|items|article|art|artikel|sku|ean|gtin|upc|barcode|isbn|model|modell|ref|reference|part|serial|version"
    r"|sizes?|code|coupon|voucher|receipt|invoice|euros?|eur|usd|chf|pln)\b\W{0,2}\s?(?:number|no|nr|nummer|is)?\W{0,3}"
    r"|[$€£¥]\s?)$"
)
_LOOK_BACK = 28
_PART_OF_WORD, _PART_OF_LINK = re.compile(r"[_/=&%a-z](?=.)"), re.compile(r"[_/=&%]")
_NO_CALL_AFTER = re.compile(
    r"\s?(?:[€$£%°]|(?:eur|euros?|usd|dollars?|zł|kr|chf|g|kg|mg|ml|l|m|km|cm|mm|gb|tb|mb|mah|w|kwh|steps|pieces|pcs|people)\b)"
)
# A plan alone takes many an article's number and screen size for its own: it must look dialled, too.
_DIALLED = re.compile(
    r"\+.*|\(.*|0[0-9]{8,11}|1?[2-9][0-9]{2}[2-9][0-9]{6}|0[0-9]{0,4}\D.*"
    r"|(?=(?:\D*[0-9]){8})[0-9]+(?:[^0-9x]{1,3}[0-9]{2,}){2,}(?:\s?(?:x|ext).*)?"
)
_EXTENSION = re.compile(
    r"\s?[,;]?\s?(?:x|ext\.?|extn\.?|extension|poste|dw|durchwahl|interno|anexo|ramal|wew\.?|#)\s?:?\s?[0-9]{1,6}(?!\w)"
)


def find_phones(reading: Reading) -> Iterator[Span]:
    """Find numbers valid in one of the reading's regions, or anywhere with their + prefix.

    The value of a span is the number in E.164, so that (415) 555-0132 is +1 415 555 0132.
    """
    text = reading.plain.text
    if not reading.has_digits or not ENOUGH_DIGITS.search(text):
        return
    for region in reading.regions:
        if region not in phonenumbers.SUPPORTED_REGIONS:
            continue
        for found in phonenumbers.PhoneNumberMatcher(text, region):
            is_dialled = _DIALLED.fullmatch(found.raw_string)
            if is_dialled and calls_somebody(reading, found.start, found.end):
                value = phonenumbers.format_number(
                    found.number, phonenumbers.PhoneNumberFormat.E164
                )
                yield Span(found.start, found.end, Kind.PHONE, value)


def calls_somebody(reading: Reading, start: int, end: int) -> bool:
    """Tell a number to call from an article's number, a price or a size by what stands around it."""
    folded = reading.plain.folded
    if (start and _PART_OF_WORD.match(folded, start - 1)) or _PART_OF_LINK.match(folded, end):
        return False
    if _NO_CALL_BEFORE.search(folded, max(0, start - _LOOK_BACK), start):
        return False
    return not _NO_CALL_AFTER.match(folded, end)


def end_of_extension(folded: str, end: int) -> int:
    """Go on over 'x123', 'ext. 5' and the like behind a number."""
    extension = _EXTENSION.match(folded, end)
    return extension.end() if extension else end
