"""Finds numbers that are called somebody's: passport, driver's licence, tax number, insurance, plate.

Whoever names the paper means it, so no check digits are asked for. Knows no country's shapes.
"""

import re
from collections.abc import Iterator

from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span

# Folded, so without accents.
_PAPERS = "|".join((
    # passport
    r"passports?|reisepass\w*|passnummer|passe?port\w*|pasaporte|passaport[eo]|paspoort\w*|paszport\w*|pas",
    # driver's licence
    r"driv(?:er|ers|er's|ing)(?:'s?)? ?(?:licen[cs]e|permit)|driver'?s'? id|licen[cs]e|dl|fuhrerschein\w*",
    r"permis(?: de conduire)?|(?:permiso|licencia|carne[t]?)(?: de conducir| de conduccion| de manejo)?",
    r"patente(?: di guida)?|carta de conducao|carteira de motorista|cnh|rijbewijs\w*|korkort\w*|prawo jazdy",
    # identity cards and numbers
    r"id(?: card)?|identity(?: card| document)?|identification|national(?: id| identity| identification)?(?: card)?",
    r"(?:personal)?ausweis\w*|perso|carte d'identite|cni|dni|nie|nif|cedula|documento(?: de identidad)?|carta d'identita",
    r"identiteitskaart|id-kaart|dowod(?: osobisty)?|pesel|bsn|burgerservicenummer|cpr|personnummer|personal number",
    r"fodselsnummer|henkilotunnus|hetu|codice fiscale|cpf|rg|aadhaa?r|pan(?: card)?|nric|emirates id|curp|rut|oib|egn|jmbg",
    r"rodne cislo|cnp|tc kimlik|insee|nir|securite sociale|numero de securite sociale|social insurance|sin|tfn|nino",
    # tax and insurance, in the order of the words
    r"tax(?:payer)?(?: id| identification| file| reference)?|tin|itin|ein|vat|ust-?id\w*|steuer(?:-?id\w*|nummer|identifikationsnummer)",
    r"contribuinte|numero fiscal|national insurance|ni|nhs|medicare|medicaid|sozialversicherungs?\w*|versicherten\w*",
    r"(?:health |car )?insurance(?: policy)?|policy|member(?:ship)?|patient|medical record|mrn|avs|ahv\w*",
    # money
    r"iban|(?:bank )?account|acct|routing|aba|sort code|bsb|konto(?:nummer)?|kontonr|compte|cuenta|conto|rekening\w*|clabe|bic|swift",
    # what is driven or carried
    r"(?:number|licen[cs]e|registration) plate|plate|kennzeichen|vin|imei|visa|green card|residence permit|student id|employee id",
))  # fmt: skip
_CALLED = r"(?:number|numbers|numero|nummer|numer|nr|no|num|id|code|#|№|is|was|it's|its|lautet|ist|est|es|e|jest|to|ar|er|on|and|are|hat|die|le|il|el)"
_TOLD = re.compile(
    rf"(?<![\w@.-])(?:{_PAPERS})(?P<called>(?:[\s:.=,(#-]{{0,3}}\b{_CALLED}\b\.?){{0,4}})(?P<mark>[\s:.=,(#№-]{{1,4}})"
    r"(?P<id>(?:[a-z]{1,3}[ -])?(?:[a-z]{1,3}[ -]?(?=[0-9]))?(?=[a-z-]{0,9}[0-9])[a-z0-9]+(?:[ ./-](?=[a-z]{0,4}[0-9])[a-z0-9]+){0,8})(?!\w|[.,][0-9])"
)
_FEWEST_DIGITS = 4
# "ID: 4711-22" says what it is by the colon, "my passport 2026 edition" does not.
_UNSURE_DIGITS = 6
_MEASURE = re.compile(
    r"\s?(?:%|[€$£]|(?:eur|euros?|usd|dollars|points|days|years?|months|hours|km|kg|ml|gb|tb|pieces|pcs)\b)"
)
_NO_NUMBER_OF_PAPER = re.compile(
    r"(?:19|20)[0-9]{2}|[0-9]+\.[0-9]{1,2}|[0-3]?[1-9][./-][0-3]?[1-9][./-](?:[0-9]{2}){1,2}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
)


def find_told_ids(reading: Reading) -> Iterator[Span]:
    """Find what follows the name of a paper: "my driver's license number is A1234567"."""
    if not reading.has_digits:
        return
    folded = reading.plain.folded
    for match in _TOLD.finditer(folded):
        number = match["id"]
        is_called = bool(match["called"].strip() or set(match["mark"]) & set(":=#№"))
        fewest = _FEWEST_DIGITS if is_called else _UNSURE_DIGITS
        if sum(map(str.isdigit, number)) < fewest or _NO_NUMBER_OF_PAPER.fullmatch(number):
            continue
        if not _MEASURE.match(folded, match.end("id")):
            yield Span(match.start("id"), match.end("id"), Kind.ID)
