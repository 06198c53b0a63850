"""The size in a message, as catalogues write it: "44", "m", "us 9", "500 ml" (pure)."""

import re

from knowledge.constraints.money import UNIT

_LETTERS = {
    "extra small": "xs",
    "x-small": "xs",
    "small": "s",
    "medium": "m",
    "large": "l",
    "x-large": "xl",
    "extra large": "xl",
    "extra-large": "xl",
    "2xl": "xxl",
    "xx-large": "xxl",
}
_LETTER = r"xxs|xs|s|m|l|xl|xxl|xxxl|2xl|3xl|extra[- ](?:small|large)|xx?-(?:small|large)|small|medium|large"
_SHOE = r"3[4-9]|4\d|50"  # European; "in 15" is a quarter of an hour
_HALF = r"\d{1,2}(?:[.,]5|½| 1/2)?"
_ABROAD = re.compile(
    rf"\b(us|uk|eu|eur)\s*(?:size\s*)?({_HALF})(?![\d%])|\bsize\s*(us|uk|eu)\s*({_HALF})"
)
_ABROAD_BEHIND = re.compile(rf"\b(?:size|in an?|in)\s*({_HALF})\s*(us|uk|eu)\b")
# "I'm a 9 in running shoes, UK" says the country last.
_ABROAD_APART = re.compile(rf"\b(?:an?|size)\s+({_HALF})\b[^.;!?\d]{{1,30}}?\b(us|uk)\b(?! made)")
_SIZE = re.compile(
    rf"\bsize[sd]?\s*(?:is|of|:)?\s*(\d{{1,2}}(?:[.,]5)?|{_LETTER})(?!\w)(?!{UNIT})"
)
_WHO_WEARS = r"(?:i|we|he|she|they)(?:'m|'s|'re|\s+am|\s+is|\s+are)"
_IN = re.compile(
    rf"\b(?:in(?:\s+an?)?|wears?(?:\s+an?)?|wearing(?:\s+an?)?|takes?\s+an?|{_WHO_WEARS}\s+an?)\s+({_SHOE}|{_LETTER})(?![\w'])(?!{UNIT})"
    r"(?!\s+(?:amount|bit|box|bowl|cup|bottle|group|town|city|bag|way|world|number|family|eater))"
    rf"|\b(?:for|needs?|like|have)\s+an?\s+({_SHOE})(?![\w'])(?!{UNIT})(?![\s-]*(?:year|piece|day))"
    rf"|\b(?:feet|foot|size)\s+(?:are|is)\s+(?:an?\s+)?({_SHOE})(?![\w'])(?!{UNIT})"
)
_FOOT = re.compile(rf"\b({_SHOE})[\s-]+(?:foot|feet)\b")
_WORN = (
    r"shoes?|boots?|sandals?|sneakers?|trainers?|jackets?|coats?|t-?shirts?|tees?|shirts?|sweaters?|jumpers?|hoodies?"
    r"|fleeces?|gloves?|mittens?|trousers|pants|dress(?:es)?|skirts?|socks?|vests?"
)
_BEHIND = re.compile(
    rf"\b(?:{_WORN}),?\s+({_SHOE}|{_LETTER})(?![\w'])(?!{UNIT})|(?<![\w'’])({_LETTER})\s+(?:\w+\s+){{0,2}}(?:{_WORN})\b"
)
_BEFORE = re.compile(
    rf"(?<![\w$€£.,])({_SHOE})\s+(?:(?:trail|rain|hiking|running|winter|rubber|leather|snow)\s+)?"
    rf"(?:boots?|shoes?|sandals?|sneakers?|trainers?|wellies)\b|,\s*an?\s+({_LETTER})\s+one\b"
)
_ALONE = re.compile(r"(?<![\w'])(xxs|xs|xl|xxl|xxxl)(?![\w'])")
_BETWEEN_COMMAS = re.compile(
    rf",\s*(?:an?\s+)?({_LETTER}|{_SHOE})\s*(?=[,;.!?]|$|(?:please|pls)\b)"
)
_WAIST = re.compile(
    r"\b(?:waist\s*(\d{2})|(\d{2})\s*(?:inch(?:es)?|in|\")?\s*waist|w(\d{2})(?:\s*/?\s*l\d{2})?)\b"
)
_BATTERY = re.compile(r"\b(a{2,4}|[cd]|9v|cr\d{4})[- ](?:size )?batter(?:y|ies)\b")
_VOLUME = re.compile(
    r"\b(\d{1,4}(?:[.,]\d)?)\s*(ml|cl|l|lit(?:er|re)s?|oz|ounces?|g|grams?|kg|gb|tb)\b"
)
_MONTHS = re.compile(
    r"\b(\d{1,2})\s*(?:-|–|to)\s*(\d{1,2})\s*(?:months?|mths?|mos?|m)\b"
)  # of babies
_UNITS = {"liter": "l", "litre": "l", "ounce": "oz", "gram": "g"}


def size_in(text: str) -> str | None:
    """Find the size that is asked for. `text` is in small letters."""
    months = _MONTHS.search(text)
    if months:
        return canonical(months[0])
    text = _FOOT.sub(r"\1", text)  # as many feet are no length
    abroad = _ABROAD.search(text)
    if abroad:
        return _of_country(abroad[1] or abroad[3], abroad[2] or abroad[4])
    behind = _ABROAD_BEHIND.search(text) or _ABROAD_APART.search(text)
    if behind:
        return _of_country(behind[2], behind[1])
    for pattern in (_SIZE, _IN, _BEHIND, _BEFORE, _BETWEEN_COMMAS, _ALONE, _WAIST, _BATTERY):
        found = pattern.search(text)
        if found:
            return canonical(next(group for group in found.groups() if group))
    volume = _VOLUME.search(text)
    return canonical(volume[0]) if volume else None


def canonical(size: str) -> str:
    """Give a size in one spelling, a shop's and a shopper's alike: "Large" and "L" are "l"."""
    plain = " ".join(
        size.casefold().replace(",", ".").replace("½", ".5").replace(" 1/2", ".5").split()
    )
    months = _MONTHS.fullmatch(plain)
    if months:
        return f"{months[1]}–{months[2]} months"
    volume = _VOLUME.fullmatch(plain)
    if volume:
        unit = volume[2].removesuffix("s")
        return f"{volume[1]} {_UNITS.get(unit, unit)}"
    return _LETTERS.get(plain, plain)


def _of_country(country: str, size: str) -> str:
    plain = canonical(size)
    return plain if country.startswith("eu") else f"{country} {plain}"
