"""What is said in Spanish, in plain English."""

import re
import tomllib
from importlib.resources import files

import pytest

from knowledge.spanish import in_english
from knowledge.spanish.vocabulary import Vocabulary
from knowledge.spanish.words import bare
from knowledge.understanding.danger import danger_in

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
¿dónde está Salty Paws Pet Shop? | where is Salty Paws Pet Shop?
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
soy sauce
Soy Latte
power banks
thermos
men's
the suicide hotline number
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
        if kind in ("deciding", "accented"):
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


ALARMS = """
a veces pienso en quitarme la vida
quiero tomarme todas las pastillas y no despertar
voy a tirarme al metro
llevo días pensando en matarme
me dan ganas de morirme
mi hermana se quiere suicidar
mi pareja me ha pegado otra vez
siento un peso en el pecho y me cuesta respirar
tengo un dolor muy fuerte en el pecho
mi bebé se ha bebido lejía
mi marido se ha desmayado en el baño
me está sangrando mucho la mano y no para
se me duerme la cara y el brazo
me hago cortes en los brazos
"""


@pytest.mark.parametrize("said", ALARMS.strip().splitlines())
def test_no_gap_in_the_vocabulary_swallows_danger(said: str) -> None:
    assert danger_in(in_english(said)) is not None


HARMLESS = """
me muero de hambre
me muero por un helado
no puedo más de hambre
no aguanto más este frío
esta camisa no me pega con el pantalón
mi jefe me va a matar si llego tarde
una ambulancia de juguete
quiero matar mosquitos
no quiero seguir recibiendo ofertas
no quiero vivir aquí sin flores
me corto el pelo en casa, busco tijeras
se ha tragado mi tarjeta el cajero
"""


@pytest.mark.parametrize("said", HARMLESS.strip().splitlines())
def test_strong_words_about_little_things_are_no_danger(said: str) -> None:
    assert danger_in(in_english(said)) is None
