"""Postcodes and the towns that go with them, alone or behind a street; knows no street.

A town alone is no address: shoppers ask for shops in Berlin. With its postcode, it is where someone lives.
"""

import re
from collections.abc import Iterator

from knowledge.privacy.detectors.ordinary_words import EVERYDAY_WORDS, FUNCTION_WORDS
from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span

_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽΑ-ΩА-Я"
_TOWN = rf"[{_UPPER}][\w'.-]{{1,24}}(?:[ -][{_UPPER}a-z][\w'.-]{{1,24}}){{0,3}}?"
_UK = r"[A-Za-z]{1,2}[0-9][0-9A-Za-z]?\s[0-9][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}"
# Alone it must be in capitals and in an area of Royal Mail's; M2 2TB and E5 8GB are for a computer.
_UK_ALONE = (
    r"(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|"
    r"K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|"
    r"YO|ZE)[0-9][0-9A-Z]?\s[0-9](?![GT]B)[ABD-HJLNP-UW-Z]{2}"
)
_CANADA = r"[ABCEGHJ-NPRSTVXY][0-9][ABCEGHJ-NPRSTV-Z][ -][0-9][ABCEGHJ-NPRSTV-Z][0-9]"
_STATES = (
    r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AIT]|W[AIVY]"
    r"|Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|"
    r"Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska|"
    r"Nevada|New (?:Hampshire|Jersey|Mexico|York)|(?:North|South) (?:Carolina|Dakota)|Ohio|Oklahoma|Oregon|Pennsylvania|"
    r"Rhode Island|Tennessee|Texas|Utah|Vermont|(?:West )?Virginia|Washington|Wisconsin|Wyoming)"
)
_AUSTRALIA = r"(?:NSW|VIC|QLD|WA|SA|TAS|ACT|NT)"
_ZIP = r"[0-9]{5}(?:-[0-9]{4})?"
_ENDS = r"(?=\s*(?:$|[,.;!?)\n]))"
_ALONE = re.compile(
    rf"(?<![\w-])(?:{_UK_ALONE}|{_CANADA}"
    rf"|{_TOWN},?\s{_STATES}\.?,?\s{_ZIP}|{_TOWN},?\s{_AUSTRALIA},?\s[0-9]{{4}}"
    rf"|[1-9][0-9]{{3}}\s(?!S[ADS]|[GMK]B|GT|HD|V[AG])[A-Z]{{2}},?\s[A-Z][a-z]+(?:[ -][A-Z][a-z]+)?{_ENDS}"  # Netherlands
    rf"|(?:[0-9]{{2}}-[0-9]{{3}}|[0-9]{{4}}-[0-9]{{3}}|[0-9]{{5}}-[0-9]{{3}}),?\s{_TOWN}{_ENDS}"  # Poland, Portugal, Brazil
    rf"|(?:AT?|BE?|CH|CZ|DE?|DK|ES?|FI?N?|FR?|HU?|IT?|LU?|NO?|NL|PL|PT|SE?|SK)-[0-9]{{4,5}}\s{_TOWN}{_ENDS}"
    r")(?![\w-])"
)
_TOLD = re.compile(
    r"\b(?:zip(?: ?code)?|post ?code|postal code|plz|postleitzahl|code postal|codigo postal|cp|cap|cep|postcode|kod pocztowy|"
    r"postnummer|postinumero|iranyitoszam|pin ?code|eircode)\b(?:\s(?:is|ist|est|es|e|jest|lautet|to))?[\s:=]{1,3}"
    r"(?P<code>(?=[a-z]{0,3}[0-9])[a-z0-9]{3,6}(?:[ -](?=[a-z]?[0-9])[a-z0-9]{2,4})?)(?![\w%€$£])"
)
# "in 10115 Berlin": five digits are also an article's number, so something must lead to a town.
_LED = re.compile(
    rf"\b(?:in|to|from|near|at|nach|aus|bei|à|a|en|de|na|w|do|i|till|til)\s(?P<place>[0-9]{{5}}\s{_TOWN}){_ENDS}"
)
_GAP = r"[ \t]*(?:,[ \t]*\n?|\n{1,2})[ \t]*(?:,[ \t]*)?|[ \t](?:-[ \t])?"
_CODE = (
    rf"(?:{_UK}|{_CANADA}|[A-Z]{{1,2}}-[0-9]{{4,5}}|{_ZIP}|[0-9]{{4}}\s[A-Z]{{2}}|[0-9]{{5}}-[0-9]{{3}}|[0-9]{{4}}-[0-9]{{3}}"
    r"|[0-9]{2}-[0-9]{3}|[0-9]{3}\s[0-9]{2}|[0-9]{6}|(?!(?:19|20)[0-9]{2})[0-9]{4})(?!\w)"
)
_TAIL = re.compile(
    rf"(?:{_GAP}){_CODE}(?:{_GAP}){_TOWN}{_ENDS}"
    rf"|(?:(?:{_GAP})(?:in\s)?{_TOWN}){{1,3}}(?:{_GAP})(?:{_AUSTRALIA}\s[0-9]{{4}}|{_CODE})"
    rf"|(?:\s?,\s?|\s?\n\s{{0,4}}){_CODE}"
)
_TOWN_AFTER_COMMA = re.compile(
    rf"\s?,[ ]?(?P<town>[{_UPPER}][\w'-]{{2,24}}(?:[ -][{_UPPER}][\w'-]{{2,24}}){{0,2}})(?=\s*(?:$|[.;!?)\n]|,(?!\s?[0-9])))"
)
_NO_TOWN = FUNCTION_WORDS | EVERYDAY_WORDS


def find_towns(reading: Reading) -> Iterator[Span]:
    """Find postcodes that only postcodes look like, those called so, and towns with theirs."""
    if not reading.has_digits:
        return
    for match in _ALONE.finditer(reading.plain.text):
        yield Span(match.start(), match.end(), Kind.ADDRESS)
    for match in _LED.finditer(reading.plain.text):
        yield Span(match.start("place"), match.end("place"), Kind.ADDRESS)
    for match in _TOLD.finditer(reading.plain.folded):
        yield Span(match.start("code"), match.end("code"), Kind.ADDRESS)


def end_of_town(reading: Reading, end: int) -> int:
    """Go on from the end of a street over its town: with a postcode, or behind a comma at the end of a clause."""
    text = reading.plain.text
    tail = _TAIL.match(text, end)
    if tail:
        return tail.end()
    for _ in range(2):
        town = _TOWN_AFTER_COMMA.match(text, end)
        if not town or not _is_town(reading, *town.span("town")):
            break
        end = town.end()
    return end


def _is_town(reading: Reading, start: int, end: int) -> bool:
    inside = [word for word in reading.words if start <= word.start < end]
    return not any(word.is_kept or word.bare in _NO_TOWN for word in inside)
