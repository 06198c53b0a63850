"""How a reply came about, in lines for those who look behind it (pure). It writes masked texts only."""

from collections.abc import Iterable, Iterator
from dataclasses import fields

from knowledge.constraints import Constraints
from knowledge.ranking import Ranked
from knowledge.trace import Told, Trace
from knowledge.understanding import Reading
from storage.records import Person, Role

_FINDS_SHOWN = 5
_LETTERS_SHOWN = 80


def may_debug(person: Person) -> bool:
    """Tell whether somebody looks behind replies, and still may."""
    return person.sees_debug and person.role in (Role.OWNER, Role.ADMIN)


def trace_text(trace: Trace) -> str:
    """Write a trace: what was understood, what was found, and what each factor added."""
    talk = [f"step: {trace.step}"] if trace.step else []
    talk += [f"meant: {' / '.join(trace.meant.splitlines())}"] if trace.meant else []
    return "\n".join([*talk, *(line for told in trace.told for line in _told(told))])


def _told(told: Told) -> Iterator[str]:
    yield _understood(told.reading)
    if told.reading.rival is not None:
        yield f"  or {_understood(told.reading.rival)}"
    limits = _limits(told.reading.constraints)
    if limits:
        yield f"limits: {limits}"
    if told.evidence.section is not None:
        yield f"quote: {told.evidence.section.reference} «{told.evidence.quote}»"
    for snippet, score in told.evidence.snippets:
        yield f"snippet: {score:.2f} {snippet.section.reference} «{snippet.text[:_LETTERS_SHOWN]}»"
    yield from _finds(told.ranked)


def _understood(reading: Reading) -> str:
    need = f" {reading.need.name}" if reading.need else ""
    return f"intent: {reading.intent.value}{need} {reading.confidence:.2f} “{reading.text}”"


def _limits(constraints: Constraints) -> str:
    """Write the limits that are set."""
    empty = Constraints()
    told = [
        f"{field.name}={_value(getattr(constraints, field.name))}"
        for field in fields(constraints)
        if getattr(constraints, field.name) != getattr(empty, field.name)
    ]
    return ", ".join(told)


def _value(value: object) -> str:
    if isinstance(value, frozenset):
        return "|".join(sorted(map(str, value)))
    return str(value)


def _finds(ranked: Iterable[Ranked]) -> Iterator[str]:
    found = list(ranked)
    if found:
        yield f"found: {len(found)}"
    for number, each in enumerate(found[:_FINDS_SHOWN], 1):
        candidate = each.candidate
        yield f"{number}. {candidate.product.title} @ {candidate.store.name}"
        parts = [f"{name} {part:.2f}" for name, part in each.contributions.items()]
        yield f"   cos {candidate.similarity:.2f}; {each.score:.2f} = {' + '.join(parts)}"
