"""What the shop's rules say to a question: asked as it was said, then in the words of rules.

A question about somebody's own data is answered by the rules on privacy alone: other rules keep things too.
"""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
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
        day = asked_day(text, today)
        finding = self._ask(reading, Asked(text, message, day))
        reworded = self.rewording(text)
        if finding.quote is None and reworded != text:
            vector = (await self.finder.encode([reworded]))[0]
            again = self._ask(reading, Asked(reworded, vector, day))
            finding = again if again.quote is not None else finding
        snippets = tuple((each.snippet, each.score) for each in finding.snippets)
        if finding.quote is None:
            return Evidence(question.asked_at, snippets=snippets)
        section, sentence = finding.quote.section, finding.quote.sentence
        return Evidence(question.asked_at, section=section, quote=sentence.text, snippets=snippets)

    def _ask(self, reading: Reading, asked: Asked) -> Finding:
        """Ask the shelf; what a rule on other things says of somebody's own data is no answer."""
        finding = self.shelf.ask(asked)
        if finding.quote is None or reading.intent is not Intent.ACCOUNT_PRIVACY:
            return finding
        document = finding.quote.section.document.casefold()
        is_private = any(word in document for word in self.private)
        return finding if is_private else Finding(finding.snippets, None, finding.confidence)
