"""Whoever says a sentence gives what each of its placeholders stands for."""

import ast
from collections.abc import Iterator, Mapping, Sequence
from importlib import import_module
from string import Formatter
from types import ModuleType

import pytest

from knowledge.language import Sentence
from scripts.translations.extracting import ROOT, SPOKEN_IN

SAYING = frozenset({"told", "say"})
MODULES = sorted(
    ".".join(path.relative_to(ROOT).with_suffix("").parts)
    for folder in SPOKEN_IN
    for path in (ROOT / folder).rglob("*.py")
    if "Sentence" in (code := path.read_text(encoding="utf-8"))
    or "told(" in code
    or "say(" in code
)


def sentences(value: object) -> Iterator[Sentence]:
    if isinstance(value, Sentence):
        yield value
    elif isinstance(value, Mapping):
        yield from sentences(list(value.values()))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for each in value:
            yield from sentences(each)


def meant(node: ast.expr, module: ModuleType) -> object:
    """Give what an expression may be, as far as names and tables tell; None beyond."""
    match node:
        case ast.Name(id=name):
            return getattr(module, name, None)
        case ast.Attribute(value=ast.Name(id=owner), attr=name):
            return getattr(getattr(module, owner, None), name, None)
        case ast.IfExp(body=one, orelse=other):
            return [meant(one, module), meant(other, module)]
        case ast.Subscript(value=table):
            return meant(table, module)
    return None


def lacking(call: ast.Call, module: ModuleType) -> set[str]:
    given = {"count", *(keyword.arg for keyword in call.keywords)}
    if None in given:
        return set()
    said = [each for argument in call.args[:2] for each in sentences(meant(argument, module))]
    fields = (field for each in said for text in (each.text, each.other) for field in named(text))
    return {field for field in fields if field not in given}


def named(text: str) -> Iterator[str]:
    for _, name, _, _ in Formatter().parse(text):
        if name is not None:
            yield name.partition(".")[0]


def calls(code: str) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(code)):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in SAYING
        ):
            yield node


@pytest.mark.parametrize("name", MODULES)
def test_no_placeholder_is_left_without_a_value(name: str) -> None:
    module = import_module(name)
    code = (ROOT / (name.replace(".", "/") + ".py")).read_text(encoding="utf-8")
    found = {f"line {call.lineno}": lacking(call, module) for call in calls(code)}
    assert {line: fields for line, fields in found.items() if fields} == {}


def test_placeholder_without_a_value_is_found() -> None:
    module = ModuleType("some_texts")
    module.HELLO = Sentence("Hello {name}, {o.code}")  # type: ignore[attr-defined]  # made here
    (call,) = calls("told(HELLO if is_new else HELLO, locale, name=1)")
    assert lacking(call, module) == {"o"}
