"""Every sentence of the product is there in every language, with the same facts in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from knowledge.language import LANGUAGES
from scripts.translations.extracting import ROOT, template
from scripts.translations.flaws import flaws


@pytest.fixture(scope="module")
def said() -> Catalog:
    return template()


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_sentence_is_missing(said: Catalog, language: str) -> None:
    with (ROOT / "knowledge" / "language" / f"{language}.po").open("rb") as file:
        assert flaws(said, read_po(file, locale=language)) == []


def test_sentences_of_code_and_data_are_found(said: Catalog) -> None:
    assert "Shall I book it?" in said  # knowledge/data/phrases.toml
    assert "Brr, let's warm you up." in said  # knowledge/data/needs.toml


def test_sentence_in_code_is_found_with_both_its_forms(tmp_path: Path) -> None:
    code = 'A = Sentence("one " "line")\nB = Sentence("{count} use", "{count} uses")\n'
    code += 'C = Sentence(\n    "{count} hour",\n    "{count} hours",\n)\n'
    (tmp_path / "handlers").mkdir()
    (tmp_path / "handlers" / "texts.py").write_text(code)
    (tmp_path / "knowledge" / "data").mkdir(parents=True)
    for name in ("phrases", "needs"):
        (tmp_path / "knowledge" / "data" / f"{name}.toml").write_text("")
    ids = [message.id for message in template(tmp_path) if message.id]
    assert ids == ["one line", ("{count} use", "{count} uses"), ("{count} hour", "{count} hours")]


def untranslated(catalogue: Catalog) -> None:
    catalogue.add("Hi {name}", "")


def with_another_fact(catalogue: Catalog) -> None:
    catalogue.add("Hi {name}", "Hola {shop}")


def unsure(catalogue: Catalog) -> None:
    catalogue.add("Hi {name}", "Hola {name}", flags=["fuzzy"])


@pytest.mark.parametrize("wrong", [untranslated, with_another_fact, unsure])
def test_flaw_is_named(wrong: Callable[[Catalog], None]) -> None:
    said, catalogue = Catalog(), Catalog(locale="es")
    said.add("Hi {name}")
    wrong(catalogue)
    assert len(flaws(said, catalogue)) == 1
    catalogue.add("Hi {name}", "Hola {name}")
