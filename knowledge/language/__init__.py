"""The sentences of the product in every language it speaks; it must not know what any of them is about."""

from knowledge.language.sentence import Sentence
from knowledge.language.speaking import LANGUAGES, prepare, told

__all__ = ["LANGUAGES", "Sentence", "prepare", "told"]
