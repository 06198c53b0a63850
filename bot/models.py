"""Which class stands behind `kind` and `backend` in the settings. Loading is slow: call these in the thread that uses it."""

from bot.settings import ModelSettings, SearchSettings
from knowledge.llm.base import LanguageModel
from knowledge.llm.scripted import ScriptedModel
from knowledge.search.embedder import Embedder, SentenceEmbedder
from knowledge.search.toy import ToyEmbedder


def search_model(settings: SearchSettings) -> Embedder:
    """Load the embedding model; takes seconds.

    Raises:
        ModelFolderMissing: its files are not there.
    """
    if settings.backend == "toy":
        return ToyEmbedder()
    return SentenceEmbedder(
        settings.embedder_folder, backend=settings.backend, threads=settings.threads
    )


def language_model(settings: ModelSettings) -> LanguageModel:
    """Load the language model; takes seconds."""
    return ScriptedModel()
