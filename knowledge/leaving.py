"""A reply as it leaves: in whose manner, not said twice in a row, with the shopper's values, and what the record keeps (pure)."""

import logging
import re
from dataclasses import replace
from zoneinfo import ZoneInfo

from knowledge import amounts
from knowledge.context import Question, ShopperContext
from knowledge.facts import Facts, Kind
from knowledge.filling import Manner
from knowledge.privacy.errors import ForeignPlaceholder
from knowledge.privacy.placeholders import Scrubbed
from knowledge.templates import Words

_SENTENCE_END = re.compile(r"(?<=[.!?])\s")
_log = logging.getLogger(__name__)


def manner_for(question: Question, shop_zone: ZoneInfo) -> Manner:
    """Give the customs of the shopper's language and the shop's day."""
    local = question.asked_at.astimezone(shop_zone)
    return Manner(
        locale=amounts.locale_for(question.shopper.language),
        today=local.date(),
        variant=int(local.timestamp()),
    )


def is_said_again(words: Words, facts: Facts, context: ShopperContext) -> bool:
    """Tell whether the shopper was told the same last, or an offer led up to in the same way."""
    said = [turn.text for turn in context.turns if turn.role == "concierge"]
    if not said:
        return False
    is_opened_so = _SENTENCE_END.split(words.text)[0] == _SENTENCE_END.split(said[-1])[0]
    return words.text == said[-1] or (
        facts.kind is Kind.OFFER and not facts.before and is_opened_so
    )


def for_the_record(text: str, facts: Facts, manner: Manner) -> str:
    """Leave the distances out: those to three stores, kept on disk, would tell where somebody was."""
    for each in facts.everything():
        if each.distance_m is not None:
            told = re.escape(amounts.distance(each.distance_m, manner.locale))
            text = re.sub(rf"(?<![\d.,]){told}\b", "…", text)
    return text


def unscrubbed(scrubbed: Scrubbed, words: Words) -> Words | None:
    """Put the shopper's values into a model's words; None when they hold a placeholder not given to it.

    Templates hold none: what looks like one there stands in the catalogue.
    """
    if words.source == "template":
        return words
    try:
        return replace(words, text=scrubbed.restore(words.text))
    except ForeignPlaceholder:
        _log.warning("reply with a foreign placeholder")
        return None


def as_written(scrubbed: Scrubbed) -> str:
    """Give a message as it was written; the masked one when it spells a placeholder that was never given out."""
    try:
        return scrubbed.restore(scrubbed.text)
    except ForeignPlaceholder:
        return scrubbed.text
