"""How a reply came about, in lines for those who look behind it (pure). It writes masked texts only."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from babel import Locale

from knowledge.constraints import Constraints
from knowledge.language import Sentence, told
from knowledge.ranking import Ranked
from knowledge.trace import Told, Trace
from knowledge.understanding import Reading
from storage.records import Person, Role

_FINDS_SHOWN = 5
_LETTERS_SHOWN = 80
STEP = Sentence("step: {step}")
MEANT = Sentence("meant: {meant}")
INTENT = Sentence("intent: {intent} {confidence} “{text}”")
RIVAL = Sentence("or intent: {intent} {confidence} “{text}”")
LIMITS = Sentence("limits: {limits}")
QUOTE = Sentence("quote: {section} «{quote}»")
SNIPPET = Sentence("snippet: {score} {section} «{text}»")
FOUND = Sentence("found: {number}")


def may_debug(person: Person) -> bool:
    """Tell whether somebody looks behind replies, and still may."""
    return person.sees_debug and person.role in (Role.OWNER, Role.ADMIN)


def trace_text(trace: Trace, locale: Locale) -> str:
    """Write a trace: what was understood, what was found, and what each factor added.

    The values are the program's own words, the same for all who look.
    """
    lines = []
    if trace.step:
        lines.append(told(STEP, locale, step=trace.step))
    if trace.meant:
        lines.append(told(MEANT, locale, meant=" / ".join(trace.meant.splitlines())))
    return "\n".join([*lines, *(line for each in trace.told for line in _asked(each, locale))])


def _asked(asked: Told, locale: Locale) -> Iterator[str]:
    yield _understood(INTENT, asked.reading, locale)
    if asked.reading.rival is not None:
        yield f"  {_understood(RIVAL, asked.reading.rival, locale)}"
    limits = _limits(asked.reading.constraints)
    if limits:
        yield told(LIMITS, locale, limits=limits)
    evidence = asked.evidence
    if evidence.section is not None:
        yield told(QUOTE, locale, section=evidence.section.reference, quote=evidence.quote)
    for snippet, score in evidence.snippets:
        section, text = snippet.section.reference, snippet.text[:_LETTERS_SHOWN]
        yield told(SNIPPET, locale, score=f"{score:.2f}", section=section, text=text)
    yield from _finds(asked.ranked, locale)


def _understood(sentence: Sentence, reading: Reading, locale: Locale) -> str:
    return told(
        sentence,
        locale,
        intent=f"{reading.intent.value} {reading.need.name}"
        if reading.need
        else reading.intent.value,
        confidence=f"{reading.confidence:.2f}",
        text=reading.text,
    )


def _limits(constraints: Constraints) -> str:
    """Write the limits that are set."""
    empty = Constraints()
    those_set = [
        f"{field.name}={_value(getattr(constraints, field.name))}"
        for field in fields(constraints)
        if getattr(constraints, field.name) != getattr(empty, field.name)
    ]
    return ", ".join(those_set)


def _value(value: object) -> str:
    if isinstance(value, frozenset):
        return "|".join(sorted(map(str, value)))
    return str(value)


def _finds(ranked: Iterable[Ranked], locale: Locale) -> Iterator[str]:
    found = list(ranked)
    if found:
        yield told(FOUND, locale, number=len(found))
    for number, each in enumerate(found[:_FINDS_SHOWN], 1):
        candidate = each.candidate
        yield f"{number}. {candidate.product.title} @ {candidate.store.name}"
        parts = [f"{name} {part:.2f}" for name, part in each.contributions.items()]
        yield f"   cos {candidate.similarity:.2f}; {each.score:.2f} = {' + '.join(parts)}"
