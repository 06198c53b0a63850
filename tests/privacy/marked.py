"""Texts with what a detector should find marked as ⟦ … ⟧."""

import re

from knowledge.privacy.reading import Reading
from knowledge.privacy.spans import resolve

_MARK = re.compile("⟦(.*?)⟧", re.DOTALL)


def found(find, marked, **known):
    """Give what a detector marks in a text whose marks were taken out, with its own marks."""
    text = _MARK.sub(r"\1", marked)
    reading = Reading(text, **known)
    typed = []
    for span in find(reading):
        start, end = reading.plain.typed(span.start, span.end)
        typed.append(type(span)(start, end, span.kind, span.value))
    for span in reversed(resolve(typed)):
        text = f"{text[: span.start]}⟦{text[span.start : span.end]}⟧{text[span.end :]}"
    return text
