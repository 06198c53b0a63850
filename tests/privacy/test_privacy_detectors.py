"""Each family of personal data, in tables of texts with the exact spans marked as ⟦ … ⟧."""

# ruff: noqa: RUF001 - lookalike characters are what is tested

import re

import pytest

from knowledge.privacy.detectors.accounts import find_cards, find_ibans, find_ssns
from knowledge.privacy.detectors.addresses import find_addresses
from knowledge.privacy.detectors.introductions import find_introductions
from knowledge.privacy.detectors.names import find_known_names, find_titled_names
from knowledge.privacy.detectors.network import find_emails, find_ips, find_urls
from knowledge.privacy.detectors.orders import find_orders, order_code
from knowledge.privacy.detectors.phones import find_phones
from knowledge.privacy.detectors.typed import find_typed
from knowledge.privacy.reading import Keep, Reading
from knowledge.privacy.spans import resolve

_MARK = re.compile("⟦(.*?)⟧", re.DOTALL)


def found(find, marked, **known):
    """Give what a detector marks in a text whose marks were taken out, with its own marks."""
    text = _MARK.sub(r"\1", marked)
    reading = Reading(text, **known)
    typed = []
    for span in find(reading):
        start, end = reading.plain.typed(span.start, span.end)
        typed.append(type(span)(start, end, span.kind, span.value))
    for span in reversed(resolve(typed)):
        text = f"{text[: span.start]}⟦{text[span.start : span.end]}⟧{text[span.end :]}"
    return text


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
            "meet at noon, dot the i",
        ],
    )
    def test_mail_address_is_found_whole(self, marked):
        assert found(find_emails, marked) == marked


class TestPhones:
    @pytest.mark.parametrize(
        ("marked", "region"),
        [
            ("call (⟦415) 555-0132⟧".replace("(⟦", "⟦("), None),
            ("⟦415.555.0132⟧ or ⟦+44 20 7946 0958⟧", None),
            ("⟦+1 415 555 0132⟧, thanks", "DE"),
            ("ring ⟦030 901820⟧ after six", "DE"),
            ("ring ⟦020 7946 0958⟧", "GB"),
            ("⟦４１５-５５５-０１３２⟧", "US"),
            ("⟦4\u200b15-555\u200b-0132⟧", "US"),
            ("my number is ⟦555-0132⟧", None),
            ("Tel: ⟦0664 1234567⟧", None),
            ("text me at ⟦51 516 33 75⟧", None),
            ("open until 18:00, 2026-11-21, 1200 m, 2 for 10", None),
            ("barcode 4006381333931 for $12.99", None),
            ("phone with 128 GB and 6.1 inch", None),
            ("⟦415-555-0132⟧", "nowhere"),
        ],
    )
    def test_number_is_found_in_its_region(self, marked, region):
        assert found(find_phones, marked, region=region) == marked

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
            "⟦2001:db8::8a2e:370:7334⟧",
            "⟦4f8a:c99e:dc86:faf9:5988:5f63:375e:8a2a⟧.",
            "version 1.2.3, 300.1.1.1, at 10:30:45",
            "1.2.3.4.5",
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

    @pytest.mark.parametrize("typed", ["K7-2291", "k7 2291", "K7–2291", " k72291", "Ｋ7‐2291"])
    def test_order_code_is_written_as_the_shop_does(self, typed):
        assert order_code(typed) == "K7-2291"

    def test_other_order_numbers_stay_as_they_are(self):
        assert order_code("ab-55") == "AB-55"


class TestAddresses:
    @pytest.mark.parametrize(
        "marked",
        [
            "to ⟦12 Main Street⟧ please",
            "⟦350 5th Ave⟧",
            "⟦1600 Pennsylvania Ave NW, Washington, DC 20500⟧.",
            "⟦221B Baker Street, London NW1 6XE⟧",
            "⟦Flat 4, 12 High Street⟧ it is",
            "⟦12 Elm Rd, Apt. 4B, Springfield, IL 62704⟧",
            "⟦12 Elm Rd #7⟧",
            "send it to ⟦14 oak lane⟧, thanks",
            "i live at ⟦77 mill road⟧ in town",
            "⟦12 Main Street\nSpringfield, IL 62704⟧\nbye",
            "⟦P.O. Box 108⟧ or ⟦Postfach 71⟧",
            "the shop at ⟦SW1A 1AA⟧",
            "⟦Hauptstraße 12⟧ ist es",
            "⟦Hauptstr. 12a, 10115 Berlin⟧",
            "⟦hauptstrasse 5⟧",
            "⟦Lange Straße 7⟧",
            "⟦Straße des 17. Juni 135⟧",
            "⟦Kerkstraat 12⟧, ⟦Lindenweg 3⟧, ⟦Storgatan 5⟧",
            "⟦12 rue de Rivoli, 75001 Paris⟧",
            "⟦8 bis, avenue Victor Hugo⟧ à Lyon",
            "⟦Via Roma 5⟧, ⟦Calle Mayor 3⟧, ⟦Rua Augusta, 24⟧",
            "5 min down the road, 20 minutes drive, 3 best road shoes",
            "2 shops on Main Street, 50 m down the street",
            "sent via Telegram 5 minutes ago",
            "M2 2TB disk, E5 8GB memory, a 2 for 10 way",
            "Main Street is nice, I live in Springfield",
            "for $12 Main Street has it",
        ],
    )
    def test_address_is_found_with_unit_and_town(self, marked):
        assert found(find_addresses, marked) == marked


