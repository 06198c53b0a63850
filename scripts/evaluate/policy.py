"""Whether questions about rules find the passage that answers, and whether what cannot be answered is not.

Input and what is in it: policy_cases.py. Prediction: {"qid", "passages": [ids, best first], "answer": the
reply or null, "quote": a sentence of one of the first three passages, word for word, or null}.

Figures, within a question's site where it has one:
  recall_at_1, recall_at_3, mrr  the passage that answers, over questions whose passage is there
  answered     share of those that got an answer
  right        share of these answers that quote the passage that answers
  quoted       share of all answers whose quote stands word for word in one of the first three passages
  abstained    share without an answer among questions whose passage is not there
  trade_off    for some bars: [abstained, answered] there
  p50_ms, p99_ms  time for one question, its embedding aside

`--without-gold SHARE` takes out that share of the passages that answer something, so that their questions
have no answer. MiniLM alone (the question against whole passages) and words alone (BM25) stand beside it.
"""

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path, PurePosixPath
from typing import TextIO

import numpy as np

from knowledge import amounts
from knowledge.facts import Facts, Kind
from knowledge.filling import Manner
from knowledge.policies.sections import sections_of
from knowledge.policies.shelf import SNIPPETS_TOLD, Asked, Finding, Quote, Shelf, texts_of
from knowledge.policies.vocabulary import Vocabulary, stems
from knowledge.policies.wording import Wording
from knowledge.search.base import Embedder, Vectors
from knowledge.search.embedder import SentenceEmbedder
from knowledge.templates import Templates
from scripts.evaluate.maskers import MODEL
from scripts.evaluate.policy_cases import (
    Case,
    Document,
    is_answerable,
    read_cases,
    read_documents,
    without_gold,
)
from scripts.evaluate.policy_scores import Told, figures, table, trade_off
from scripts.evaluate.reading import predictions
from scripts.evaluate.reporting import Figures, percentile, print_table, rounded, watched
from storage.records import Policy

_DAY = date(2026, 1, 1)  # any: the documents have no days
_FILES = (".md", ".txt", ".html", ".pdf")
_PASSAGES_TOLD = 50
_AT_ONCE = 64  # texts embedded together
OURS, MINILM, WORDS = "concierge", "MiniLM alone", "words alone"


@dataclass(frozen=True, slots=True)
class Library:
    """The documents, cut and embedded, and the ids of each site's."""

    shelf: Shelf
    documents: Mapping[str, Document]
    of_site: Mapping[str | None, Sequence[str]]

    def open_to(self, case: Case) -> Sequence[str]:
        """Give the ids of the documents a question may be answered from."""
        return list(self.documents) if case.site is None else self.of_site.get(case.site, ())


def add_options(parser: argparse.ArgumentParser) -> None:
    """Declare what the command line takes."""
    parser.add_argument(
        "--documents", type=Path, required=True, metavar="FILE", help=".jsonl[.gz]"
    )
    parser.add_argument(
        "--questions", type=Path, required=True, metavar="FILE", help=".jsonl[.gz]"
    )
    parser.add_argument("--out", type=Path, metavar="FILE", help="gets the predictions")
    parser.add_argument(
        "--without-gold",
        type=_share,
        default=0.0,
        metavar="SHARE",
        help="passages taken out, 0 to 1",
    )
    parser.add_argument("--seed", type=int, default=1, help="which passages are taken out")


def measure(options: argparse.Namespace) -> Figures:
    """Ask every question, write the predictions, print the table.

    Raises:
        EvaluateError: the data is bad, or the predictions cannot be written.
        ModelFolderMissingError: the search model is missing.
    """
    return measured(options, SentenceEmbedder(MODEL))


def measured(options: argparse.Namespace, embedder: Embedder) -> Figures:
    """Measure with a model that is there."""
    cases = read_cases(options.questions)
    kept = without_gold(
        read_documents(options.documents), cases, options.without_gold, options.seed
    )
    library = _library(kept, embedder)
    asked = sorted({case.question for case in cases})
    vectors = dict(zip(asked, _embedded(embedder, asked), strict=True))
    with predictions(options.out, data=options.questions) as out:
        told, taken_s = _ask(cases, library, vectors, out)
    speed = {
        "p50_ms": rounded(percentile(taken_s, 0.5) * 1000),
        "p99_ms": rounded(percentile(taken_s, 0.99) * 1000),
    }
    head: Figures = {"task": "policy", "questions": len(cases), "documents": len(kept)}
    if all(case.gold is None for case in cases):
        return {**head, **speed}
    peers = _peers(cases, library, embedder, vectors)
    halves = {f"{OURS}, half {name}": half for name, half in _halves(told).items()}
    print_table(*table({OURS: told, **halves, **peers}))
    return {
        **head,
        **figures(told),
        "trade_off": trade_off(told),
        **{name: figures(half) for name, half in _halves(told).items()},
        **{name: figures(peer) for name, peer in peers.items()},
        **speed,
    }


