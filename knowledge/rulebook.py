"""What the shop's rules say to a question: asked as it was said, then in the words of rules.

A question about somebody's own data is answered by the rules on privacy alone: other rules keep things too.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files

from knowledge.context import Question
from knowledge.evidence import Evidence
from knowledge.policies.asked_day import asked_day
from knowledge.policies.rewording import Rewording
from knowledge.policies.shelf import Asked, Finding, Shelf
from knowledge.search.base import Vectors
from knowledge.search.finder import Finder
from knowledge.understanding import Intent, Reading

_AS_SURE = 0.1  # of confidence (ours): words of rules mislead less than those of shoppers
# What rules tell so surely is asked of them though it sounds like goods or like nothing of ours (ours, measured on what is).
_PLAINLY_FROM, _PLAIN_FIT = 0.62, 0.72
_TOLD_FROM = 0.5  # what may as well be a question to the rules


@dataclass(frozen=True, slots=True)
class Rulebook:
    """The shelf of policies with all it takes to ask it; `private` are words in the titles of rules on privacy."""

    shelf: Shelf
    finder: Finder
    rewording: Rewording
    private: Sequence[str]

    @classmethod
    def of(cls, shelf: Shelf, finder: Finder) -> "Rulebook":
        """Take a shelf; how shoppers say what rules call otherwise comes with the program."""
        text = (files("knowledge") / "data" / "policy_words.toml").read_text(encoding="utf-8")
        return cls(shelf, finder, Rewording.shipped(), tomllib.loads(text)["privacy"])

    async def look_up(
        self, reading: Reading, message: Vectors, question: Question, today: date
    ) -> Evidence:
        """Give the rule that answers a message with its unit vector, shape (dim,), as of the day it asks about."""
        text = reading.text or question.text
        asked = Asked(text, message, asked_day(text, today))
        finding = await self._find(asked, is_private=reading.intent is Intent.ACCOUNT_PRIVACY)
        snippets = tuple((each.snippet, each.score) for each in finding.snippets)
        if finding.quote is None:
            return Evidence(question.asked_at, snippets=snippets)
        section, sentence = finding.quote.section, finding.quote.sentence
        return Evidence(question.asked_at, section=section, quote=sentence.text, snippets=snippets)

    def tells_plainly(self, text: str, vector: Vectors, today: date) -> bool:
        """Tell whether the rules answer a question so surely that they are meant, whatever it sounded like."""
        finding = self.shelf.ask(Asked(text, vector, asked_day(text, today)))
        is_told = finding.quote is not None and finding.confidence >= _PLAINLY_FROM
        return is_told and finding.snippets[0].score >= _PLAIN_FIT

    async def tells(self, text: str, vector: Vectors, today: date) -> bool:
        """Tell whether the rules answer what may be a question to them."""
        finding = await self._find(Asked(text, vector, asked_day(text, today)), is_private=False)
        return finding.quote is not None and finding.confidence >= _TOLD_FROM

    async def _find(self, asked: Asked, *, is_private: bool) -> Finding:
        """Ask the shelf as it was said, and in the words of rules."""
        finding = self._ask(asked, is_private=is_private)
        reworded = self.rewording(asked.question)
        if reworded == asked.question:
            return finding
        vector = (await self.finder.encode([reworded]))[0]
        again = self._ask(replace(asked, question=reworded, vector=vector), is_private=is_private)
        return again if _is_as_sure(again, finding) else finding

    def _ask(self, asked: Asked, *, is_private: bool) -> Finding:
        """Ask the shelf; what a rule on other things says of somebody's own data is no answer."""
        finding = self.shelf.ask(asked)
        if finding.quote is None or not is_private:
            return finding
        document = finding.quote.section.document.casefold()
        is_private = any(word in document for word in self.private)
        return finding if is_private else Finding(finding.snippets, None, finding.confidence)


def _is_as_sure(reworded: Finding, said: Finding) -> bool:
    """Tell whether to believe what the words of rules find: unless those that were said find it more surely."""
    if reworded.quote is None or said.quote is None:
        return reworded.quote is not None
    return reworded.confidence >= said.confidence - _AS_SURE
