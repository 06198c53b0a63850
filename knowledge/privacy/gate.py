"""The last look at a prompt before any model or server reads it (pure).

The detectors have seen the message already. This looks at what really goes out, whoever wrote it, and for
whatever this shopper has ever told. A hit costs the model's words and nothing else: the template answers.

What was told before is not looked for when a message is masked: a word taken for a name once ("I'm Cold") would then be
masked for half a year, and the shop would no longer understand it.
"""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

from knowledge.privacy.detectors.name_runs import TITLES
from knowledge.privacy.detectors.ordinary_words import EVERYDAY_WORDS, FUNCTION_WORDS, STATES
from knowledge.privacy.plain import plain
from knowledge.privacy.spans import Kind, Span
from storage.records import VaultEntry

_TOKEN = re.compile(r"[^\W_]+")
# Shorter values (May, Bo) are words too often: they are left to the detectors.
_SHORTEST = 4
# A phone number is known by its last digits, whatever stands for country and town (ours).
_SHORTEST_PHONE = 7
_SAID_OF_ANYBODY = TITLES | FUNCTION_WORDS | STATES | EVERYDAY_WORDS
_BLANK = " … "


@dataclass(frozen=True, slots=True)
class Gate:
    """What must not pass. values are compact (see `_compact`); `find` gives what detectors see in a text.

    `issued` are the placeholders that stand in this message's prompt by right.
    """

    values: frozenset[str]
    issued: frozenset[str]
    find: Callable[[str], Collection[Span]]
    is_shut: bool = False

    @classmethod
    def over(
        cls,
        entries: Iterable[VaultEntry],
        issued: Iterable[str],
        find: Callable[[str], Collection[Span]],
    ) -> "Gate":
        """Make the gate for a shopper's values."""
        values = frozenset(each for entry in entries for each in _watched(entry))
        return cls(values, frozenset(issued), find)

    def stops(self, prompt: str) -> bool:
        """Tell whether the prompt holds a value as whole tokens, or anything that a detector finds."""
        if self.is_shut:
            return True
        text = _without(prompt, self.issued)
        # Line by line: what stands around the message is no part of a name in it.
        return self._holds_value(text) or any(map(self.find, text.splitlines()))

    def _holds_value(self, text: str) -> bool:
        """Look for the values in every run of tokens, written together or apart."""
        longest = max(map(len, self.values), default=0)
        tokens = _TOKEN.findall(plain(text).folded)
        for start in range(len(tokens)):
            run = ""
            for token in tokens[start:]:
                run += token
                if len(run) > longest:
                    break
                if run in self.values:
                    return True
        return False


SHUT = Gate(frozenset(), frozenset(), lambda _text: (), is_shut=True)
"""Lets nothing through."""


def _watched(entry: VaultEntry) -> Iterable[str]:
    """Give the compact forms in which a value would be recognised."""
    value = _compact(entry.value)
    if entry.kind == Kind.TYPED or len(value) < _SHORTEST:
        return ()
    if entry.kind == Kind.NAME:
        return [value, *_telling_parts(entry.value)]
    if entry.kind == Kind.PHONE:
        return [value[start:] for start in range(max(1, len(value) - _SHORTEST_PHONE + 1))]
    if entry.kind == Kind.CARD:
        return (_compact(entry.meaning),) if entry.meaning else ()
    return (value,)


def _telling_parts(name: str) -> Iterable[str]:
    """Give what tells a person apart in a name: Quillfeather in Mrs May Quillfeather."""
    for part in _TOKEN.findall(plain(name).folded):
        if len(part) >= _SHORTEST and part not in _SAID_OF_ANYBODY:
            yield part


def _compact(value: str) -> str:
    """Give the letters and digits of a value alone: case, spaces, dashes and accents hide nothing."""
    return "".join(_TOKEN.findall(plain(value).folded))


def _without(prompt: str, issued: Collection[str]) -> str:
    for placeholder in issued:
        prompt = prompt.replace(placeholder, _BLANK)
    return prompt
