"""What a button carries: an action and a number, signed for one shopper, in at most 64 bytes (pure).

A forwarded or made-up button has no valid signature for the one who taps it.
"""

import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from enum import StrEnum

_MAC_CHARACTERS = 12  # 72 bits: not to be guessed through a chat


class Action(StrEnum):
    """What a button does; the values are sent, so keep them short."""

    BOOK = "book"
    PLACE = "place"
    COUPON = "coupon"
    SAVE = "save"
    UNSAVE = "unsave"
    DISMISS = "no"
    NOT_NOW = "later"
    FEWER = "fewer"
    FEWER_UNDO = "more"
    NUDGE_PLACE = "there"
    NUDGE_COUPON = "keepit"
    NUDGE_PAUSE = "hush"
    NUDGE_BACK = "unhush"
    WHY = "why"
    PICK = "pick"
    MEAN = "mean"
    CANCEL = "cancel"
    CANCEL_YES = "cancel!"
    SHOW_CODE = "code"
    CHANGE = "chg"
    CHANGE_TO = "chto"
    CHANGE_YES = "chg!"
    EXCHANGE = "swap"
    EXCHANGE_TO = "swapto"
    EXCHANGE_YES = "swap!"
    RETURN = "back"
    RETURN_YES = "back!"
    STORE_SHELF = "shelf"
    STORE_ASIDE = "aside"
    DIRECTIONS = "way"
    CONSENT_YES = "yes"
    CONSENT_NO = "noway"
    CONSENT_ASK = "ask"
    PERSON = "person"
    NEARBY = "near"
    OPEN = "open"
    PAUSE = "pause"
    UNDER_AGE = "minor"
    LANGUAGE = "lang"
    FORGET_YES = "forget!"
    KEEP = "keep"
    FAMILY_REMOVE = "kin"
    FAMILY_REMOVE_YES = "kin!"
    FAMILY_KEEP = "kinstay"
    FAMILY_ACCEPT = "kinyes"
    FAMILY_DECLINE = "kinno"
    FAMILY_UNLINK = "kinoff"
    PREFER = "pref"
    PREFER_ALL = "prefs"
    PREFER_MORE = "pref+"
    PREFER_LESS = "pref-"
    PREFER_RESET = "pref0"
    LIMIT_OFF = "limit"
    USE_NOT = "unuse"
    USE_AGAIN = "reuse"
    DEMO_OFF = "demo!"
    COUPON_PAGE = "cpage"
    COUPON_END = "cend"
    COUPON_LEAVE = "cleave"
    INSTEAD = "else"
    HISTORY_PAGE = "hpage"
    SPENT = "spent"
    SPENT_LOOK = "slook"
    KNOWN = "known"
    COMEBACK = "wish"
    STORE_READY = "ready"
    STORE_REFUSE = "cant"
    STORE_HAND_OVER = "gone"
    STORE_CARD = "card"
    STORE_ASK = "word"


@dataclass(frozen=True, slots=True)
class Tap:
    """A verified button: what to do, and to which thing (a suggestion's id, an order's code …)."""

    action: Action
    argument: str


class Signer:
    """Signs buttons with a key derived from the data key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def data(self, shopper_id: int, action: Action, argument: str | int = "") -> str:
        """Give the callback data of a button for one shopper."""
        told = f"{action.value}:{argument}"
        return f"{told}:{self._mac(shopper_id, told)}"

    def read(self, shopper_id: int, data: str) -> Tap | None:
        """Give what a tapped button says, None when it was not made for this shopper."""
        told, _, mac = data.rpartition(":")
        if not told or not hmac.compare_digest(mac.encode(), self._mac(shopper_id, told).encode()):
            return None
        action, _, argument = told.partition(":")
        try:
            return Tap(Action(action), argument)
        except ValueError:  # a button of an older version
            return None

    def _mac(self, shopper_id: int, told: str) -> str:
        digest = hmac.digest(self._key, f"{shopper_id}|{told}".encode(), "sha256")
        return urlsafe_b64encode(digest).decode()[:_MAC_CHARACTERS]
