"""Sentences in the language of whoever reads them, from one catalogue a language (gettext's format, read by Babel)."""

import io
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files

from babel import Locale
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from knowledge.language.sentence import Sentence

LANGUAGES = ("en", "es")
"""The languages every sentence is there in, by ISO 639-1 code. English stands in the code."""


def told(sentence: Sentence, locale: Locale, *, count: int = 1, **values: object) -> str:
    """Say a sentence in a locale's language, English where that is none of ours.

    Args:
        sentence: What to say.
        locale: Whose language and customs.
        count: The number that decides between one and many; it fills {count} too.
        **values: What else the placeholders stand for, as people write it.
    """
    spoken = _spoken(locale.language)
    text = (
        spoken.ngettext(sentence.text, sentence.other, count)
        if sentence.other
        else spoken.gettext(sentence.text)
    )
    return text.format(count=count, **values)


def prepare() -> None:
    """Read all catalogues from disk, so that no reply has to. Blocks for 0.1 s."""
    for language in LANGUAGES:
        _spoken(language)


@cache
def _spoken(language: str) -> NullTranslations:
    if language not in LANGUAGES[1:]:
        return NullTranslations()
    text = (files("knowledge") / "language" / f"{language}.po").read_bytes()
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(text), locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
