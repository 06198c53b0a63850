"""Each family of personal data, in tables of texts with the exact spans marked as ⟦ … ⟧."""

# ruff: noqa: RUF001 - lookalike characters are what is tested

import pytest

from knowledge.privacy.detectors.accounts import find_cards, find_ibans, find_ssns
from knowledge.privacy.detectors.network import find_emails, find_ips, find_urls
from knowledge.privacy.detectors.orders import find_orders
from knowledge.privacy.detectors.phones import find_phones
from knowledge.privacy.detectors.told_phones import find_told_phones
from knowledge.privacy.detectors.typed import find_typed
from knowledge.privacy.reading import Reading
from tests.privacy.marked import found


def find_all_phones(reading):
    return [*find_phones(reading), *find_told_phones(reading)]


class TestEmails:
    @pytest.mark.parametrize(
        "marked",
        [
            "mail ⟦ana@example.com⟧ please",
            "⟦Ana.Lopez+shop@mail.example.co.uk⟧.",
            "(⟦o'brien@example.ie⟧)",
            "⟦ana @ example.com⟧ works too",
            "⟦ana (at) example (dot) com⟧",
            "it's ⟦ana.lopez at gmail dot com⟧ thanks",
            "⟦jürgen@müller.de⟧",
            "⟦ana＠example．com⟧ in full width",
            "an⁠ 2 @ home, look at shop.com, 3 @ $5",
            "follow @corner_bakery",
            "⟦a n a @ m a i l . c o m⟧",
            "mail ⟦a n a @ m a i l . com⟧ ok",
            "⟦ana dot lopez [at] mail dot co dot uk⟧",
            "escribe a ⟦ana arroba correo punto es⟧",
            "⟦ana@müller.example.рф⟧",
            "⟦ana@xn--mller-kva.de⟧",
            "meet me at shop.com, 2 at the dot, look at example dot",
            "look at this point it fits, at the dot in the middle",
            "I am at 5 a @ b . c",
            "meet at noon, dot the i",
        ],
    )
    def test_mail_address_is_found_whole(self, marked):
        assert found(find_emails, marked) == marked


class TestPhones:
    @pytest.mark.parametrize(
        ("marked", "regions"),
        [
            ("call (⟦415) 555-0132⟧".replace("(⟦", "⟦("), ()),
            ("⟦415.555.0132⟧ or ⟦+44 20 7946 0958⟧", ()),
            ("⟦+1 415 555 0132⟧, thanks", ["DE"]),
            ("ring ⟦030 901820⟧ after six", ["DE"]),
            ("ring ⟦020 7946 0958⟧", ["GB"]),
            ("⟦４１５-５５５-０１３２⟧", ["US"]),
            ("⟦4\u200b15-555\u200b-0132⟧", ["US"]),
            ("my number is ⟦555-0132⟧", ()),
            ("Tel: ⟦0664 1234567⟧", ()),
            ("text me at ⟦51 516 33 75⟧", ()),
            ("open until 18:00, 2026-11-21, 1200 m, 2 for 10", ()),
            ("barcode 4006381333931 for $12.99", ()),
            ("phone with 128 GB and 6.1 inch", ()),
            ("⟦415-555-0132⟧", ["nowhere"]),
            ("ring ⟦020 7946 0958⟧ or ⟦212 555 0123⟧", ["DE"]),
            ("mi móvil es ⟦612 345 678⟧", ["ES"]),
            ("⟦(11) 91234-5678⟧", ["BR"]),
            ("you can call ⟦9320 7126⟧", ()),
            ("she can be reached on ⟦668 5702⟧ after six", ()),
            ("⟦046 406 6044⟧ office\n⟦9320 7126⟧-Fax", ()),
            ("⟦415-555-0132 x77⟧ or ⟦555 0133 ext. 5⟧ office", ()),
            ("⟦001-920-866-4851x9⟧ and ⟦0049 30 901820⟧", ()),
            ("⟦+46 (0)179 459 33⟧", ()),
            ("⟦21 253 109 82⟧", ()),
            ("meine Nummer ist ⟦51 516 33⟧", ()),
            ("appelez-moi au ⟦32 38 56 81⟧", ()),
            ("Мой телефон: ⟦123-45-67⟧", ()),
            ("call me about order 482 1300", ()),
            ("text me when item 415-555-0132 is back", ()),
            ("Mon-Fri 09.00-18.00, 08-17, 01.02.2026, 2025-2026", ()),
            ("size 38 39 40 41, EAN 4006381 333931", ["DK"]),
            ("I walked 10 000 000 steps, it cost €612 345 678", ["ES"]),
            ("phone with 5000 mAh and 1080 x 2400 pixels", ()),
            ("900-1200", ()),
            ("1680 x 1050, an L1506 15-inch screen, charger 741727-001", ["DE", "ES"]),
        ],
    )
    def test_number_is_found_in_its_region(self, marked, regions):
        assert found(find_all_phones, marked, regions=regions) == marked

    def test_two_ways_to_write_a_number_have_one_value(self):
        spans = find_phones(Reading("(415) 555-0132 +1 415.555.0132"))
        assert {span.value for span in spans} == {"+14155550132"}