def _library(documents: Sequence[Document], embedder: Embedder) -> Library:
    policies = [Policy(each.id, _title(each), each.text, _DAY) for each in documents]
    sections = [section for policy in policies for section in sections_of(policy)]
    vectors = _embedded(embedder, texts_of(sections))
    of_site: dict[str | None, list[str]] = defaultdict(list)
    for each in documents:
        of_site[each.site].append(each.id)
    shelf = Shelf(sections, vectors, Vocabulary.shipped())
    return Library(shelf, {each.id: each for each in documents}, of_site)


def _title(document: Document) -> str:
    """Give a document's name: a file's name tells what is in it, a passage's number does not."""
    path = PurePosixPath(document.id)
    return path.stem if path.suffix in _FILES else ""


def _ask(
    cases: Sequence[Case], library: Library, vectors: Mapping[str, Vectors], out: TextIO | None
) -> tuple[list[Told], list[float]]:
    """Ask every question, timed, and write what is told."""
    told: list[Told] = []
    taken_s: list[float] = []
    manner = Manner(amounts.locale_for("en"), _DAY)
    templates = Templates.shipped()
    for case in watched(cases, "policy"):
        asked = Asked(case.question, vectors[case.question], _DAY, set(library.open_to(case)))
        begun_s = time.perf_counter()
        ranking = list(
            dict.fromkeys(f.snippet.section.policy_id for f in library.shelf.rank(asked))
        )
        finding = library.shelf.ask(asked)
        taken_s.append(time.perf_counter() - begun_s)
        told.append(_told(case, library, ranking, finding))
        if out is not None:
            line = _prediction(case, ranking, finding.quote, templates, manner)
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
    return told, taken_s


def _told(case: Case, library: Library, ranking: Sequence[str], finding: Finding) -> Told:
    quote = finding.quote
    texts = [library.documents[each].text for each in ranking[:SNIPPETS_TOLD]]
    return Told(
        qid=str(case.id),
        gold=case.gold,
        is_answerable=is_answerable(case, library.documents),
        rank=ranking.index(case.gold) + 1 if case.gold in ranking else None,
        answered_from=None if quote is None else quote.section.policy_id,
        is_verbatim=quote is not None and any(quote.sentence.source in text for text in texts),
        confidence=finding.confidence,
    )


def _prediction(
    case: Case, ranking: Sequence[str], quote: Quote | None, templates: Templates, manner: Manner
) -> dict[str, object]:
    """Give the line for a question; the quote is a part of the passage as it is, marks and line breaks included."""
    passages = list(ranking[:_PASSAGES_TOLD])
    if quote is None:
        return {"qid": case.id, "passages": passages, "answer": None, "quote": None}
    document = quote.section.reference or quote.section.policy_id
    said = templates.say(Facts(Kind.POLICY, quote=quote.sentence.text, document=document), manner)
    return {
        "qid": case.id,
        "passages": passages,
        "answer": said.text,
        "quote": quote.sentence.source,
    }


def _peers(
    cases: Sequence[Case], library: Library, embedder: Embedder, vectors: Mapping[str, Vectors]
) -> dict[str, list[Told]]:
    """Rank whole passages by meaning alone, and by words alone."""
    ids = list(library.documents)
    place = {each: number for number, each in enumerate(ids)}
    texts = [library.documents[each].text for each in ids]
    meaning = _embedded(embedder, texts)
    wording = Wording([stems(text) for text in texts])
    found: dict[str, list[Told]] = {MINILM: [], WORDS: []}
    for case in cases:
        open_ = [place[each] for each in library.open_to(case)]
        scores = {
            MINILM: np.einsum("ij,j->i", meaning[open_], vectors[case.question]),
            WORDS: wording.shares(dict.fromkeys(stems(case.question), 1.0))[open_],
        }
        for name, values in scores.items():
            ranking = [ids[open_[number]] for number in np.argsort(-values, kind="stable")]
            found[name].append(_ranked(case, library, ranking))
    return found


def _ranked(case: Case, library: Library, ranking: Sequence[str]) -> Told:
    rank = ranking.index(case.gold) + 1 if case.gold in ranking else None
    return Told(str(case.id), case.gold, is_answerable(case, library.documents), rank)


def _halves(told: Sequence[Told]) -> dict[str, list[Told]]:
    """Split by the questions' ids: whoever looks at mistakes does so in the first half only."""
    halves: dict[str, list[Told]] = {"a": [], "b": []}
    for each in told:
        halves["ab"[sha256(each.qid.encode()).digest()[0] % 2]].append(each)
    return halves


def _embedded(embedder: Embedder, texts: Sequence[str]) -> Vectors:
    """Embed texts, those of like length together, which is several times faster than as they come."""
    order = sorted(range(len(texts)), key=lambda number: len(texts[number]))
    parts = [order[start : start + _AT_ONCE] for start in range(0, len(order), _AT_ONCE)]
    done = [
        embedder.encode([texts[number] for number in part]) for part in watched(parts, "embed")
    ]
    vectors = np.concatenate(done)
    return np.asarray(vectors[np.argsort(order)], dtype=np.float32)


def _share(word: str) -> float:
    share = float(word)
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{word} is no share from 0 to 1")
    return share
