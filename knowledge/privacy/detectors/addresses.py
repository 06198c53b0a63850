"""Finds postal addresses: a street with a house number, its unit and its town with postcode.

Knows no map: a street is what is written like one. "12 Main Street" in English, "Hauptstraße 12",
"12 rue de Rivoli", "Via Roma 5" and their like elsewhere, PO boxes, UK postcodes.
"""

import re
from collections.abc import Iterator

from knowledge.privacy.detectors.ordinary_words import words
from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span

_NUMBER = r"(?<![\w$€£.,:/-])[0-9]{1,5}(?:[a-zA-Z]|[-/][0-9]{1,4})?"
_WORD = r"(?:[A-ZÀ-ÞĀ-Ž][\w'.-]{0,24}|[0-9]{1,3}(?:st|nd|rd|th))"
_SURE = (
    r"(?:Street|St|Avenue|Ave?|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Terrace|Ter|Highway|Hwy|Parkway|"
    r"Pkwy|Circle|Cir|Crescent|Cres|Place|Pl|Square|Sq|Way|Close|Gardens|Gdns|Grove|Mews|Alley|Trail|Trl|Row|"
    r"Hill|Walk|Wharf|Esplanade|Turnpike|Pike|Quay|Broadway)"
)
_DIRECTION = r"(?:N|S|E|W|NE|NW|SE|SW|North|South|East|West)"
_ENGLISH = re.compile(
    rf"{_NUMBER},?\s(?:{_DIRECTION}\.?\s)?(?:{_WORD}\s){{1,3}}?{_SURE}\b(?!['\w])\.?(?:\s{_DIRECTION}\b)?"
    rf"|{_NUMBER},?\s(?:{_DIRECTION}\.?\s)?Broadway\b"
)
# In small letters only streets that are nothing else, and only where the sentence lets go of them.
_SMALL = re.compile(
    r"(?<![\w$€£.,:/-])[0-9]{1,5}[a-z]?,?\s(?P<words>(?:[\w'.-]{2,20}\s){1,3}?)"
    r"(?:street|st|avenue|ave|road|rd|boulevard|blvd|lane|ln|drive|court|crescent|terrace)\b"
    r"(?=\.?\s*(?:$|[,.;!?()\n]|#|[0-9]|(?:in|at|near|and|apt|apartment|unit|flat|suite|please|to|is|or|but|for)\b))"
)
_NO_STREET = words(
    "a about across ago along am and another around at away best block blocks block bottles boxes by cm day days "
    "different dollars down euros few for from ft g good great hour hours hr hrs in inch inches is it items kg km l "
    "left m meters metres mi mile miles min mins minute minutes ml mm more new nice of off on one or oz pack packs "
    "pair pairs people percent pieces pm pounds right shops size small sq stars stops stores the this times to under "
    "up us usd via walk weeks years yards your my our up-to per x hour-long"
)
_COMPOUND = re.compile(
    r"(?<!\w)(?:[^\W\d_][\w.-]{0,20}[ -]){0,2}?"
    r"(?:[^\W\d_][\w-]{1,30}(?:straße|strasse|straat)|[^\W\d_][\w-]{1,30}str\.|(?:Straße|Strasse|Str\.)(?:\s(?:[^\W\d_][\w.-]{1,20}|[0-9]{1,2}\.)){1,4}"
    r"|[A-ZÀ-Þ][\w-]{1,20}\s(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Ring|Damm|Ufer)"
    r"|[A-ZÀ-Þ][\w-]{2,30}(?:gasse|weg|platz|allee|ufer|damm|laan|plein|gracht|kade|singel|gatan|vägen|gata|vej|gade|katu|"
    r"veien|tänav|utca))"
    r",?\s(?:Nr\.?\s)?[0-9]{1,4}(?:\s?[-/]\s?[0-9]{1,4})?(?:\s?[a-zA-Z](?!\w))?(?![\w:%€$])"
)
_NAMED_KINDS = (
    r"(?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d\.?|[Qq]uai|[Cc]hemin|[Aa]llée|[Ii]mpasse|[Pp]lace|[Cc]ours|"
    r"[Vv]iale|Via|[Pp]iazza|[Cc]orso|[Ll]argo|[Vv]icolo|[Cc]alle|C/|[Aa]venida|[Aa]vda\.?|[Pp]laza|[Pp]aseo|[Rr]ua|"
    r"[Tt]ravessa|[Pp]raça|[Uu]lica|[Uu]l\.|[Aa]leja|[Aa]l\.)"
)
_LINK = r"(?:de|du|des|del|della|delle|dei|degli|di|da|do|dos|das|la|le|les|los|las|el|l'|d')"
_NAMED = rf"{_NAMED_KINDS}\s?(?:{_LINK}\s?){{0,3}}{_WORD}(?:[ -](?:{_LINK}[ ']){{0,2}}{_WORD}){{0,2}}(?!\w)"
_ROMANCE = re.compile(
    rf"(?<!\w){_NUMBER}(?:\s(?:bis|ter))?,?\s{_NAMED}"
    rf"|(?<!\w){_NAMED},?\s(?:n[.°º]?\s?)?[0-9]{{1,4}}[a-zA-Z]?(?![\w:%€$])"
)
_BOX = re.compile(
    r"\b(?:p\.?\s?o\.?\s?box|post office box|postfach|boite postale|bp|apartado(?: de correos)?|casilla)\s?(?:no\.?\s)?#?[0-9]{1,6}\b"
)
_UK_CODE = r"[A-Za-z]{1,2}[0-9][0-9A-Za-z]?\s[0-9][ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}(?!\w)"
# Alone it must be in capitals and in an area of Royal Mail's; M2 2TB and E5 8GB are for a computer.
_UK_POSTCODE = re.compile(
    r"(?<!\w)(?:A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|"
    r"K[ATWY]|L[ADELNSU]?|M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|"
    r"YO|ZE)[0-9][0-9A-Z]?\s[0-9](?![GT]B)[ABD-HJLNP-UW-Z]{2}(?!\w)"
)
_UNIT_WORD = (
    r"(?:apt|apartment|unit|suite|ste|flat|floor|fl|room|rm|wohnung|whg|appartement|piso|int)"
)
_UNIT_AFTER = re.compile(
    rf"[,\s]{{1,3}}(?:{_UNIT_WORD}\b\.?\s?#?\s?[0-9a-z-]{{1,6}}|#\s?[0-9a-z-]{{1,6}})(?!\w)"
)
_UNIT_BEFORE = re.compile(rf"\b{_UNIT_WORD}\.?\s?#?[0-9]{{1,5}}[a-z]?,?\s{{1,2}}$")
_TOWN = r"[A-ZÀ-ÞĀ-Ž][\w'.-]{1,24}(?:[ -][A-ZÀ-Þa-z][\w'.-]{1,24}){0,3}?"
_TAIL = re.compile(
    rf"(?:\s?,\s?|\s?\n\s{{0,4}}|\s(?:in\s)?)(?:{_TOWN},?\s)?(?:{_TOWN},?\s)?[A-Z]{{2}}\.?,?\s[0-9]{{5}}(?:-[0-9]{{4}})?(?!\w)"
    rf"|(?:\s?,\s?|\s?\n\s{{0,4}}|\s(?:in\s)?)(?:[A-Z]{{1,2}}-)?[0-9]{{2,3}}[ -]?[0-9]{{2,3}}(?:\s[A-Z]{{2}})?\s{_TOWN}(?=\s*(?:$|[,.;!?)\n]))"
    rf"|(?:\s?,\s?|\s?\n\s{{0,4}}|\s(?:in\s)?)(?:{_TOWN},?\s)?{_UK_CODE}"
    r"|(?:\s?,\s?|\s?\n\s{0,4})[0-9]{5}(?:-[0-9]{4})?(?!\w)"
)


