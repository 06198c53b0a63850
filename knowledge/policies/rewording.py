"""A question in the words that rules are written in: "my sister" is "somebody else" to them (pure).

data/policy_words.toml holds what is said and how rules call it. Who is answered as asked needs none of this.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Rewording:
    """What shoppers say, what rules call it, and beside which words, in the order in which it is put right."""

    pairs: tuple[tuple[re.Pattern[str], str, re.Pattern[str]], ...]

    @classmethod
    def shipped(cls) -> "Rewording":
        """Read the words that come with the program."""
        text = (files("knowledge") / "data" / "policy_words.toml").read_text(encoding="utf-8")
        table = tomllib.loads(text)["called"]
        return cls.of((each["said"], each["called"], each.get("beside", "")) for each in table)

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str, str]]) -> "Rewording":
        """Take phrases, separated by commas, with what rules call each of them.

        The third are phrases of which one must stand in the question as well; "" = none need be.
        """
        return cls(tuple((_any_of(said), called, _any_of(by)) for said, called, by in pairs))

    def __call__(self, question: str) -> str:
        """Give the question in the words of rules; the same when it has none to put otherwise."""
        for said, called, beside in self.pairs:
            if beside.search(question):
                question = said.sub(called, question)
        return question


def _any_of(said: str) -> re.Pattern[str]:
    """Give the pattern of some phrases: the longest first, so that none hides a longer one."""
    if not said:
        return re.compile("")
    phrases = sorted((each.strip() for each in said.split(",")), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, phrases))})\b", re.IGNORECASE)
