import string

import pytest

from handlers.callbacks import Action, Signer, Tap
from storage.stores import LONGEST_ID_BYTES

SIGNER = Signer(b"k" * 32)
LONGEST_ID = 2**52 - 1  # Telegram's limit for user ids
LATEST_ROW = 2**63 - 1


@pytest.mark.parametrize("action", Action)
def test_button_says_what_it_was_made_for(action: Action) -> None:
    data = SIGNER.data(7, action, "K7-2291")
    assert SIGNER.read(7, data) == Tap(action, "K7-2291")


@pytest.mark.parametrize("argument", ["", 0, LATEST_ROW, "K7-2291", "a:b", "s" * 40])
def test_button_is_within_telegrams_64_bytes(argument: str | int) -> None:
    for action in Action:
        data = SIGNER.data(LONGEST_ID, action, argument)
        assert 1 <= len(data.encode()) <= 64
        assert SIGNER.read(LONGEST_ID, data) == Tap(action, str(argument))


def test_button_of_another_shopper_is_not_read() -> None:
    data = SIGNER.data(7, Action.BOOK, 5)
    assert SIGNER.read(8, data) is None


def test_button_of_another_shop_is_not_read() -> None:
    assert Signer(b"x" * 32).read(7, SIGNER.data(7, Action.BOOK, 5)) is None


def test_no_altered_character_goes_through() -> None:
    data = SIGNER.data(7, Action.BOOK, 51)
    for place, letter in enumerate(data):
        for other in string.ascii_letters + string.digits + ":-_!":
            if other != letter:
                assert SIGNER.read(7, data[:place] + other + data[place + 1 :]) is None


@pytest.mark.parametrize(
    "data",
    [
        "",
        ":",
        "::",
        "book",
        "book:5",
        "book:5:",
        "book:5:AAAAAAAAAAAA",
        ":5:AAAAAAAAAAAA",
        "book:5:äääääääääääà",
        "\x00" * 64,
        "🙂" * 16,
    ],
    ids=range(11),
)
def test_made_up_button_is_not_read(data: str) -> None:
    assert SIGNER.read(7, data) is None


def test_action_of_an_older_version_is_not_read() -> None:
    told = "dance:5"
    assert SIGNER.read(7, f"{told}:{SIGNER._mac(7, told)}") is None


def test_signature_does_not_move_between_action_and_argument() -> None:
    """One button's signature is of no use for another, though the parts put together are the same."""
    mac = SIGNER.data(7, Action.CONSENT_NO, "").rpartition(":")[2]
    assert SIGNER.read(7, f"no:way:{mac}") is None
    # 71 and "1|…" are not 7 and "11|…".
    assert SIGNER._mac(71, "1") != SIGNER._mac(7, "11")


def test_longest_store_id_fits_every_button() -> None:
    """Source: Bot API, InlineKeyboardButton.callback_data, 1-64 bytes."""
    for action in Action:
        assert len(Signer(b"k" * 32).data(2**52, action, "x" * LONGEST_ID_BYTES).encode()) <= 64