def find_addresses(reading: Reading) -> Iterator[Span]:
    """Find postal addresses with unit and town; a town alone is not one."""
    if not reading.has_digits:
        return
    text, folded = reading.plain.text, reading.plain.folded
    for start, end in _streets(text, folded):
        yield Span(_with_unit_before(folded, start), _with_tail(text, folded, end), Kind.ADDRESS)
    for match in _UK_POSTCODE.finditer(text):
        yield Span(match.start(), match.end(), Kind.ADDRESS)


def _streets(text: str, folded: str) -> Iterator[tuple[int, int]]:
    for pattern in (_ENGLISH, _COMPOUND, _ROMANCE):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _SMALL.finditer(folded):
        if _NO_STREET.isdisjoint(match["words"].split()):
            yield match.span()
    for match in _BOX.finditer(folded):
        yield match.span()


def _with_unit_before(folded: str, start: int) -> int:
    before = _UNIT_BEFORE.search(folded, max(0, start - 24), start)
    return before.start() if before else start


def _with_tail(text: str, folded: str, end: int) -> int:
    """Go on over 'Apt. 4' and over a town, as long as a postcode says that it is one."""
    unit = _UNIT_AFTER.match(folded, end)
    end = unit.end() if unit else end
    tail = _TAIL.match(text, end)
    return tail.end() if tail else end
