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
_DOT, _AT = r"\s{0,2}(?:\(dot\)|\[dot\]|\bdot\b)\s{0,2}", r"\s{0,2}(?:\(at\)|\[at\]|\bat\b)\s{0,2}"
_SPELT_EMAIL = re.compile(
    rf"(?<![\w.+%-])[\w.+%-]{{1,64}}{_AT}[\w-]{{2,63}}(?:{_DOT}|\.)"
    r"(?:com|net|org|edu|info|io|me|eu|de|uk|fr|es|it|nl|at|ch|co\.uk)\b",
    re.IGNORECASE,
)
_IP_LIKE = re.compile(
    r"(?<![\w:.])(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-fA-F:]{6,39})(?![\w:]|\.\w)"
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
    if "dot" in reading.plain.folded or "at" in reading.plain.folded:
        for match in _SPELT_EMAIL.finditer(text):
            if _is_spelt_out(match.group()):
                yield Span(match.start(), match.end(), Kind.EMAIL)


def find_ips(reading: Reading) -> Iterator[Span]:
    """Find IPv4 and IPv6 addresses; 10:30:45 and 1.2.3 are none."""
    if not reading.has_digits:
        return
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
    folded = text.lower()
    return "(at)" in folded or "[at]" in folded or "dot" in folded
