"""What the adapter learns from: messages, the names of facts, and replies around them.

Everything under data/ is written by us for this. needs/*.toml pair what people say with openings that answer just
that; frames.toml has the sentences around placeholders for each kind of reply. What a shopper may ask of orders,
coupons and rules, and what is beyond a shop, comes from the sentences that intents are learned from.
"""

import random
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from knowledge.briefs import NAMES, in_order
from scripts.train_intents.noise import mistyped
from scripts.train_phrasing.errors import DataError

DATA = Path(__file__).parent / "data"
_SLIPS_SHARE = 0.15
_LOWER_SHARE = 0.3
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class Need(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A need: `pairs` are a message and the openings that fit it; held-out ones are only measured on."""

    name: str
    pairs: tuple[tuple[str, ...], ...]
    held_out: bool = False


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    need: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """One reply to learn: its kind, what was asked, the names of the facts, and the words."""

    kind: str
    message: str
    names: tuple[str, ...]
    reply: str


def needs(folder: Path = DATA) -> list[Need]:
    """Read all needs.

    Raises:
        DataError: a file is damaged, or a pair has no opening.
    """
    found: list[Need] = []
    for path in sorted((folder / "needs").glob("*.toml")):
        try:
            found += msgspec.toml.decode(path.read_bytes(), type=_File).need
        except (msgspec.DecodeError, msgspec.ValidationError) as error:
            raise DataError(f"{path.name}: {error}") from error
    for need in found:
        if any(len(pair) < 2 for pair in need.pairs):  # noqa: PLR2004 - a message and an opening
            raise DataError(f"The need {need.name} has a message without an opening.")
    return found


def frames(folder: Path = DATA) -> Mapping[str, Any]:
    """Read the sentences around placeholders."""
    return tomllib.loads((folder / "frames.toml").read_text(encoding="utf-8"))


class Writer:
    """Puts examples together, as many as are asked for; the same dice give the same examples."""

    def __init__(
        self,
        pairs: Sequence[tuple[str, ...]],
        asked: Mapping[str, Sequence[str]],
        sentences: Mapping[str, Any],
        dice: random.Random,
    ) -> None:
        """Take what to write from.

        Args:
            pairs: Messages of needs with their openings.
            asked: What is said of coupons, orders, rules, and of what is beyond a shop, by kind of reply.
            sentences: What `frames` gives.
            dice: What everything is drawn with.
        """
        self._pairs, self._asked, self._sentences, self.dice = pairs, asked, sentences, dice

    def examples(self) -> Iterator[Example]:
        """Give examples of all kinds without end; most are offers, which most replies are."""
        kinds = list(_SHARES)
        while True:
            kind = self.dice.choices(kinds, [_SHARES[kind] for kind in kinds])[0]
            yield self.example(kind)

    def example(self, kind: str) -> Example:
        """Put together an example of a kind."""
        message, opening = self._said(kind)
        texts = [opening, *self._body(kind)]
        reply = " ".join(text for text in texts if text)
        return Example(kind, self._typed(message), named(reply), reply)

    def _said(self, kind: str) -> tuple[str, str]:
        """Draw a message and what the reply to it begins with."""
        own = self._sentences[kind]
        if kind in _ABOUT_A_NEED:
            message, *openings = self._pick(self._pairs)
            return message, self._pick(openings) if kind in _OPENED else ""
        message = self._pick(self._asked[kind]) if kind in self._asked else ""
        return message, self._pick(own.get("openings", ("",)))

    def _body(self, kind: str) -> Iterator[str]:
        own = self._sentences[kind]
        closings = own.get("closings", ("",))
        if kind in ("offer", "nudge"):
            yield from self._offered(own)
            closings = own.get("closings", self._sentences["closings"])
        elif kind == "coupons" and self.dice.random() < _NONE_SHARE:
            yield self._pick(own["none"])
            closings = own["none_closings"]
        else:
            yield self._pick(own[self._frame(kind)])
        yield self._pick(closings)

    def _offered(self, own: Mapping[str, Any]) -> Iterator[str]:
        yield self._pick(own["here" if self.dice.random() < _NEAR_SHARE else "anywhere"])
        if self.dice.random() < _MORE_SHARE:
            yield "{more}"

    def _frame(self, kind: str) -> str:
        """Draw which of the facts of a kind are known: the name of its sentences."""
        if kind in ("options", "summary"):
            return "intros"
        return self.dice.choice(_FRAMES[kind]) if kind in _FRAMES else "bodies"

    def _typed(self, message: str) -> str:
        if self.dice.random() < _SLIPS_SHARE:
            message = mistyped(message, self.dice)
        return message.lower() if self.dice.random() < _LOWER_SHARE else message

    def _pick(self, texts: Sequence[Any]) -> Any:
        return self.dice.choice(texts)


def named(reply: str) -> tuple[str, ...]:
    """Give the names of the facts in a reply, in the order in which every brief names them."""
    used = set(_PLACEHOLDER.findall(reply))
    if used - set(NAMES):
        raise DataError(f"Unknown placeholder in: {reply}")
    return in_order(used)


_ABOUT_A_NEED = frozenset({"offer", "options", "nothing_near", "closed"})
_OPENED = frozenset({"offer", "options"})  # "Let's warm you up. It's closed." would be no kindness
_SHARES = {
    "offer": 56, "options": 10, "nothing_near": 4, "closed": 5, "nudge": 5, "coupons": 4, "order_status": 4,
    "policy": 3, "clarify": 3, "summary": 3, "refusal": 3,
}  # fmt: skip
_FRAMES = {
    "order_status": ("store", "alone", "whole", "whole"), "clarify": ("choices", "open"),
    "closed": ("here", "here", "anywhere", "whole"),
}  # fmt: skip
_NEAR_SHARE, _MORE_SHARE, _NONE_SHARE = 0.75, 0.5, 0.3
