"""Finds postal addresses: a street with a house number, its unit and its town with postcode.

Knows no map: a street is what is written like one. "12 Main Street" in English, "Hauptstraße 12",
"12 rue de Rivoli", "Via Roma 5" and their like elsewhere, PO boxes, UK postcodes.
"""

import re
from collections.abc import Iterator

from knowledge.privacy.detectors.ordinary_words import FUNCTION_WORDS, words
from knowledge.privacy.detectors.towns import end_of_town
from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span

_NUMBER = r"(?<![\w$€£.,:/-])[0-9]{1,5}(?:[a-zA-Z]|[-/][0-9]{1,4})?"
_WORD = r"(?:[A-ZÀ-ÞĀ-ŽΑ-ΩА-Я][\w'.-]{0,24}|[0-9]{1,3}(?:st|nd|rd|th))"
_SURE = (
    r"(?:Street|St|Avenue|Ave?|Road|Rd|Boulevard|Blvd|Lane|Ln|(?<!Hard\s)(?<!Disk\s)(?<!Flash\s)(?<!Tape\s)Drive|Dr|Court|Ct|Terrace|Ter|Highway|Hwy|Parkway|"
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
NO_STREET = words(
    "a about across ago along am and another around at away best block blocks block bottles boxes by cm day days "
    "different dollars down euros few for from ft g good great hour hours hr hrs in inch inches is it items kg km l "
    "left m meters metres mi mile miles min mins minute minutes ml mm more new nice of off on one or oz pack packs "
    "pair pairs people percent pieces pm pounds right shops size small sq stars stops stores the this times to under "
    "up us usd via walk weeks years yards your my our up-to per x hour-long hard disk flash tape usb"
)
_COMPOUND = re.compile(
    r"(?<!\w)(?:[^\W\d_][\w.-]{0,20}[ -]){0,2}?"
    r"(?:[^\W\d_][\w-]{1,30}(?:straße|strasse|straat)|[^\W\d_][\w-]{1,30}str\.|(?:Straße|Strasse|Str\.)(?:\s(?:[^\W\d_][\w.-]{1,20}|[0-9]{1,2}\.)){1,4}"
    r"|[A-ZÀ-Þ][\w-]{1,20}\s(?:Straße|Strasse|Str\.|Weg|Platz|Allee|Gasse|Damm|Ufer)"
    r"|[^\W\d_][\w-]{2,30}(?:gatan|vägen|veien|vegen|katu|gasse)"
    r"|[A-ZÀ-Þ][\w-]{2,30}(?:weg|platz|allee|ufer|damm|hof|laan|plein|gracht|kade|singel|dijk|dreef|steeg|gata|gaten|gränd|"
    r"stigen|bakken|vej|gade|stræde|allé|ntie|kuja|polku|kaari|tänav|stræti|vegur|braut)"
    r"|(?:[A-ZÀ-ÞĀ-Ž][\w.-]{1,24}\s){1,3}(?:utca|u\.|út|útja|tér|tere|körút|krt\.|rakpart|köz|sétány|fasor|ulice|náměstí|třída|ulica|"
    r"trg|tänav|pst|mnt|Caddesi|Cad\.|Sokak|Sok\.|Sokaği|Bulvari))"
    r",?\s(?:[Nn][ro][.:]?\s?)?[0-9]{1,4}(?:\s?[-/]\s?[0-9]{1,4})?(?:[\s-]?[a-zA-Z](?!\w)(?:\s[0-9]{1,3})?)?(?![\w:%€$])"
)
_NAMED_KINDS = (
    r"(?:[Rr]ue|[Aa]venue|[Aa]v\.|[Bb]oulevard|[Bb]d\.?|[Qq]uai|[Cc]hemin|[Aa]llée|[Ii]mpasse|[Pp]lace|[Cc]ours|"
    r"[Vv]iale|Via|[Pp]iazza|[Cc]orso|[Ll]argo|[Vv]icolo|[Cc]alle|C/|[Aa]venida|[Aa]vda\.?|[Pp]laza|[Pp]aseo|[Rr]ua|"
    r"[Tt]ravessa|[Pp]raça|[Ee]strada|[Aa]lameda|[Rr]úa|[Cc]arrer|[Rr]onda|[Cc]amino|[Cc]arretera|[Cc]tra\.|[Ss]trada|[Uu]lica|[Uu]l\.|"
    r"[Aa]leja|[Aa]l\.|[Oo]s\.|[Pp]l\.|[Ss]tr\.|[Bb]ulevardul|ул\.|улица|пр\.|проспект|Οδός|Λεωφόρος)"
)
_LINK = r"(?:de|du|des|del|della|delle|dei|degli|di|da|do|dos|das|la|le|les|los|las|el|l'|d')"
_NAMED = rf"{_NAMED_KINDS}\s?(?:{_LINK}\s?){{0,3}}{_WORD}(?:[ -](?:{_LINK}[ ']){{0,2}}{_WORD}){{0,2}}(?!\w)"
_ROMANCE = re.compile(
    rf"(?<!\w){_NUMBER}(?:\s(?:bis|ter))?,?\s{_NAMED}(?:\s[0-9]{{1,4}}[a-zA-Z]?(?![\w:%€$]))?"
    rf"|(?<!\w){_NAMED},?\s(?:[nN][.°ºro]{{0,2}}[.:]?\s?|[дd]\.\s?)?[0-9]{{1,4}}[a-zA-Z]?(?:[-/][0-9]{{1,4}})?(?![\w:%€$])"
)
# In small letters, folded: "calle de alcala, 45, 3o b". What is counted in minutes or money is no house.
_SPANISH = re.compile(
    r"(?<!\w)(?:calle|c/|avenida|avda\.?|paseo de(?:l)?|plaza|carretera|travesia|glorieta|callejon|barrio)\s?"
    r"(?P<words>(?:[^\W\d_][\w'.-]{0,20}\s){0,4}?[^\W\d_][\w'.-]{1,20}),?\s(?:n[.ºo]{1,2}\s?|num\.?\s|numero\s)?[0-9]{1,4}"
    r"(?![\w:%€$.,]*[0-9€$])(?!\s(?:euros?|dolares|pesos|minutos?|min|horas?|metros?|m|km|dias?|anos|personas|veces|y media)\b)"
    r"(?:\s?bis)?(?:,?\s(?:piso\s)?[0-9]{1,2}\s?(?:[ºªoa]|er)\.?(?:\s?(?:[a-h]|izq\w*|der\w*|dcha\w*|centro))?(?!\w))?"
)
_NO_SPANISH_STREET = NO_STREET | (FUNCTION_WORDS - words("la las los el y"))
_BOX = re.compile(
    r"\b(?:p\.?\s?o\.?\s?box|post office box|postfach|boite postale|bp(?=\s)|apartado(?: de correos)?|casilla)\s?(?:no\.?\s)?#?[0-9]{1,6}\b"
)
_UNIT_WORD = (
    r"(?:apt|apartment|unit|suite|ste|flat|floor|fl|room|rm|wohnung|whg|appartement|piso|int)"
)
_UNIT_AFTER = re.compile(
    rf"[,\s]{{1,6}}(?:{_UNIT_WORD}\b\.?\s?#?\s?[0-9a-z-]{{1,6}}|#\s?[0-9a-z-]{{1,6}})(?!\w)"
)
_UNIT_BEFORE = re.compile(rf"\b{_UNIT_WORD}\.?\s?#?[0-9]{{1,5}}[a-z]?,?\s{{1,2}}$")
_LOOK_BACK = 24
_NUMBER_BEFORE = re.compile(r"(?<![\w.,$€£-])[0-9]{1,5}\s$")


def find_addresses(reading: Reading) -> Iterator[Span]:
    """Find postal addresses with unit and town; a town alone is not one."""
    if not reading.has_digits:
        return
    text, folded = reading.plain.text, reading.plain.folded
    for start, end in _streets(text, folded):
        begins = _with_what_is_before(folded, start)
        yield Span(begins, end_of_town(reading, _with_unit_after(folded, end)), Kind.ADDRESS)


def _streets(text: str, folded: str) -> Iterator[tuple[int, int]]:
    for pattern in (_ENGLISH, _COMPOUND, _ROMANCE):
        for match in pattern.finditer(text):
            yield match.span()
    for match in _SMALL.finditer(folded):
        if NO_STREET.isdisjoint(match["words"].split()):
            yield match.span()
    for match in _SPANISH.finditer(folded):
        if _NO_SPANISH_STREET.isdisjoint(match["words"].split()):
            yield match.span()
    for match in _BOX.finditer(folded):
        yield match.span()


def _with_what_is_before(folded: str, start: int) -> int:
    """Take in 'Flat 4,' and a second number, as in '58 Via Roma 102'."""
    for pattern in (_NUMBER_BEFORE, _UNIT_BEFORE):
        before = pattern.search(folded, max(0, start - _LOOK_BACK), start)
        start = before.start() if before else start
    return start


def _with_unit_after(folded: str, end: int) -> int:
    unit = _UNIT_AFTER.match(folded, end)
    return unit.end() if unit else end
