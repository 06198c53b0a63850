from collections.abc import Callable
from typing import Any

import pytest
from babel import Locale

from handlers import keyboards
from handlers.answers import distance_band_m, keyboard_for
from handlers.callbacks import Signer
from handlers.keyboards import Buttons
from handlers.keyboards_rights import Switch
from knowledge.facts import Kind
from knowledge.language import Sentence
from storage.records import ConsentKind, OrderStatus
from tests.builders import order, suggestion

SIGNER = Signer(b"k" * 32)
BUTTONS, SPANISH = (Buttons(SIGNER, 2**52 - 1, Locale(each)) for each in ("en", "es"))
SWITCHES = [
    Switch(ConsentKind.LOCATION, Sentence("Turn off: place"), is_on=True),
    Switch(ConsentKind.NUDGES, Sentence("Turn on: offers"), is_on=False),
]
DEAL = suggestion(id=2**63 - 1, coupon_code="WARM15")
PLAIN = suggestion(id=1)


def labels(keyboard: Any) -> list[list[str]]:
    return [[button["text"] for button in row] for row in keyboard["inline_keyboard"]]


def test_offer_has_six_buttons_in_two_rows() -> None:
    assert labels(BUTTONS.offer(DEAL)) == [
        ["Book it", "Coupon", "Save"],
        ["Take me there", "Not for me", "Why?"],
    ]


def test_offer_without_a_coupon_has_no_coupon_button() -> None:
    assert labels(BUTTONS.offer(PLAIN))[0] == ["Book it", "Save"]


def test_reason_that_was_told_cannot_be_asked_again() -> None:
    assert labels(BUTTONS.offer(DEAL, with_why=False))[1] == ["Take me there", "Not for me"]


def test_what_is_closed_cannot_be_booked() -> None:
    assert labels(BUTTONS.closed(DEAL)) == [["Take me there", "Save"]]


def test_options_are_numbered_from_one() -> None:
    assert labels(BUTTONS.options([PLAIN] * 3)) == [["1", "2", "3"]]


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (OrderStatus.PLACED, [["Show code", "Directions"], ["Cancel", "Change"]]),
        (OrderStatus.READY, [["Show code", "Directions"], ["Cancel", "Change"]]),
    ],
)
def test_open_order_can_be_cancelled(status: OrderStatus, expected: list[list[str]]) -> None:
    assert labels(BUTTONS.order(order(status=status))) == expected


@pytest.mark.parametrize(
    "status", [OrderStatus.COLLECTED, OrderStatus.CANCELLED, OrderStatus.RETURNED]
)
def test_nothing_can_be_done_with_a_closed_order(status: OrderStatus) -> None:
    assert BUTTONS.order(order(status=status)) is None


def test_consent_switch_says_what_it_does() -> None:
    shown = BUTTONS.rights.settings(SWITCHES, is_under_age=False, is_paused=False)
    assert labels(shown)[:2] == [["Turn off: place"], ["Turn on: offers"]]


def test_each_language_is_called_as_it_calls_itself() -> None:
    for buttons in (BUTTONS, SPANISH):
        assert labels(buttons.rights.languages()) == [["English", "English (ft, mi)", "Español"]]


def test_place_is_asked_for_with_a_way_out() -> None:
    keyboard: Any = keyboards.ask_place(Locale("en"))
    share, search = keyboard["keyboard"][0]
    assert share["request_location"] is True
    assert search == {"text": "Just search"}
    assert keyboard["one_time_keyboard"] is True


def test_label_of_the_keyboard_is_known_in_every_language() -> None:
    labels = (keyboards.JUST_SEARCH, keyboards.JUST_LOOK)
    assert keyboards.is_label("Just search", *labels)
    assert keyboards.is_label("Solo echar un vistazo", *labels)
    assert not keyboards.is_label("just search the net", *labels)


def test_buttons_speak_the_language_of_whoever_reads_them() -> None:
    assert labels(SPANISH.offer(DEAL)) == [
        ["Reservar", "Cupón", "Guardar"],
        ["Llévame", "No es para mí", "¿Por qué?"],
    ]
    orders = [order(code="K7-2291", status=OrderStatus.READY), order(code="K7-2292")]
    assert labels(SPANISH.orders(orders)) == [
        ["Mostrar K7-2291", "Cancelar K7-2291", "Cambiar K7-2291"],
        ["Cancelar K7-2292", "Cambiar K7-2292"],
    ]


@pytest.mark.parametrize("buttons", [BUTTONS, SPANISH], ids=["en", "es"])
@pytest.mark.parametrize(
    "made",
    [
        lambda buttons: buttons.offer(DEAL),
        lambda buttons: buttons.nudges.offer(DEAL, is_saved=False),
        lambda buttons: buttons.nudges.taken(DEAL, is_saved=False),
        lambda buttons: buttons.nudges.pauses(DEAL),
        lambda buttons: buttons.nudges.undo_fewer(DEAL),
        lambda buttons: buttons.closed(DEAL),
        lambda buttons: buttons.options([DEAL] * 5),
        lambda buttons: buttons.choices(["eat", "present", "buy", "store", "rules", "XL"]),
        lambda buttons: buttons.stores(["keepers-cottage-gifts-and-more-at-the-wharf"] * 5),
        lambda buttons: buttons.order(order(status=OrderStatus.READY)),
        lambda buttons: buttons.confirm_cancel(order()),
        lambda buttons: buttons.store("tea-room"),
        lambda buttons: buttons.rights.consent("location"),
        lambda buttons: buttons.rights.confirm_forget(),
        lambda buttons: buttons.rights.privacy(),
        lambda buttons: buttons.rights.pause(is_paused=True),
        lambda buttons: buttons.rights.consent_of_adults(ConsentKind.COUPON_REMINDERS),
        lambda buttons: buttons.rights.turn_off(ConsentKind.COUPON_REMINDERS),
        lambda buttons: buttons.rights.languages(),
    ],
    ids=range(19),
)
def test_every_button_fits(buttons: Buttons, made: Callable[[Buttons], Any]) -> None:
    rows = made(buttons)["inline_keyboard"]
    for row in rows:
        assert len(row) <= 5
        for button in row:
            assert len(button["callback_data"].encode()) <= 64
            assert len(button["text"]) <= 24


@pytest.mark.parametrize("kind", Kind)
def test_nothing_shown_has_no_buttons(kind: Kind) -> None:
    keyboard = keyboard_for(kind, BUTTONS, [])
    assert (keyboard is not None) is (kind is Kind.NEEDS_PLACE)


@pytest.mark.parametrize(
    ("distance_m", "band_m"),
    [
        (None, None),
        (0.0, 50),
        (50.0, 50),
        (50.1, 150),
        (499.0, 500),
        (2_400.0, 2_500),
        (9e6, 2_500),
    ],
)
def test_distance_is_kept_as_a_band(distance_m: float | None, band_m: int | None) -> None:
    assert distance_band_m(distance_m) == band_m
