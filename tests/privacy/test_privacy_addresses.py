"""Postal addresses, in the forms of many countries."""

import pytest

from knowledge.privacy.detectors.addresses import find_addresses
from knowledge.privacy.detectors.places import find_places
from knowledge.privacy.detectors.told_addresses import find_told_addresses
from knowledge.privacy.detectors.towns import find_towns
from tests.privacy.marked import found


def find_all_addresses(reading):
    finds = (find_addresses, find_told_addresses, find_towns, find_places)
    return [span for find in finds for span in find(reading)]


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
            "⟦Via Garibaldi, 12 - 20121 Milano⟧, ⟦ul. Marszałkowska 10/12⟧",
            "⟦Keizersgracht 123-B⟧, ⟦Mannerheimintie 5 A 12, 00100 Helsinki⟧",
            "⟦58 Via Moiariello 102, Suite 623\n00184 Roma⟧",
            "⟦12 Main Street, Springfield⟧.",
            "is it 12 Main Street, Thanks".replace("12 Main Street", "⟦12 Main Street⟧"),
            "⟦Rákóczi út 13.⟧".replace(".⟧", "⟧."),
            "⟦ul. Paderewskiego Ignacego 85, 60-101 Poznań⟧",
            "⟦Kiannonkatu 98⟧, ⟦Holmevej 34⟧, ⟦Veslebakken 48⟧",
            "⟦ул. Ленина, 5⟧",
            "my address is ⟦5638 Aasa 43⟧",
            "I live at ⟦9 tooley⟧, near the river",
            "Address: ⟦Dora Creek 17, Vilnius⟧",
            "deliver it to ⟦48 Kaevu⟧ please",
            "ich wohne in der ⟦Lerchenau 7⟧",
            "send it to 3 friends, deliver it to store 12, I live at home",
            "my e-mail address is 5 letters long, address the 2 issues",
            "zip code ⟦94103⟧, PLZ: ⟦10115⟧, postcode is ⟦K1A 0B6⟧",
            "⟦Toronto M5V 2T6⟧".replace("Toronto M5V 2T6", "M5V 2T6") + " is mine",
            "⟦1012 AB Amsterdam⟧, ⟦00-950 Warszawa⟧, ⟦D-10115 Berlin⟧",
            "from ⟦Springfield, IL 62704⟧ and ⟦Sydney NSW 2000⟧",
            "in ⟦10115 Berlin⟧, in Berlin, item 10115 blue",
            "at the corner of ⟦Main Street and 5th Avenue⟧, around the corner of the shop",
            "⟦PSC 5436, Box 5539\nAPO AA 44720⟧",
            "⟦USS Nimitz, FPO AP 96620⟧",
            "I am at ⟦52.52001, 13.40495⟧, it is 52.5 cm, 13.40 wide",
            "1998 to 2004 Camry, 2000 mAh Battery",
            "a 300GB 10K Hard Drive, 1024MB DDR2, 1000 GT Desktop Adapter",
            "Seagate 500, PT-1010, AT-9400 series, HP PSC 1410, Band Ring 6, V-Neck Tee 2",
        ],
    )
    def test_address_is_found_with_unit_and_town(self, marked):
        assert found(find_all_addresses, marked) == marked
