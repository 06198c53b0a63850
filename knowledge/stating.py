"""Which sentences of a draft state something themselves; only facts may, and sentences of ours (pure, but for `shipped`).

A model may ask, propose, feel with the shopper, and put words around facts. What else it says it may say only in
sentences that are listed: what a free sentence states cannot be told from its words. It must not know which facts there
are.
"""

import re
import tomllib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from itertools import pairwise
from typing import Any, Self

from knowledge.lexicon import shipped_lexicon
from knowledge.llm.lexicon import Lexicon, plain, words_in

_SENTENCE = re.compile(r"[^.!?…]+[.!?…]*[\"”’)]*")
# What stands behind one of these is a sentence of its own.
_INSERTION = re.compile(r"[:;()“”\"…¡¿&—–]|(?<!\w)[-'’]|[-](?!\w)")
_WHOLE = re.compile(r"(\{(?:list|more|document)\})")
_NAME = re.compile(r"\{\w+\}")
_CAPITAL = re.compile(r"(?<=[\w,'’-] )[A-ZÀ-Þ][\w'’]*")
_LAMENT = re.compile(r"(?:sorry (?:about|to hear about)|oh no, (?:the|an?|your|his|her)) [^,]+")
_RELATIVE = re.compile(r"\b(?:that|who|which) [\w']+|who's")
_DELIGHT = re.compile(r"(?:an?|your) [^,]+, (?:how|what) (?:a )?(?P<how>\w+)(?: \w+)?")
_PROPOSAL = re.compile(r"let's [^,]+")
_OWN = frozenset(("your", "those"))
_OURSELVES = frozenset(("i", "me", "we", "us"))
_PRICED = re.compile(r"(?:(?P<before>\w+) *)?\{price\}(?: *(?P<behind>\w+))?")


@dataclass(frozen=True, slots=True)
class _Turns:
    """How sentences may go: see data/turns.toml, whose keys these are."""

    around: frozenset[str]
    of_hours: frozenset[str]
    before_price: frozenset[str]
    behind_price: frozenset[str]
    closing: frozenset[str]
    sighs: frozenset[str]
    feelings: frozenset[str]
    said: frozenset[str]
    let_me: frozenset[str]
    capitals: frozenset[str]
    claims: frozenset[str]
    shop_acts: frozenset[str]
    stating_first: frozenset[str]
    finite: frozenset[str]
    asked_by: frozenset[str]
    phrases: tuple[str, ...]
    run_ons: tuple[str, ...]
    slots: tuple[str, ...]


