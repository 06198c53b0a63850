"""The words that count in a question about rules, and those a rule would say instead (pure).

data/policy_words.toml holds what is alike. Words are compared by their stems, so that "returned" is "return".
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files

# How much a word counts that was not asked but is written in such rules; found by trial, 0.3 to 0.6 do alike.
_ALIKE = 0.5
_WORD = re.compile(r"[a-zà-ÿ]+")
_ENDINGS = (
    *("ations", "ation", "ments", "ment", "ings", "ing"),
    *("ies", "ied", "es", "ed", "s", "y", "e"),
)
_SHORTEST_STEM = 3
# Words of every question and of every rule: they tell none apart.
_SAYING_NOTHING = frozenset(
    "a about all also am an and any anything are as at be been but by can could did do does doing done "
    "for from get had has have having he her here him his how i if in into is it its just know let long "
    "many may me might mine much must my need no not of on or other our ours out own please policies "
    "policy rule rules shall she should so some something tell terms than that the their them then there "
    "these they thing things this those to too under until up us very want was we were what when where "
    "whether which while who whom whose why will with would you your yours s t re ve ll d m".split()
)


def stems(text: str) -> list[str]:
    """Give the stems of a text's telling words, in order, as often as they come."""
    words = _WORD.findall(text.casefold())
    return [_stem(word) for word in words if word not in _SAYING_NOTHING]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Which stems a question's stem also stands for."""

    alike: Mapping[str, frozenset[str]]

    @classmethod
    def shipped(cls) -> "Vocabulary":
        """Read the words that come with the program."""
        text = (files("knowledge") / "data" / "policy_words.toml").read_text(encoding="utf-8")
        return cls.of((each["asked"], each["written"]) for each in tomllib.loads(text)["alike"])

    @classmethod
    def of(cls, pairs: Iterable[tuple[str, str]]) -> "Vocabulary":
        """Take pairs of words asked and words written, each separated by spaces."""
        alike: dict[str, frozenset[str]] = {}
        for asked, written in pairs:
            meant = frozenset(stems(written))
            for stem in stems(asked):
                alike[stem] = alike.get(stem, frozenset()) | meant
        return cls(alike)

    def asked(self, question: str) -> dict[str, float]:
        """Give the stems to look for with their weights: 1 for what was said, less for what is alike."""
        said = dict.fromkeys(stems(question), 1.0)
        meant = {stem for each in said for stem in self.alike.get(each, ())}
        return dict.fromkeys(sorted(meant), _ALIKE) | said


def _stem(word: str) -> str:
    """Cut the commonest English endings; enough to make "returns" and "returned" one word."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM:
            return word[: -len(ending)]
    return word
