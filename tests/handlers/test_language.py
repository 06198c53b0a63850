"""The language of a reply: Telegram's from the first word, and another one by choice."""

import pytest

from handlers import texts_rights
from handlers.commands import menu
from knowledge.amounts import locale_for
from storage.records import Person, Role
from tests.handlers.conftest import Counter, Phone, phone


@pytest.fixture
def lucia(counter: Counter) -> Phone:
    """Somebody new whose Telegram speaks Spanish."""
    return phone(counter, 9, "Lucía", "es")


async def test_whose_telegram_is_spanish_is_greeted_in_spanish(lucia: Phone) -> None:
    reply = await lucia.says("/start")
    assert reply.text.startswith("Hola, Lucía: soy tu conserje en Maple Harbor.")
    (row,) = reply.keyboard["keyboard"]
    assert [button["text"] for button in row] == [
        "📍 Compartir ubicación",
        "Solo echar un vistazo",
    ]


async def test_label_of_the_keyboard_is_understood_in_spanish(lucia: Phone) -> None:
    reply = await lucia.says("Solo echar un vistazo")
    assert reply.text.startswith("Escribe lo que necesitas: «tengo hambre»")


@pytest.mark.parametrize("word", ["ayuda", "Ayuda", "/help"])
async def test_help_is_asked_for_in_spanish(lucia: Phone, word: str) -> None:
    assert (await lucia.says(word)).text.startswith("Dime qué necesitas y te lo busco cerca.")


async def test_settings_show_the_language_and_the_others(mia: Phone) -> None:
    reply = await mia.says("/settings")
    assert reply.text.splitlines()[-1] == "Language: English"
    (*_, languages) = reply.keyboard["inline_keyboard"]
    assert [each["text"] for each in languages] == ["English", "English (ft, mi)", "Español"]


async def test_choice_is_answered_in_the_new_language_at_once(
    mia: Phone, counter: Counter
) -> None:
    settings = await mia.says("/settings")
    reply = await mia.taps(settings.buttons["Español"], settings)
    assert reply.message_id == settings.message_id
    assert reply.text == (
        "Usar la ubicación que compartes: no\n"
        "Ofertas cercanas: no\n"
        "Cupones que terminan: no\n"
        "Cumpleaños: no\n"
        "Resumen semanal: no\n"
        "Novedades de lo que guardaste: no\n"
        "Respuestas con mis propias palabras hoy: ░░░░░░░░░░ 0 de 50\n"
        "Idioma: Español"
    )
    assert list(reply.buttons)[:8] == [
        "Usar mi ubicación",
        "Avisarme de ofertas",
        "Avisarme de cupones",
        "Activar: cumpleaños",
        "Recibir el resumen",
        "Activar: novedades de lo que guardaste",
        "Pausar las ofertas",
        "Tengo menos de 18 años",
    ]
    assert counter.toasts[-1] == "Ahora te escribo en español."
    assert (await mia.says("/orders")).text.startswith("Todavía no tienes pedidos.")


async def test_short_way_leads_to_the_same_choice(lucia: Phone) -> None:
    asked = await lucia.says("/language")
    assert asked.text == "Idioma: Español"
    reply = await lucia.taps(asked.buttons["English (ft, mi)"], asked)
    assert reply.text.splitlines()[-1] == "Language: English (ft, mi)"


async def test_menu_speaks_the_language_chosen(mia: Phone, counter: Counter) -> None:
    asked = await mia.says("/language")
    reply = await mia.taps(asked.buttons["Español"], asked)
    (call,) = (item.outgoing for item in reply.items if item not in reply.seen)
    assert call.arguments["commands"] == menu(None, locale_for("es"))
    assert (await mia.taps(asked.buttons["English"], asked)).menus == {7: None}


async def test_who_works_here_keeps_their_menu(mia: Phone, counter: Counter) -> None:
    asked = await mia.says("/language")
    async with counter.database.work() as work:
        await work.people.grant(Person(7, Role.ADMIN, None, counter.clock()))
        await work.commit()
    reply = await mia.taps(asked.buttons["Español"], asked)
    (call,) = (item.outgoing for item in reply.items if item not in reply.seen)
    assert call.arguments["commands"] == menu(Role.ADMIN, locale_for("es"))


async def test_customs_of_one_s_country_come_back_with_its_language(counter: Counter) -> None:
    liz = phone(counter, 9, "Liz", "en-gb")
    asked = await liz.says("/language")
    for choice, chosen in (("Español", "es"), ("English", None), ("English (ft, mi)", "en-US")):
        asked = await liz.taps(asked.buttons[choice], asked)
        async with counter.database.reading() as work:
            shopper = await work.shoppers.get(9)
        assert shopper is not None
        assert shopper.chosen_language == chosen


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        (None, "English"),
        ("en", "English"),
        ("en-GB", "English"),
        ("en-US", "English (ft, mi)"),
        ("es", "Español"),
        ("es-MX", "Español"),
        ("de", "English"),
        ("xx", "English"),
    ],
)
def test_language_is_named_by_what_is_spoken(tag: str | None, name: str) -> None:
    assert texts_rights.language_name(tag) == name
