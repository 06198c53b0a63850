"""Which class stands behind `kind` and `backend` in the settings. Loading is slow: call these where they are used."""

from pathlib import Path

from bot.setting_sections import ModelSettings, SearchSettings
from knowledge.lexicon import shipped_lexicon
from knowledge.llm.base import LanguageModel
from knowledge.llm.llama import LlamaModel, Trained
from knowledge.llm.scripted import ScriptedModel
from knowledge.llm.server import ServerModel
from knowledge.privacy.tagging.base import NoTagger, TextTagger
from knowledge.privacy.tagging.tagger import Tagger
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


def text_tagger(settings: SearchSettings) -> TextTagger:
    """Load the tagger of personal data, which reads the search model's table of word pieces; takes a second.

    Raises:
        ModelFolderMissingError: that model is not there.
    """
    if settings.backend == "toy":
        return NoTagger()
    return Tagger(settings.embedder_folder)


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
    trained = Trained(Path(settings.adapter), shipped_lexicon()) if settings.adapter else None
    return LlamaModel(settings.path, trained=trained, threads=settings.threads)
