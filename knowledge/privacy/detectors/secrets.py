"""Finds what opens a door: passwords, PINs, one-time codes, keys and tokens of services.

Knows no shopper. A password has no shape, so it counts where it is called one and can't be an
ordinary word; keys of services are known by how they begin.
"""

import re
from collections.abc import Iterator

from knowledge.privacy.detectors.name_runs import is_end_of_name
from knowledge.privacy.detectors.ordinary_words import (
    DESCRIBING_ENDINGS,
    FUNCTION_WORDS,
    STATES,
    words,
)
from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span

# As the services publish them, 2026-11: OpenAI and Anthropic, Stripe, GitHub, GitLab, Slack, AWS, Google, SendGrid,
# npm, Telegram bots, JSON web tokens, PEM blocks.
_KEY = re.compile(
    r"(?<![\w-])(?:sk-[\w-]{20,200}|[srp]k_(?:live|test)_\w{10,200}|gh[pousr]_\w{30,255}|github_pat_\w{22,255}"
    r"|glpat-[\w-]{20,64}|xox[abprs]-[\w-]{10,200}|(?:AKIA|ASIA)[0-9A-Z]{16}|AIza[\w-]{35}|ya29\.[\w-]{20,400}"
    r"|SG\.[\w-]{16,64}\.[\w-]{16,64}|npm_\w{36}|[0-9]{8,10}:[\w-]{35}|eyJ[\w-]{8,1000}\.eyJ[\w-]{8,2000}(?:\.[\w-]{0,1000})?"
    r"|[Bb]earer\s[\w.~+/-]{16,1000}=*)(?![\w-])"
    r"|-----BEGIN [A-Z ]{3,30}-----[\s\S]{1,4000}?(?:-----END [A-Z ]{3,30}-----|\Z)"
)
# Nobody writes that long a word by hand, digits in the middle, unless it is a key.
_LONG = re.compile(
    r"(?<![\w/=.-])(?=[A-Za-z+]{0,40}[0-9])(?=[0-9+]{0,40}[A-Za-z])[A-Za-z0-9+_]{32,512}={0,2}(?![\w/.-])"
)
_CALLED = (
    r"(?:pass\s?word|pass\s?phrase|passcode|pass(?=\s?[:=])|passwd|pwd|pw|passwort|kennwort|mot de passe|mdp|contrasena|clave|senha|"
    r"palavra-passe|parola d'ordine|wachtwoord|losenord|passord|adgangskode|kodeord|salasana|haslo|heslo|jelszo|parola|sifre|"
    r"api[ _-]?key|secret(?:[ _-]?key)?|access[ _-]?token|auth[ _-]?token|token|пароль)"
)
_IS = r"(?:\s?[:=]\s{0,3}|\s(?:is|was|to|ist|lautet|est|es|e|jest|ar|er|on)(?:\s:?\s?|:\s{0,2}))"
_TOLD = re.compile(
    rf"\b{_CALLED}(?P<whose>\s(?:for|to|of)\s(?:\w+\s){{0,3}}?\w+)?(?P<is>{_IS})(?P<quote>[\"'`«“„])?(?P<secret>\S{{3,128}})"
)
_CODE = re.compile(
    r"(?<![\w-])(?:(?:pin|puk|tan|otp|cvv2?|cvc2?|csc|2fa)(?:[ -]?(?:code|number|nummer|no))?"
    r"|(?:door|gate|entry|alarm|access|(?<!social )security|safe|lock|verification|confirmation|login|sms|one[- ]time|activation|unlock)[ -]?"
    r"(?:code|pin|password|number)|code (?:for|of|to) (?:the |my |our )?(?:door|gate|alarm|safe|building|house|garage|lift)|geheimzahl|turcode|sicherheitscode|code secret|codigo de (?:seguridad|seguranca))"
    r"[\s:=#]{1,3}(?:(?:is|was|ist|lautet|est|es|e|for \w+ is)[\s:]{1,2})?(?P<code>[0-9](?:[ -]?[0-9]){2,9})(?![\w°]|[.,][0-9])"
)
_NO_PASSWORD = words(
    "wrong incorrect invalid expired forgotten lost weak strong required needed reset changed correct secure missing "
    "compromised stolen leaked hacked protected blocked case-sensitive too-short saved mine enough stored sent falsch "
    "vergessen ungultig incorrecta incorrecto"
)
_TRAILING = ".,;:!?)\"'`»”“"


def find_secrets(reading: Reading) -> Iterator[Span]:
    """Find keys of services, and passwords, PINs and codes where they are called so."""
    text, folded = reading.plain.text, reading.plain.folded
    for pattern in (_KEY, _LONG):
        for match in pattern.finditer(text):
            yield Span(match.start(), match.end(), Kind.SECRET)
    for match in _TOLD.finditer(folded):
        start = match.start("secret")
        secret = text[start : match.end("secret")].rstrip(_TRAILING)
        if secret and _is_password(reading, match, secret):
            yield Span(start, start + len(secret), Kind.SECRET)
    if reading.has_digits:
        for match in _CODE.finditer(folded):
            yield Span(match.start("code"), match.end("code"), Kind.SECRET)


def _is_password(reading: Reading, match: re.Match[str], secret: str) -> bool:
    """Tell "my password is hunter2" from "my password is wrong"."""
    if not any(map(str.isalnum, secret)):
        return False
    folded = secret.lower()
    if folded in FUNCTION_WORDS | STATES | _NO_PASSWORD:
        return False
    if match["quote"] or match["is"].strip()[:1] in {":", "="}:
        return True
    if not secret.isalpha() or secret != secret.lower() != secret.capitalize():
        return True
    end = match.start("secret") + len(secret)
    return not folded.endswith(DESCRIBING_ENDINGS) and is_end_of_name(reading, end)
