"""Identity papers, licences, passwords, PINs and keys, in tables with the exact spans marked as ⟦ … ⟧."""

import pytest

from knowledge.privacy.detectors.ids import find_ids
from knowledge.privacy.detectors.secrets import find_secrets
from knowledge.privacy.detectors.told_ids import find_told_ids
from tests.privacy.marked import found


@pytest.mark.parametrize(
    "marked",
    [
        "BR ⟦390.533.447-05⟧ and ⟦39053344705⟧",
        "DE ⟦36574261809⟧",
        "ES ⟦54362315K⟧, ⟦x2482300w⟧",
        "IT ⟦RCCMNL83S18D969H⟧.",
        "FR ⟦2 95 10 99 126 111 93⟧",
        "PL ⟦44051401359⟧",
        "BE ⟦85.07.30-033.28⟧",
        "SE ⟦880320-0016⟧",
        "FI ⟦131052-308T⟧",
        "NO ⟦151086 95088⟧",
        "CH ⟦756.9217.0769.85⟧",
        "GB ⟦AB 12 34 56 C⟧",
        "IN ⟦2341 2341 2346⟧, ⟦ACUPA7085R⟧",
        "CN ⟦11010519491231002X⟧",
        "CZ ⟦710319/2745⟧",
        "MX ⟦BOXW310820HNERXN09⟧",
        "purse ⟦1NEDqZPvTWRaoho48qXuLLsrYomMXPABfD⟧",
        "11 digits that check nowhere: 12345678901",
        "54362315X, 390.533.447-06, 880320-0017 fail their checks",
        "1 234 567 items, 2026-11-21, LG55UK6300PLB, 12-34-56",
    ],
)
def test_identity_number_passes_its_check(marked):
    assert found(find_ids, marked) == marked


@pytest.mark.parametrize(
    "marked",
    [
        "my driver's license number is ⟦A125325867⟧",
        "driving licence: ⟦MORGA657054SM9IJ⟧",
        "license ⟦2270-66-1551⟧ ok",
        "my passport is ⟦C01X00T47⟧.",
        "Passport no. ⟦AB 1234567⟧",
        "Führerschein ⟦B072RRE2I55⟧, Reisepassnummer: ⟦C4J8T2L9K⟧",
        "mon permis de conduire est le 12",
        "mi licencia de conducir es ⟦51234567⟧",
        "mój PESEL to ⟦44051401358⟧",
        "BSN ⟦123456789⟧, NIF: ⟦500 123 456⟧",
        "NHS number ⟦943 476 5919⟧",
        "sort code ⟦20-00-00⟧ and account ⟦55779911⟧",
        "IBAN: ⟦DE12 3456 7890 1234 5678 90⟧ with a slip",
        "mein Führerschein hat die Nummer ⟦B072RRE2I55⟧",
        "number plate: ⟦B-MX 4711⟧",
        "my passport expires 2027, passport covers from 12 EUR",
        "account 2026, ID: 12, licence for 3 devices, policy 30 days",
        "I paid 15000 points for the id bracelet",
    ],
)
def test_number_of_a_paper_is_found_by_its_name(marked):
    assert found(find_told_ids, marked) == marked


@pytest.mark.parametrize(
    "marked",
    [
        "my password is ⟦hunter2⟧.",
        "password: ⟦letmein⟧ please",
        "Passwort = ⟦Sommer!24⟧",
        "my wifi password is ⟦dragon⟧",
        'mot de passe: "⟦azerty⟧"',
        "my password is wrong",
        "the password is not working, password was expired yesterday",
        "the password for my account is ⟦tr0ub4dor&3⟧",
        "I never tell my password to anyone else",
        "PIN ⟦4711⟧, cvv is ⟦123⟧",
        "the door code is ⟦2580⟧#",
        "the code for the gate is ⟦4711⟧#, login ana pass: ⟦secret99⟧",
        "your verification code: ⟦123 456⟧",
        "a 7-pin cable, 180 pins, coupon code SAVE10, code 15",
        "key ⟦sk-abcdefghijklmnopqrstuv1234⟧ leaked",
        "⟦ghp_abcdefghijklmnopqrstuvwxyz0123456789⟧",
        "⟦123456789:AAH-abcdefghijklmnopqrstuvwxyz_0123⟧",
        "⟦eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.abc-DEF_123⟧",
        "⟦Bearer abcdef0123456789abcdef⟧",
        "⟦0123456789abcdef0123456789abcdef0123⟧",
        "-----BEGIN",
        "⟦-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----⟧ ups",
        "fits LaserJet CM6030/CM6030f/CM6049f/CP6015n/CP6015dn",
    ],
)
def test_secret_is_found(marked):
    assert found(find_secrets, marked) == marked
