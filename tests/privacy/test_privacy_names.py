"""Names of people, in tables of texts with the exact spans marked as ⟦ … ⟧."""

# ruff: noqa: RUF001 - lookalike characters are what is tested

import pytest

from knowledge.privacy.detectors.introductions import find_introductions
from knowledge.privacy.detectors.names import find_known_names, find_titled_names
from knowledge.privacy.reading import Keep
from tests.privacy.marked import found


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
            "⟦A n a⟧, ⟦L-o-p-e-z⟧ and a n d",
            "⟦lukasz⟧, ⟦ŁUKASZ⟧, ⟦Łukaśz⟧",
            "⟦गीता⟧ से मिलो, गीतांजली",
            "⟦Аnа⟧ in letters of two scripts",
            "⟦A\u0336n\u0336a\u0336⟧ struck through, ⟦𝐀𝐧𝐚⟧ in bold",
            "⟦ana.lopez⟧ or @⟦ana_lopez⟧",
        ],
    )
    def test_whole_words_are_found_in_any_case(self, marked):
        names = ("Ana Lopez", "Zoë", "Anne-Marie", "May", "小明", "Łukasz", "गीता", "", "★")
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
            "⟦Mrs Smith⟧ called",
            "⟦Dr. Ana de la Cruz⟧, please",
            "⟦mr jones⟧",
            "⟦mr. chad farmer⟧.",
            "⟦Herr Müller⟧",
            "⟦Prof. J. R. Smith⟧",
            "⟦dr gregory⟧ said",
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
