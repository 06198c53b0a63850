"""What is said in Spanish, in plain English."""

import re
import tomllib
from importlib.resources import files

import pytest

from knowledge.spanish import in_english
from knowledge.spanish.vocabulary import Vocabulary
from knowledge.spanish.words import bare

PUT = """
tengo frío | I'm cold
TENGO FRIO | I'm cold
Tengo muchísimo frío | I'm cold
¿Tenéis pan sin gluten? | do you have gluten-free bread?
busco calcetines rojos | looking for red socks
zapatillas de correr negras de la talla 42 | black running shoes size 42
zapatos de cuero muy cómodos | very comfortable leather shoes
helado de fresa vegano | vegan strawberry ice cream
una camiseta blanca y negra | a white and black t-shirt
un regalito para mi madre por menos de 20 euros | a present for my mother under 20 euros
un juguete para mi hijo de 5 años | a toy for my 5 year old son
un juguete para mi hijo de cinco años | a toy for my five year old son
nesesito un cargador para el movil | I need a phone charger
una taza de té verde | a cup of green tea
el café más barato | the cheapest coffee
más barato | something cheaper
¿a qué hora cierra la farmacia? | what time does the pharmacy close?
¿cuánto cuesta el chocolate caliente en Downtown Café? | how much is the hot chocolate in Downtown Café?
un libro de <NAME_1> para mí | a book of <NAME_1> for me
soy [NAME_1] y no quiero té | I am [NAME_1] and I don't want tea
20,50 euros para zanahorias | 20.50 euros for carrots
"""


@pytest.mark.parametrize("case", PUT.strip().splitlines())
def test_spanish_is_put_into_english(case: str) -> None:
    spanish, _, english = case.partition(" | ")
    assert in_english(spanish) == english


KEPT = """
chocolate
no
café
sushi
Ibuprofen
umbrela
I'm cold
do you have tres leches cake
hola, where is my order
is there a churro or a burrito
where is my order, gracias
red socks
a book by Isabel Allende
can I pay in pesos
do you sell queso fresco
<NAME_1>
/coupons

"""


@pytest.mark.parametrize("said", KEPT.strip().splitlines())
def test_english_stays_as_it_is(said: str) -> None:
    assert in_english(said) == said


def test_vocabulary_has_one_meaning_an_entry() -> None:
    text = (files("knowledge") / "data" / "spanish.toml").read_text(encoding="utf-8")
    meanings: dict[tuple[str, str], set[str]] = {}
    for kind, groups in tomllib.loads(text).items():
        if kind == "deciding":
            continue
        for entry in filter(str.strip, re.split(r"[;\n]", "\n".join(groups.values()))):
            spanish, _, english = entry.partition("=")
            for way in spanish.split(","):
                meanings.setdefault((kind, bare(way).strip()), set()).add(english.strip())
    assert {
        way for way, told in meanings.items() if len(told) > 1 or not all((*way, *told))
    } == set()


def test_vocabulary_is_large_enough_for_a_shop() -> None:
    assert Vocabulary.shipped().count >= 1200
