"""Finds national identity and tax numbers by shape and check digits; knows no words around them.

Only numbers whose check makes a chance hit rare are found here: letters in fixed places, a birth
date, or two check digits. The rest has to be called by its name: see told_ids. The checks
themselves are python-stdnum's.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from stdnum import bitcoin
from stdnum.ar import cuit
from stdnum.be import nn
from stdnum.br import cpf
from stdnum.ch import ssn as ahv
from stdnum.cl import rut
from stdnum.cn import ric
from stdnum.cz import rc
from stdnum.de import idnr
from stdnum.ee import ik
from stdnum.es import nif
from stdnum.fi import hetu
from stdnum.fr import nir
from stdnum.gr import amka
from stdnum.ie import pps
from stdnum.in_ import aadhaar, pan
from stdnum.it import codicefiscale
from stdnum.kr import rrn
from stdnum.mx import curp
from stdnum.my import nric
from stdnum.no import fodselsnummer
from stdnum.pl import pesel
from stdnum.se import personnummer
from stdnum.th import pin
from stdnum.tr import tckimlik

from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import Kind, Span


@dataclass(frozen=True, slots=True)
class Scheme:
    """A shape of number and who checks it; one that fits any of the checks counts."""

    shape: re.Pattern[str]
    checks: tuple[Callable[[str], bool], ...]


def _scheme(shape: str, *checks: Callable[[str], bool]) -> Scheme:
    return Scheme(re.compile(rf"(?<![\w.,/-]){shape}(?![\w/]|[.,-]\w)", re.IGNORECASE), checks)


def _always(_number: str) -> bool:
    return True


_SCHEMES = (
    # Eleven digits in one go: Belgium, Brazil, Germany, Estonia and Lithuania, Greece, Norway, Poland, Turkey.
    _scheme(
        r"[0-9]{11}",
        nn.is_valid,
        cpf.is_valid,
        idnr.is_valid,
        ik.is_valid,
        amka.is_valid,
        fodselsnummer.is_valid,
        pesel.is_valid,
        tckimlik.is_valid,
    ),
    _scheme(r"[0-9]{2}(?:\.[0-9]{2}){2}-[0-9]{3}\.[0-9]{2}", nn.is_valid),
    _scheme(r"[0-9]{3}\.[0-9]{3}\.[0-9]{3}-[0-9]{2}", cpf.is_valid),
    _scheme(r"[0-9]{2} [0-9]{3} [0-9]{3} [0-9]{3}", idnr.is_valid),
    _scheme(r"[0-9]{6} [0-9]{5}", fodselsnummer.is_valid),
    _scheme(r"(?:[0-9]{8}|[xyz]-?[0-9]{7})-?[a-z]", nif.is_valid),
    _scheme(r"[a-z]{6}[0-9lmnp-v]{2}[a-z][0-9lmnp-v]{2}[a-z][0-9lmnp-v]{3}[a-z]", codicefiscale.is_valid),
    _scheme(r"[12] ?[0-9]{2} ?[0-9]{2} ?[0-9][0-9ab] ?[0-9]{3} ?[0-9]{3} ?[0-9]{2}", nir.is_valid),
    _scheme(r"(?:[0-9]{2})?[0-9]{6}[-+][0-9]{4}", personnummer.is_valid),
    _scheme(r"[0-9]{6}[-+a][0-9]{3}[0-9a-y]", hetu.is_valid),
    _scheme(r"756[. ]?[0-9]{4}[. ]?[0-9]{4}[. ]?[0-9]{2}", ahv.is_valid),
    _scheme(r"[0-9]{6}/[0-9]{3,4}", rc.is_valid),
    _scheme(r"[0-9]{7}[a-w][a-iw]?", pps.is_valid),
    _scheme(r"[0-9]{1,2}\.[0-9]{3}\.[0-9]{3}-[0-9k]", rut.is_valid),
    _scheme(r"[0-9]{2}-[0-9]{8}-[0-9]", cuit.is_valid),
    _scheme(r"[a-z]{3}p[a-z][0-9]{4}[a-z]", pan.is_valid),
    _scheme(r"[2-9][0-9]{3}([ -])[0-9]{4}\1[0-9]{4}", aadhaar.is_valid),
    _scheme(r"[0-9]{17}[0-9x]", ric.is_valid),
    _scheme(r"[0-9]{6}-[1-8][0-9]{6}", rrn.is_valid),
    _scheme(r"[a-z]{4}[0-9]{6}[hm][a-z]{5}[0-9a-z][0-9]", curp.is_valid),
    _scheme(r"[0-9]{6}-[0-9]{2}-[0-9]{4}", nric.is_valid),
    _scheme(r"[0-9]-[0-9]{4}-[0-9]{5}-[0-9]{2}-[0-9]", pin.is_valid),
    # Britain's has no check digit, but shape and letters that nothing else has.
    # Source: HMRC, National Insurance Manual NIM39110.
    _scheme(
        r"(?!bg|gb|kn|nk|nt|tn|zz)[abceghj-prstw-z][abceghj-nprstw-z] ?[0-9]{2} ?[0-9]{2} ?[0-9]{2} ?[a-d]",
        _always,
    ),
    # Purses of digital money: they lead to whoever pays from them.
    _scheme(r"(?:[13][a-z0-9]{25,34}|bc1[a-z0-9]{25,87})", bitcoin.is_valid),
    _scheme(r"0x[0-9a-f]{40}", _always),
)  # fmt: skip


def find_ids(reading: Reading) -> Iterator[Span]:
    """Find identity and tax numbers of some thirty countries, and purses of digital money."""
    if not reading.has_digits:
        return
    text = reading.plain.text
    for scheme in _SCHEMES:
        for match in scheme.shape.finditer(text):
            if any(is_valid(match.group()) for is_valid in scheme.checks):
                yield Span(match.start(), match.end(), Kind.ID)
