"""Spanish ears: what a shopper says in Spanish, put into plain English, which is what everything else understands."""

from knowledge.spanish.deciding import is_spanish
from knowledge.spanish.putting import in_english, prepare

__all__ = ["in_english", "is_spanish", "prepare"]
