"""Personal data as people tell it in Spanish, and what only looks like it."""

import pytest

from knowledge.privacy.scrubber import Scrubber

MASKED = """
me llamo Lucía García y tengo frío | me llamo <NAME_1> y tengo frío
me llamo lucía garcía | me llamo <NAME_1>
hola, soy Ana, tengo hambre | hola, soy <NAME_1>, tengo hambre
yo soy Pedro Jiménez | yo soy <NAME_1>
mi nombre es Juan Pérez | mi nombre es <NAME_1>
mi apellido es Quesada | mi apellido es <NAME_1>
me dicen Pepe | me dicen <NAME_1>
mi marido Carlos necesita guantes | mi marido <NAME_1> necesita guantes
mi hija Sofía tiene fiebre | mi hija <NAME_1> tiene fiebre
mi hija sofía tiene fiebre | mi hija <NAME_1> tiene fiebre
mi amiga se llama Begoña | mi amiga se llama <NAME_1>
el pedido está a nombre de Antonio López | el pedido está a nombre de <NAME_1>
Un saludo, Marta Ruiz | Un saludo, <NAME_1>
es para doña Rosa Pérez | es para <NAME_1>
mi número es 612 345 678 | mi número es <PHONE_1>
llámame al 612 34 56 78 | llámame al <PHONE_1>
mi DNI es 12345678Z | mi DNI es <ID_1>
vivo en la calle Mayor 12 | vivo en <ADDRESS_1>
vivo en la calle mayor 12 | vivo en <ADDRESS_1>
estoy en la calle olmo 4 | estoy en la <ADDRESS_1>
mándamelo a calle goya 14 | mándamelo a <ADDRESS_1>
mi domicilio es paseo del prado 3 | mi domicilio es <ADDRESS_1>
vivo en calle de alcalá, 45, 3º B | vivo en <ADDRESS_1>
"""

LEFT = """
soy vegetariano
Soy vegetariana
yo soy Vegano
soy celíaca y tengo hambre
Soy alérgica al cacahuete
soy intolerante a la lactosa
yo soy Estudiante
soy de Madrid
me llamo la atención
¿cómo te llamas?
me dicen que no hay
quiero pagar a nombre de mi empresa
mi madre quiere un libro
mi hija pequeña tiene fiebre
mi hermana va a la playa
mi novia es vegana
mi hijo no come carne
mi número de pie es 42
talla 42, número 42
vivo en un piso pequeño
la tienda de la calle Mayor abre a las 12
en la plaza mayor por menos de 20 euros
calle mayor 20 minutos
calle arriba hay 3 tiendas
un regalo para el día de la madre
quiero flores para mi tía
gracias, perfecto
"""


@pytest.fixture(scope="module")
def scrubber() -> Scrubber:
    return Scrubber()


@pytest.mark.parametrize("case", MASKED.strip().splitlines())
def test_what_is_told_is_masked(scrubber: Scrubber, case: str) -> None:
    said, _, masked = case.partition(" | ")
    assert scrubber.scrub(said).text == masked


@pytest.mark.parametrize("said", LEFT.strip().splitlines())
def test_what_is_nobodys_is_left(scrubber: Scrubber, said: str) -> None:
    assert scrubber.scrub(said).text == said
