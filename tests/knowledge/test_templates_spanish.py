"""What somebody reads whose language is Spanish: whole replies, word for word."""

from dataclasses import replace
from datetime import date, time

import pytest

from knowledge.amounts import locale_for
from knowledge.constraints import Constraints
from knowledge.days_ahead import DayAhead
from knowledge.facts import Facts, Kind
from knowledge.filling import Manner
from knowledge.language import told
from knowledge.phrasing import Phrasing
from knowledge.templates import Templates
from knowledge.understanding import Examples, Intent, Reading
from storage.records import OrderStatus
from tests.facts import FRIDAY, MONDAY, TOMORROW, deal, offer, order_facts

SPANISH = Manner(locale_for("es"), FRIDAY)
TEMPLATES = Templates.shipped()
NEEDS = Examples.shipped().needs
CLOSE, DEAL, ORDER = offer(), deal(), order_facts()
ANYWHERE = replace(DEAL, distance_m=None)
STORE = Facts(Kind.STORES, store="Harbor Pharmacy", distance_m=120)
SHUT = replace(STORE, kind=Kind.CLOSED, opens_at=time(8), opens_day=MONDAY)
COUPON = Facts(
    Kind.COUPONS,
    item="Warm up",
    coupon_code="WARM15",
    discount_percent=15,
    expires_on=date(2026, 11, 22),
)

SAID = [
    (
        DEAL,
        (
            "Downtown Café está a 43 m y tiene Hot Chocolate por 3,50\xa0US$. "
            "WARM15 descuenta un 15 %: queda en 2,98\xa0US$."
        ),
    ),
    (
        replace(CLOSE, distance_m=4, closes_at=time(13)),
        (
            "Downtown Café está a unos pasos y tiene Hot Chocolate por 3,50\xa0US$. "
            "Cierra a las 13:00, así que date prisa."
        ),
    ),
    (
        replace(ANYWHERE, discount_percent=None, unknown=("gluten-free", "halal")),
        (
            "Downtown Café tiene Hot Chocolate por 3,50\xa0US$. "
            "No sé si es sin gluten o halal; en la tienda te lo dirán."
        ),
    ),
    (
        Facts(
            Kind.OPTIONS,
            options=(
                DEAL,
                replace(CLOSE, opens_at=time(8), opens_day=TOMORROW, unknown=("blue",)),
            ),
        ),
        (
            "Cerca de ti:\n"
            "1. Hot Chocolate, 3,50\xa0US$, Downtown Café, a 43 m, 2,98\xa0US$ con WARM15\n"
            "2. Hot Chocolate, 3,50\xa0US$, Downtown Café, a 43 m (abre mañana a las 8:00)\n"
            "De 2 no sé si es de color azul; en la tienda te lo dirán."
        ),
    ),
    (
        Facts(
            Kind.NOTHING_NEAR,
            item="Wool Scarf",
            asked=("red",),
            choices=("blue", "green", "oatmeal"),
            tone="other_makes",
        ),
        "Ahora mismo no encuentro Wool Scarf en rojo cerca de ti, pero sí en azul, verde y oatmeal.",
    ),
    (
        Facts(Kind.NOTHING_NEAR, tone="then", day=DayAhead(FRIDAY, FRIDAY)),
        "No encuentro nada así abierto más tarde hoy, pero puedes conseguirlo antes.",
    ),
    (SHUT, "Harbor Pharmacy, a 120 m, no está abierto ahora. Abre el lunes a las 8:00."),
    (
        replace(SHUT, holiday="Harbor Day", day=TOMORROW),
        "Harbor Pharmacy, a 120 m, cierra mañana por Harbor Day. Abre el lunes a las 8:00.",
    ),
    (
        replace(STORE, closes_at=time(1), tone="hours", options=(replace(STORE, distance_m=200),)),
        (
            "Harbor Pharmacy, a 120 m, abre hasta la 1:00.\n"
            "También cerca: Harbor Pharmacy a cualquier hora."
        ),
    ),
    (
        replace(STORE, day=MONDAY, opens_at=time(9), closes_at=time(18)),
        "Lo más cercano es Harbor Pharmacy, a 120 m. Abre el lunes de las 9:00 a las 18:00.",
    ),
    (
        Facts(
            Kind.COUPONS,
            coupons=(COUPON, replace(COUPON, item="15 % off", expires_on=date(2026, 12, 31))),
        ),
        (
            "Puedes usar estos:\n"
            "WARM15: 15 % de descuento, hasta el domingo\n"
            "WARM15: 15 % off, hasta el 31 de diciembre"
        ),
    ),
    (
        replace(ORDER, status=OrderStatus.PLACED, kept_until=time(18), kept_day=TOMORROW),
        (
            "El pedido K7-2291 está reservado en Home & Co, que lo guarda hasta mañana a las 18:00. "
            "Muestra este código allí para recogerlo."
        ),
    ),
    (
        Facts(
            Kind.POLICY,
            quote="Bring it back within 30 days.",
            document="Returns, §2",
            valid_from=date(2025, 3, 1),
            valid_to=date(2026, 2, 28),
        ),
        (
            "Esto decían entonces nuestras normas: «Bring it back within 30 days.» Returns, §2, "
            "vigente desde el 1 de marzo de 2025 hasta el 28 de febrero."
        ),
    ),
    (
        Facts(Kind.CLARIFY, choices=("eat", "present")),
        "¿Te refieres a algo de comer o un regalo?",
    ),
    (
        replace(STORE, kind=Kind.HUMAN, closes_at=time(18)),
        (
            "Aún no puedo ponerte con una persona por aquí, pero el personal de Harbor Pharmacy, a 120 m, "
            "te ayudará con gusto hasta las 18:00."
        ),
    ),
    (Facts(Kind.SMALLTALK, tone="thanks"), "De nada."),
]


@pytest.mark.parametrize(("facts", "text"), SAID, ids=lambda each: getattr(each, "kind", None))
def test_facts_are_told_in_spanish(facts: Facts, text: str) -> None:
    assert TEMPLATES.say(facts, SPANISH).text == text


def test_offer_opens_and_closes_in_spanish() -> None:
    cold = Reading(Intent.NEED, 0.9, NEEDS["cold"], Constraints())
    words = Phrasing(TEMPLATES, None).floor(DEAL, cold, SPANISH)
    assert words.text == f"Brr, vamos a calentarte. {SAID[0][1]} ¿Te lo reservo?"
    assert words.bold == ("Downtown Café",)


def test_distances_are_in_feet_for_spanish_of_the_united_states() -> None:
    manner = replace(SPANISH, locale=locale_for("es-US"))
    assert TEMPLATES.say(CLOSE, manner).text == (
        "Downtown Café está a 140 ft y tiene Hot Chocolate por $3.50."
    )


def test_openings_and_closings_are_calm_and_ask_well() -> None:
    openings = [*TEMPLATES.openings, *(o for need in NEEDS.values() for o in need.openings)]
    for sentence in (*openings, *TEMPLATES.closings):
        text = told(sentence, SPANISH.locale)
        assert text[-1] in ".?"
        assert "!" not in text
        assert text.count("¿") == text.count("?") <= 1