class TestKnownNames:
    @pytest.mark.parametrize(
        "marked",
        [
            "⟦Ana⟧ again, ⟦ANA⟧, ⟦ana⟧'s order",
            "for ⟦Ana Lopez⟧ or ⟦lopez⟧",
            "⟦Zoë⟧, ⟦zoe⟧ and ⟦Zo\u0308e⟧".replace("Zo\u0308e", "Zoe\u0308"),
            "⟦Anne-Marie⟧ and ⟦anne marie⟧",
            "⟦ana⟧\u200b. and a⁠b",
            "我叫⟦小明⟧你好",
            "May I see it? It opens in May. Not banana, not analysis.",
            "the parcel is for ⟦May⟧, thanks",
            "what may I buy",
        ],
    )
    def test_whole_words_are_found_in_any_case(self, marked):
        names = ("Ana Lopez", "Zoë", "Anne-Marie", "May", "小明", "", "★")
        assert found(find_known_names, marked, known_names=names) == marked

    @pytest.mark.parametrize(
        "marked",
        [
            "a coffee and rice please, brown bread",
            "Coffee? Rice is fine",
            "it's for ⟦Rice⟧, thanks",
            "jack and ⟦tom⟧ and ⟦TOM⟧".replace("jack", "⟦jack⟧"),
        ],
    )
    def test_name_that_is_a_word_of_the_shop_needs_a_capital(self, marked):
        keep = Keep(["Filter Coffee", "Basmati Rice 1 kg", "Tom Yum Soup", "Jack's Socks"])
        names = ("Coffee Lover", "Rice", "Brown", "Jack Brown", "Tom")
        assert found(find_known_names, marked, known_names=names, keep=keep) == marked

    def test_name_of_the_catalogue_is_kept(self):
        keep = Keep(["Jack Daniel's", "Ana's Bakery"])
        text = "jack daniels from Ana’s Bakery for ⟦Jack⟧ and ⟦Ana⟧"
        assert found(find_known_names, text, known_names=("Jack", "Ana"), keep=keep) == text


class TestTitledNames:
    @pytest.mark.parametrize(
        "marked",
        [
            "Mrs ⟦Smith⟧ called",
            "Dr. ⟦Ana de la Cruz⟧, please",
            "mr ⟦jones⟧",
            "mr. ⟦chad farmer⟧.",
            "Herr ⟦Müller⟧",
            "Prof. ⟦J. R. Smith⟧",
            "dr ⟦gregory⟧ said",
            "Dr Pepper, Mr. Clean, Miss Dior, mr bean",
            "I miss coffee, dr who? Sir, can you help",
            "Mr. It is late",
        ],
    )
    def test_name_behind_a_title_is_found(self, marked):
        assert found(find_titled_names, marked) == marked


class TestIntroductions:
    @pytest.mark.parametrize(
        "marked",
        [
            "Hi, I'm ⟦Ana⟧",
            "I’m ⟦Ana Lopez⟧ and I'm cold",
            "i'm ⟦ana⟧",
            "i am ⟦ana lopez⟧.",
            "im ⟦dave⟧ from accounting",
            "I'm ⟦Xiulan⟧.",
            "I'm ⟦Rose⟧",
            "I'M ⟦ANA⟧",
            "My name is ⟦Ján M. Novák⟧ but call me ⟦Jan⟧",
            "my name's ⟦xiulan⟧",
            "My name: ⟦Xiulan Wu⟧",
            "name's ⟦Bond⟧",
            "this is ⟦Ana⟧ speaking",
            "this is ⟦xiulan⟧ speaking",
            "Hello, this is ⟦Ana Lopez⟧",
            "hey it's ⟦tom⟧",
            "⟦Ana⟧ here, where is it?",
            "⟦Ana de Vries⟧ speaking",
            "my wife ⟦Maria⟧ and our son ⟦tom⟧",
            "a present for my sister, ⟦Eva⟧",
            "Ich heiße ⟦Jürgen⟧",
            "ich bin ⟦Jürgen⟧, mein Name ist ⟦Vogt⟧",
            "je m'appelle ⟦Zoé⟧, me llamo ⟦Ana⟧, mi chiamo ⟦Luca⟧",
            "Name:   ⟦Bridget Knudsen⟧\nOrder",
            "Please cancel it. Thanks, ⟦Maria⟧",
            "Best regards\n⟦Maria Lopez⟧",
            'I\'m "⟦Ana⟧"',
        ],
    )
    def test_name_given_is_found(self, marked):
        assert found(find_introductions, marked) == marked

    @pytest.mark.parametrize(
        "text",
        [
            "I'm cold",
            "I'm Cold",
            "I'M COLD",
            "I'm hungry and tired",
            "I'm Vegan",
            "I'm Vegetarian, is that ok",
            "I'm Looking For Shoes",
            "I'm Allergic to nuts",
            "I'm German",
            "I'm Norwegian",
            "I'm Gluten-free",
            "I'm at the Corner Bakery",
            "I'm Apple user",
            "I am in Berlin",
            "im sure",
            "i'm may be late",
            "call me back tomorrow",
            "call me later",
            "my name is spelled wrong",
            "my name is not on the list",
            "this is great",
            "This is Great",
            "this is the one",
            "it's May",
            "it's amber",
            "It's Jack Daniel's",
            "this is Rose water",
            "soy milk",
            "the shop is called on Monday",
            "my sister wants tea",
            "my daughter is 7",
            "Thanks, bye",
            "Cheers. Perfect!",
            "I'm",
            "my name is",
        ],
    )
    def test_state_or_thing_is_not_a_name(self, text):
        assert found(find_introductions, text) == text

    def test_name_of_the_catalogue_is_kept(self):
        keep = Keep(["Victoria Sponge"])
        assert found(find_introductions, "this is Victoria Sponge", keep=keep) == (
            "this is Victoria Sponge"
        )


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
