"""Which class stands behind `kind` and `backend` in the settings. Loading is slow: call these where they are used."""

from bot.settings import ModelSettings, SearchSettings
from knowledge.llm.base import LanguageModel
from knowledge.llm.llama import LlamaModel
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.server import ServerModel
from knowledge.search.base import Embedder
from knowledge.search.embedder import SentenceEmbedder
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
    """Load the language model; takes seconds. `kind` is not "none".

    Raises:
        ModelUnavailable: it cannot be used.
    """
    if settings.kind == "server":
        return ServerModel(
            settings.server_url, settings.server_model, timeout_s=settings.deadline_s
        )
    if settings.kind == "scripted":
        return ScriptedModel()
    return LlamaModel(settings.path, threads=settings.threads)
