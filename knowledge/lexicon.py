"""The words our model may use: those it was trained on, and everyday ones."""

from importlib.resources import files

from knowledge.llm.lexicon import Lexicon


def shipped_lexicon() -> Lexicon:
    """Read the words that come with the program and its adapter."""
    lists = (
        files("knowledge.llm") / "adapter" / "words.txt",
        files("knowledge") / "data" / "common_words.txt",
    )
    lines = [line for each in lists for line in each.read_text(encoding="utf-8").splitlines()]
    return Lexicon(word for line in lines if not line.startswith("#") for word in line.split())