class TestCards:
    @pytest.mark.parametrize(
        "marked",
        [
            "card ⟦4111111111111111⟧",
            "⟦4111 1111 1111 1111⟧ ok?",
            "⟦5555-5555-5555-4444⟧",
            "amex ⟦3782 822463 10005⟧",
            "⟦٤١١١١١١١١١١١١١١١⟧",
            "my card is ⟦4222222222222⟧",
            "card number ⟦4111 1111 1111 1112⟧ with a slip",
            "graphics card 4090, 24 GB, EAN 4006381333931",
            "barcode 4222222222222",
            "4111 1111 1111 1112 fails the check",
            "1111 1111 1111 1117 is of no network",
            "0000000000000000",
        ],
    )
    def test_card_passes_its_check(self, marked):
        assert found(find_cards, marked) == marked


class TestIbans:
    @pytest.mark.parametrize(
        "marked",
        [
            "to ⟦DE89 3704 0044 0532 0130 00⟧ please",
            "⟦GB29NWBK60161331926819⟧.",
            "⟦de89370400440532013000⟧",
            "⟦NO93 8601 1117 947⟧",
            "⟦FR14-2004-1010-0505-0001-3M02-606⟧",
            "DE89 3704 0044 0532 0130 01 fails the check",
            "DE89 3704 is too short",
            "XX89 3704 0044 0532 0130 00 is no country",
            "DE89  3704, 0044",
        ],
    )
    def test_account_passes_its_check(self, marked):
        assert found(find_ibans, marked) == marked


class TestSocialSecurity:
    @pytest.mark.parametrize(
        "marked",
        [
            "⟦123-45-6789⟧",
            "SSN: ⟦123456789⟧",
            "my social security number is ⟦123 45 6789⟧",
            "⟦123–45–6789⟧ with long dashes",
            "000-45-6789 and 123-00-6789",
            "ref 123456789",
            "1-123-45-6789-0",
        ],
    )
    def test_number_is_found_by_shape_or_by_name(self, marked):
        assert found(find_ssns, marked) == marked


class TestNetworkAddresses:
    @pytest.mark.parametrize(
        "marked",
        [
            "from ⟦192.168.0.14⟧ again",
            "⟦192.168.1.20⟧:8080 and ⟦10.0.0.1⟧/24",
            "⟦2001:db8::8a2e:370:7334⟧",
            "⟦4f8a:c99e:dc86:faf9:5988:5f63:375e:8a2a⟧.",
            "version 1.2.3, 300.1.1.1, at 10:30:45",
            "1.2.3.4.5",
            "⟦00:1B:44:11:3A:B7⟧, ⟦00-1b-44-11-3a-b7⟧ and ⟦001b.4411.3ab7⟧",
            "at 10:30, 12:34:56:78",
        ],
    )
    def test_address_is_found(self, marked):
        assert found(find_ips, marked) == marked

    @pytest.mark.parametrize(
        "marked",
        [
            "⟦https://ana:secret@shop.example/cart⟧.",
            "see ⟦https://shop.example/reset?token=abc123⟧, ok",
            "⟦https://shop.example/a?x=1&api_key=k⟧",
            "https://shop.example/shoes?color=red",
            "shop.example",
        ],
    )
    def test_link_is_found_when_it_carries_a_login(self, marked):
        assert found(find_urls, marked) == marked


class TestOrders:
    @pytest.mark.parametrize(
        "marked",
        [
            "where is ⟦K7-2291⟧?",
            "⟦k7-2291⟧",
            "⟦K7–2291⟧ with a long dash",
            "my order ⟦K7 2291⟧",
            "order number: ⟦k72291⟧",
            "order #⟦48213⟧ and order no. ⟦AB-5521-9⟧",
            "order 2 coffees, order no 2",
            "an i7-7700 processor",
            "order ⟦i7-7700⟧ has not come",
            "A4 2000 sheets, K7-22911, XK7-2291",
        ],
    )
    def test_order_code_is_found(self, marked):
        assert found(find_orders, marked) == marked


class TestTypedPlaceholders:
    @pytest.mark.parametrize(
        "marked",
        [
            "⟦<NAME_1>⟧ and ⟦<email_2>⟧ and ⟦< PHONE 3 >⟧",
            "⟦NAME_1⟧ without brackets",
            "⟦＜NAME＿1＞⟧ in full width",
            "I <3 it, 2 < 3 > 1, name 1",
        ],
    )
    def test_what_looks_issued_is_found(self, marked):
        assert found(find_typed, marked) == marked
