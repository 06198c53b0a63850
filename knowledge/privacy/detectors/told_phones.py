"""Finds telephone numbers that no plan knows: by how they are written, or by what is said around them.

People leave out the area code, write the local way, mistype a digit; a shop's records hold
numbers of everywhere. Knows no region.
"""

import re
from collections.abc import Iterator

from knowledge.privacy.detectors.phones import ENOUGH_DIGITS, calls_somebody, end_of_extension
from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span

_GAP = r"[ ().\x2f-]{0,3}"
_NUMBER = rf"(?P<number>\+?{_GAP}[0-9](?:{_GAP}[0-9]){{5,14}})(?![0-9])"
_VERB = (
    r"call|ring|text|dial|reach(?:ed)?|phone|contact(?:ed)?|whatsapp|sms|signal|answering|answered|calls?|texts|messages"
    r"|ruf\w*|anruf\w*|erreich\w*|appel\w*|joign\w*|contacte\w*|llam\w*|contacta\w*|chiam\w*|contattat\w*|lig(?:ue|a|ar)"
    r"|bel|bereik\w*|zadzwon|dzwon\w*|ring\w*|soita|volej\w*|zavolaj\w*|hivj\w*"
)
_NOUN = (
    r"tel|tele?phone|telefon\w*|telefoon\w*|telephones?|phones?|mobile|mobil\w*|cell|cellphone|cellulare|fax|handy\w*"
    r"|whats\s?app|viber|portable|fixe|movil|celular|telemovel|puhelin\w*|gsm|komorka|landline|hotline|office|pager"
    r"|тел|телефон\w*|мобильный|τηλεφωνο|κινητο|telp"
)
_FILL = r"(?:[^0-9\n.!?;:+(]{0,28}|\.?\s?:\s{0,3}|[.:]\s{0,3})\(?"
# "number" alone counts what is in stock, too: it must be somebody's.
_SAID_BEFORE = re.compile(
    rf"\b(?:(?:{_VERB})\b(?P<between>{_FILL})|(?:{_NOUN})\b(?P<gap>\W{{0,3}}(?:number|no|nr|nummer|numero|#)?{_FILL})"
    r"|(?:my|his|her|our|their|the|meine|mon|mi|il mio|o meu|mijn|min|moj|telefon\w*) (?:new )?(?:number|nr|no|nummer|numero|numer)\b"
    r"(?:\s(?:is|ist|est|es|e|is now|to))?\W{0,3})"
    rf"{_NUMBER}"
)
_SAID_AFTER = re.compile(
    rf"(?<![\w.,$€£-]){_NUMBER}(?P<extension>\s?(?:x|ext\.?)\s?[0-9]{{1,6}})?"
    r"[\s,:(-]{0,3}(?:office|fax|mobile|cell|home|work|landline|whatsapp|mobil|handy|privat|buro|bureau|portable|casa|"
    r"trabajo|ufficio|cellulare|mobiel|thuis|kontor|is (?:my|his|her|our|their|the) (?:\w{1,10} )?(?:number|phone|cell|mobile))\b"
)
# A message that is nothing else answers "what is your number?"; so does a line of a signature.
_LINE = re.compile(rf"(?m)^[ \t]*{_NUMBER}[ \t]*(?:x[0-9]{{1,6}}[ \t]*)?$")
_SHAPES = re.compile(
    r"(?<![\w.,$€£/-])(?P<number>"
    r"\+\s?\(?[1-9](?:[ ().\x2f-]{0,3}[0-9]){7,14}"  # + and a country
    r"|00[ -]?[1-9](?:[ ().\x2f-]{0,3}[0-9]){8,13}"  # 00 and a country
    r"|(?:1[ .-])?(?:\([0-9]{3}\)[ .-]?|[0-9]{3}[.-])[0-9]{3}[.-][0-9]{4}"  # North America
    r"|\(0?[1-9][0-9]{0,4}\)[ .-]?[0-9]{2,4}(?:[ .-]?[0-9]{2,4}){1,3}"  # area code in brackets
    r"|0[0-9]{1,4}[ /-][0-9]{2,8}(?:[ -]?[0-9]{2,4}){0,4}"  # the 0 of a trunk call, in groups
    r")(?![0-9]|[-.,][0-9])"
)
_DATE_OR_DECIMAL = re.compile(
    r"(?:[0-3]?[0-9][ .\x2f-]{1,2}[01]?[0-9][ .\x2f-]{1,2}(?:19|20)?[0-9]{2}|(?:19|20)[0-9]{2}[ .\x2f-]?[01][0-9][ .\x2f-]?[0-3][0-9])"
    r"|[0-2][0-9][.]?[0-5][0-9]\s?-\s?[0-2][0-9][.]?[0-5][0-9]|[0-9]\.[0-5][0-9]\s?-\s?[0-9]{1,2}\.[0-5][0-9]"
    r"|(?:19|20)[0-9]{2}\s?[/-]\s?(?:19|20)[0-9]{2}|[0-9]+\.[0-9]+"
)
# "900-1200" may be a budget, eight digits in one go a barcode.
_RANGE = re.compile(r"[0-9]{1,4}\s?-\s?[0-9]{1,4}|[0-9]+")
_NO_CALL = re.compile(
    r"\b(?:order|orders|item|items|article|price|sku|barcode|isbn|ean|model|serial|ref|invoice|ticket|coupon|card|points|"
    r"account|code|pin|password|name|id)\b"
)
_FEWEST, _MOST = 6, 15
_FEWEST_IN_LINE = 7
_FEWEST_IN_SHAPE = 8


def find_told_phones(reading: Reading) -> Iterator[Span]:
    """Find numbers written as only phone numbers are, and numbers that are said to be one."""
    text, folded = reading.plain.text, reading.plain.folded
    if not reading.has_digits or not ENOUGH_DIGITS.search(text):
        return
    for match in _told(folded):
        yield from _span(reading, match)


def _told(folded: str) -> Iterator[re.Match[str]]:
    for match in _SHAPES.finditer(folded):
        if _count(match["number"]) >= _FEWEST_IN_SHAPE:
            yield match
    for match in _SAID_BEFORE.finditer(folded):
        if not _NO_CALL.search(match["between"] or match["gap"] or ""):
            yield match
    yield from _SAID_AFTER.finditer(folded)
    for match in _LINE.finditer(folded):
        number = match["number"].strip()
        if _count(number) >= _FEWEST_IN_LINE and not _RANGE.fullmatch(number):
            yield match


def _span(reading: Reading, match: re.Match[str]) -> Iterator[Span]:
    number = match["number"]
    start = match.start("number") + len(number) - len(number.lstrip(" .-/)"))
    end = match.start("number") + len(number.rstrip(" .-/("))
    if not _FEWEST <= _count(number) <= _MOST or _DATE_OR_DECIMAL.fullmatch(number.strip()):
        return
    if calls_somebody(reading, start, end):
        yield Span(start, end_of_extension(reading.plain.folded, end), Kind.PHONE)


def _count(number: str) -> int:
    return sum(character.isdigit() for character in number)
