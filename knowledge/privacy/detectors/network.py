"""Finds mail addresses, internet addresses and links that carry a login; knows no names."""

import ipaddress
import re
from collections.abc import Iterator

from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span

# Bounded, because a long run of letters would otherwise be tried from every one of them.
# Lengths: RFC 5321 section 4.5.3.1 (64 before the @, 63 a label).
_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w.+%'-]{1,64}\s?@\s?(?:[\w-]{1,63}\.){1,8}[^\W\d_]{2,24}(?![\w@])"
)
# English says "at" and "dot" of other things as well; the words of other languages are the sign's own.
_DOT = r"\s{0,2}(?:\(dot\)|\[dot\]|\{dot\}|<dot>|\bdot\b)\s{0,2}"
_AT = r"\s{0,2}(?:\(at\)|\[at\]|\{at\}|<at>|\(a\)|@|\bat\b)\s{0,2}"
_DOT_ABROAD = r"\s{0,2}\b(?:punkt|punto|ponto|point|punt|kropka|piste)\b\s{0,2}"
_AT_ABROAD = r"\s{0,2}\b(?:arroba|arobase|chiocciola|klammeraffe|apenstaart(?:je)?|malpa|snabel-?a)\b\s{0,2}"
_DOMAIN = (
    r"(?:(?:com|net|org|edu|gov|info|biz|io|eu|app|dev|de|uk|fr|es|nl|ch|pl|pt|br|se|dk|fi|ie|cz|hu|ro|gr|ru|ua|cn|jp|kr"
    r"|au|nz|ca|mx|ar|co|tr|za)\b|(?:it|me|at|be|no|in|us)\b(?=\s*(?:$|[.,;!?)\n])))"
)
_SPELT_EMAIL = re.compile(
    "|".join(
        rf"(?<![\w.+%-])[\w+%-]{{1,64}}(?:(?:\.|{dot}|\s{{0,2}}underscore\s{{0,2}})[\w+%-]{{1,64}}){{0,3}}?"
        rf"{at}[\w-]{{2,63}}(?:(?:{dot}|\.)[\w-]{{2,63}}){{0,2}}?(?:{dot}|\.){_DOMAIN}(?:(?:{dot}|\.){_DOMAIN})?"
        for at, dot in ((_AT, _DOT), (_AT_ABROAD, _DOT_ABROAD))
    ),
    re.IGNORECASE,
)
_HIDES = re.compile(rf"[(\[{{<]at[)\]}}>]|\(a\)|@|{_DOT}|{_AT_ABROAD}", re.IGNORECASE)
# "a n a @ m a i l . c o m"
_SPACED_EMAIL = re.compile(
    r"(?<!\S)(?:[\w.+-][ ]{1,2}){2,64}@(?:[ ]{1,2}[\w-]){2,63}(?:[ ]{1,2}\.(?:[ ]{1,2}\w){2,24}){1,3}(?!\S)"
    r"|(?<!\S)(?:[\w.+-][ ]){2,64}@(?:[ ][\w-]){2,63}[ ]\.[ ][a-z]{2,24}(?!\w)"
)
_MAC = re.compile(
    r"(?<![\w:.-])(?:[0-9a-f]{2}([:-]))(?:[0-9a-f]{2}\1){4}[0-9a-f]{2}(?![\w:-])|(?<![\w:.-])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w.])",
    re.IGNORECASE,
)
_IP_LIKE = re.compile(
    r"(?<![\w:.])(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}(?!\w|\.\w|:(?![0-9]{1,5}(?![\w:])))|[0-9a-fA-F:]{6,39}(?![\w:]|\.\w))"
)
_URL = re.compile(r"\b[a-z][a-z0-9+.-]{1,15}://[^\s<>\"']+", re.IGNORECASE)
_LOGIN = re.compile(
    r"^[a-z0-9+.-]+://[^\s/?#]*@"
    r"|[?&#;](?:[a-z]+[_-])?(?:token|key|apikey|pass|passwd|password|pwd|secret|session|sessionid|sid|sig"
    r"|signature|auth|code|login|user|username|email)=[^&#]",
    re.IGNORECASE,
)


def find_emails(reading: Reading) -> Iterator[Span]:
    """Find mail addresses, also those spelt 'ana (at) example (dot) com'."""
    text = reading.plain.text
    if "@" in text:
        for match in _EMAIL.finditer(text):
            yield Span(match.start(), match.end(), Kind.EMAIL)
        for match in _SPACED_EMAIL.finditer(text):
            yield Span(match.start(), match.end(), Kind.EMAIL)
    for match in _SPELT_EMAIL.finditer(text):
        if _is_spelt_out(match.group()):
            yield Span(match.start(), match.end(), Kind.EMAIL)


def find_ips(reading: Reading) -> Iterator[Span]:
    """Find IPv4, IPv6 and MAC addresses; 10:30:45 and 1.2.3 are none."""
    if not reading.has_digits:
        return
    for match in _MAC.finditer(reading.plain.text):
        yield Span(match.start(), match.end(), Kind.IP)
    for match in _IP_LIKE.finditer(reading.plain.text):
        try:
            ipaddress.ip_address(match.group())
        except ValueError:
            continue
        yield Span(match.start(), match.end(), Kind.IP)


def find_urls(reading: Reading) -> Iterator[Span]:
    """Find links with a user name, a password, a session or a token in them; others may stay."""
    if "://" not in reading.plain.text:
        return
    for match in _URL.finditer(reading.plain.text):
        link = match.group().rstrip(".,;:!?)")
        if _LOGIN.search(link):
            yield Span(match.start(), match.start() + len(link), Kind.URL)


def _is_spelt_out(text: str) -> bool:
    """Tell 'ana at gmail dot com' from 'look at shop.com', where nothing hides a mail address."""
    return bool(_HIDES.search(text))