class Statements:
    """Tells sentences that state something from those that do not."""

    def __init__(self, turns: _Turns, openings: Collection[str], everyday: Lexicon) -> None:
        """Take how sentences may go, those that may be said as they are, and the words that anybody understands."""
        self._turns = turns
        self._openings = frozenset(map(_even, openings))
        self._everyday = everyday
        self._slots = re.compile("|".join(turns.slots))
        self._run_ons = re.compile("|".join(turns.run_ons))
        self._phrases = re.compile(rf"\b(?:{'|'.join(turns.phrases)})\b")

    @classmethod
    def shipped(cls, everyday: Lexicon | None = None) -> Self:
        """Read what comes with the program; `everyday` are other words that anybody understands."""
        data = files("knowledge") / "data"
        told = tomllib.loads((data / "turns.toml").read_text(encoding="utf-8"))
        openings = (data / "openings.txt").read_text(encoding="utf-8").splitlines()
        listed = [said for line in openings if line[:1] != "#" for said in _sentences(line)]
        return cls(_turns(told), listed, everyday or shipped_lexicon())

    def made_by(self, draft: str) -> tuple[str, ...]:
        """Give the sentences of a draft, placeholders in braces, that state what no fact does; empty when it may be said."""
        return tuple(sentence for sentence, may_be_said in self._judged(draft) if not may_be_said)

    def without(self, draft: str) -> str | None:
        """Leave out the sentences that state what no fact does; None when nothing is left, or one of them has facts in it."""
        stated = self.made_by(draft)
        if any(map(_NAME.search, stated)):
            return None
        kept = (sentence for sentence, may_be_said in self._judged(draft) if may_be_said)
        return (" ".join(kept) if stated else draft) or None

    def _judged(self, draft: str) -> Iterator[tuple[str, bool]]:
        """Give each sentence, and whether it may be said."""
        has_told, has_hours = False, "{opens}" in draft
        for sentence in _sentences(draft):
            yield sentence, self._may_be_said(sentence, has_told=has_told, has_hours=has_hours)
            has_told = has_told or bool(_NAME.search(sentence))

    def _may_be_said(self, sentence: str, *, has_told: bool, has_hours: bool) -> bool:
        is_question = sentence.rstrip('"”’) ').endswith("?")
        parts = [part for part in _INSERTION.split(sentence.rstrip(" .!?…")) if part.strip(" ,")]
        even = _even(sentence)
        if even in self._turns.said or (even in self._openings and not has_told):
            return True
        if _NAME.search(sentence):
            return all(self._goes_around(part, has_hours=has_hours) for part in parts)
        if has_told:
            return all(self._closes(part, is_question=is_question) for part in parts)
        return all(self._opens(part, is_question=is_question) for part in parts)

    def _goes_around(self, part: str, *, has_hours: bool) -> bool:
        """Tell whether the words around facts only join them: a closed list, and none that makes less of a price."""
        if _even(part) in self._turns.said:
            return True
        words = set(words_in(_NAME.sub(" ", part)))
        allowed = self._turns.around | (self._turns.of_hours if has_hours else frozenset())
        if not words <= allowed or self._phrases.search(_even(part)):
            return False
        return all(
            (found["before"] or "for") in self._turns.before_price
            and (found["behind"] or "for") in self._turns.behind_price
            for found in _PRICED.finditer(part.casefold())
        )

    def _closes(self, part: str, *, is_question: bool) -> bool:
        """Tell whether a part behind the facts asks what to do with them: a closed list again."""
        if _even(part) in self._turns.said:
            return True
        words = [*words_in(part)]
        is_asked = is_question and not self._turns.stating_first & set(words[:1])
        return is_asked and set(words) <= self._turns.closing

    def _opens(self, part: str, *, is_question: bool) -> bool:
        """Tell whether a part before the facts asks, proposes or feels with the shopper."""
        told = self._without_sighs(part.strip(" ,"))
        if not told or _even(told) in self._turns.said | self._openings:
            return True
        if self._is_claiming(told):
            return False
        low = _even(told)
        return self._asks(low) if is_question else self._proposes(low)

    def _proposes(self, low: str) -> bool:
        """Tell whether a sentence proposes something or feels with the shopper, and does not run on into a statement."""
        if low in self._turns.let_me:
            return True
        words = _RELATIVE.sub("", low).split()
        runs_on = self._run_ons.search(low) or self._turns.finite & set(words[2:])
        if runs_on or self._turns.shop_acts & set(words[1:2]):
            return False
        if _PROPOSAL.fullmatch(low) or _LAMENT.fullmatch(low) or self._slots.fullmatch(low):
            return True
        delight = _DELIGHT.fullmatch(low)
        return delight is not None and delight["how"] in self._turns.feelings

    def _asks(self, low: str) -> bool:
        """Tell whether a question is about the shopper; what the shop could do is asked in words of a closed list."""
        if _OURSELVES & set(words_in(low)):
            return self._closes(low, is_question=True)
        first, *others = [*words_in(_RELATIVE.sub("", low)), ""]
        if "," in low or first in self._turns.stating_first:
            return False
        return first in self._turns.asked_by or not self._turns.finite & set(others)

    def _without_sighs(self, part: str) -> str:
        """Give a part without the sighs it begins with: "Brr," and the like."""
        while True:
            sigh, comma, rest = part.partition(",")
            if not set(words_in(sigh)) <= self._turns.sighs:
                return part
            part = rest.strip() if comma else ""
            if not part:
                return part

    def _is_claiming(self, told: str) -> bool:
        words = set(words_in(told))
        said = words | {word.partition("'")[0] for word in words}
        if said & self._turns.claims or self._phrases.search(_even(told)):
            return True
        return not self._is_everyday(told)

    def _is_everyday(self, told: str) -> bool:
        """Tell whether no name and no other language can be in it: what nobody listed is called the shopper's own."""
        capitals = {plain(word).partition("'")[0] for word in _CAPITAL.findall(told)}
        words = ["", *words_in(told)]
        return capitals <= self._turns.capitals and all(
            self._everyday.holds(word) or before in _OWN for before, word in pairwise(words)
        )


def _turns(told: Mapping[str, list[str]]) -> _Turns:
    kept: dict[str, Any] = {key: frozenset(" ".join(value).split()) for key, value in told.items()}
    kept |= {key: frozenset(map(_even, told[key])) for key in ("said", "let_me")}
    kept |= {key: tuple(told[key]) for key in ("slots", "phrases", "run_ons")}
    return _Turns(**kept)


def _sentences(draft: str) -> Iterator[str]:
    """Give sentences and what stands between their marks."""
    for found in _SENTENCE.finditer(_WHOLE.sub(r"\1.", draft)):
        sentence = found.group().strip()
        if sentence:
            yield sentence


def _even(sentence: str) -> str:
    """Give a sentence as it is compared: small letters, one kind of apostrophe, without the mark at its end."""
    return " ".join(plain(sentence).strip(" .,:!?…").split())
