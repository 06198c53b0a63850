"""The words our model may use: those it was trained on, and everyday ones."""

from collections.abc import Iterable
from importlib.resources import files

from knowledge.llm.lexicon import Lexicon


def shipped_lexicon() -> Lexicon:
    """Read the words that come with the program and its adapter."""
    trained = files("knowledge.llm") / "adapter" / "words.txt"
    return lexicon_with(trained.read_text(encoding="utf-8").split())


def lexicon_with(trained: Iterable[str]) -> Lexicon:
    """Give the words that a model was trained on together with everyday ones."""
    common = files("knowledge") / "data" / "common_words.txt"
    lines = common.read_text(encoding="utf-8").splitlines()
    everyday = (word for line in lines if not line.startswith("#") for word in line.split())
    return Lexicon([*trained, *everyday])
