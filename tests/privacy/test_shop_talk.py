"""Ordinary talk of a shop, in which nothing may be masked."""

import pytest

from knowledge.privacy.scrubber import Scrubber

SCRUBBER = Scrubber()

SENTENCES = """\
I'm cold
I'm hungry
I'm freezing, anything warm nearby?
I'm Vegan
I'm so tired today
i'm thirsty af
I am looking for a birthday present
I'm allergic to peanuts
I'm at the station
I'm not sure yet
I'm in a hurry
I'm back
im starving lol
where's the nearest store with coffee?
do I have any coupons left?
where is my order?
what is your return policy?
A bottle of Jack Daniel's please
Do you have Dr Pepper or Mr. Clean?
Ben & Jerry's ice cream
Levi's 501 in size 32/34
May I return shoes I wore once?
Will you open on Sunday?
Mark it as done
size 44
EU 44 or UK 9.5, width G
under $20
between 15 and 30 euros
2 for 10
3 for the price of 2
buy 1 get 1 free
open until 18:00
from 9:00 to 17:30, Mon-Fri
open 24/7?
1200 m
it's 1.2 km away
within 500 metres please
5 minutes down the road
a 20 minute drive is too far
two blocks from the main street
15 % off with WARM15
does ROLL20 still work?
the code SAVE10 isn't accepted
iPhone 15 Pro Max 256 GB
a 65 inch 4K TV with HDMI 2.1
i7-7700 with 16 GB RAM
AA batteries, 12 pack
500 ml olive oil
2 kg flour and 12 eggs
shampoo 3 x 250 ml
a USB-C cable, 2 m, 60 W
item 4006381333931
it cost 1,299.00 last week
return it by 12/24/2026
I bought it on 2026-11-21 at 14:35
my budget is 100-150
I need 4 tickets for 2 adults and 2 kids
is it vegan, organic or fair trade?
anything with lavender, rose or jasmine?
this is great, thanks!
this is too expensive
it's amazing
it's for my mother
my daughter wants a bike
a gift for my grandma, she loves tea
call me when it is ready
my name is on the list
name brand or store brand?
Thanks, bye!
Thanks. Perfect
Cheers!
Hello there
Good morning, how are you?
Yes
Book it
Take me there
Something else please
Why this?
No, not for me
Sir, this is a bakery
I miss the old menu
Happy Easter!
Do you ship to Germany?
Is there a shop in Berlin Mitte?
Café au lait and a croissant
Haben Sie Gummistiefel in Größe 38?
Ich bin hungrig
Ich habe Hunger und 20 Euro
Tengo frío
J'ai faim, il y a quoi près d'ici ?
100% cotton, 30° wash
Room temperature 21 °C
SPF 50+ sunscreen
1/2 pound of cheese
5 stars!
version 2.0.1 of the app
the first floor, next to the lift
black/white, XL
#blackfriday deals
@corner_bakery is on Instagram
https://shop.example/shoes?color=red
24 red roses for Valentine's Day
Grace period for returns?
penny sweets, amber earrings and a ruby ring
"""


@pytest.mark.parametrize("sentence", SENTENCES.splitlines())
def test_ordinary_talk_is_left_alone(sentence):
    scrubbed = SCRUBBER.scrub(sentence)
    assert (scrubbed.text, dict(scrubbed.values)) == (sentence, {})


def test_first_name_that_is_a_word_leaves_the_talk_alone():
    for sentence in (
        "May I return it?",
        "it may rain",
        "open in May?",
        "Will it fit?",
        "will it fit",
    ):
        assert SCRUBBER.scrub(sentence, known_names=["May", "Will"]).text == sentence
