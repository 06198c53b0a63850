"""What those who run the shop read in Spanish; the words they type stay as they are."""

import pytest

from storage.records import Role
from tests.handlers.conftest import Counter, Phone, phone
from tests.handlers.test_coupon_commands import ADD, appoint, coupon
from tests.handlers.test_coupon_files import GOOD, rows, send_file

NOTHING = "No ha cambiado nada."


@pytest.fixture
async def admin(counter: Counter) -> Phone:
    return await appoint(counter, phone(counter, 7, "Mía", "es"), Role.ADMIN)


@pytest.fixture
async def owner(counter: Counter) -> Phone:
    return await appoint(counter, phone(counter, 9, "Olga", "es"), Role.OWNER)


async def test_coupon_is_told_whole(counter: Counter, admin: Phone) -> None:
    assert (await admin.says(ADD)).text == (
        "Añadido.\n"
        "SNUG15, vigente\n"
        "15 % de descuento en Hot Chocolate, en todas las tiendas\n"
        "Del 2026-11-20 al 2026-12-31, usos: 0 de 200, 1 por persona"
    )
    added = await coupon(counter)
    assert added is not None
    assert added.title == "15 % de descuento en Hot Chocolate"
    asked = await admin.says("/coupon end SNUG15")
    assert asked.text == (
        "¿Terminar SNUG15 ahora (usos: 0 de 200)? Lo que se reservó con él sigue en pie."
    )


async def test_title_nobody_chose_stays_in_its_language(
    counter: Counter, admin: Phone, ben: Phone
) -> None:
    await admin.says(ADD)
    await appoint(counter, ben, Role.ADMIN)
    reply = await ben.says("/coupon edit SNUG15 20% for all")
    assert reply.text.splitlines()[1:3] == [
        "SNUG15, valid",
        "20 % off everything, in all stores",
    ]
    edited = await coupon(counter)
    assert edited is not None
    assert edited.title == "20 % de descuento en todo"


async def test_list_counts_states_in_words_of_many(admin: Phone) -> None:
    listed = (await admin.says("/coupon list")).text.splitlines()
    assert listed[0].startswith("Cupones 1–10 de 100: ")
    assert " vigentes, " in listed[0]
    assert ", vigente: " in listed[1]
    assert ", hasta el 20" in listed[1]


BAD = {
    "add SNUG15 150% hot-chocolate until 2026-12-31": (
        "Campo discount: «150%» es más de 100 %. Escribe un porcentaje entero de 1% a 100%, como 15%."
    ),
    "add SNUG15 15% hot-chocolat until 2026-12-31": (
        "Campo for: «hot-chocolat» no es de este negocio. ¿Querías decir hot-chocolate?"
    ),
    "show": "Campo code: falta. Escribe /coupon show y un código de /coupon list.",
    "show WRM15": "Campo code: «WRM15» no es ningún cupón. ¿Querías decir WARM15?",
    "resume WARM15": "WARM15 no está en pausa.",
    "borra WARM15": (
        "Campo comando: «borra» no es ninguno. Escribe /coupon add, list, show, edit, pause, resume o end."
    ),
}


@pytest.mark.parametrize("words", BAD)
async def test_bad_command_is_told_with_field_and_fix(admin: Phone, words: str) -> None:
    assert (await admin.says(f"/coupon {words}")).text == f"{BAD[words]} {NOTHING}"


async def test_file_is_told_with_row_and_field_and_what_it_did(admin: Phone) -> None:
    reply = await send_file(admin, rows(GOOD, GOOD.replace("GOOD15,15%", "BAD,150%")))
    assert reply.text == (
        "Fila 3, campo discount: «150%» es más de 100 %. Escribe un porcentaje entero de 1% a 100%, como 15%.\n"
        f"/template coupons envía un archivo que se carga tal cual. {NOTHING}"
    )
    broken = await send_file(admin, "[{]", "coupons.json")
    assert broken.text.startswith(
        "Campo archivo: no se puede leer como JSON. Revisa corchetes, comillas y comas cerca de la línea 1.\n"
    )
    two = rows(GOOD, GOOD.replace("GOOD15", "GOOD16"))
    assert (await send_file(admin, two)).text == "2 cupones: 2 nuevos."
    assert (await send_file(admin, rows(GOOD))).text == "1 cupón: 1 como estaba."


async def test_whoever_joins_is_welcomed_in_their_own_language(
    counter: Counter, owner: Phone, ana: Phone
) -> None:
    invited = (await owner.says("/invite staff tea-room")).text
    assert invited.startswith(
        "Para: personal de Tea Room. Pásale esto a una sola persona; sirve una vez, durante 2 días."
    )
    welcome = (await ana.says(invited.splitlines()[-1])).text
    assert welcome == "Welcome. You are staff of Tea Room now. /desk lists its open orders."
    listed = (await owner.says("/people")).text.splitlines()
    assert listed == [
        "Olga, titular, 9",
        f"Ana, personal de Tea Room, {ana.shopper_id}",
    ]
    revoked = await owner.says(f"/revoke {ana.shopper_id}")
    assert revoked.seen[0].outgoing.arguments["text"] == (
        "Hecho. Ana ya no tiene ninguna función, y los enlaces que dio no sirven."
    )
    refused = await owner.says("/invite king")
    assert refused.text == (
        f"Campo función: no puedes dar «king». Escribe admin o staff. {NOTHING}"
    )


async def test_sample_town_and_debug_answer_in_spanish(owner: Phone) -> None:
    assert (await owner.says("/demo")).text.startswith("Campo qué: escribe /demo here para ")
    asked = await owner.says("/demo off")
    assert asked.text.startswith("¿Quito la ciudad de muestra, con sus 40 tiendas, ")
    told = (await owner.says("/debug loud")).text
    assert told.endswith(f"Ahora está desactivado. {NOTHING}")
