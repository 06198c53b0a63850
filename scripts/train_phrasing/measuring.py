"""How well the adapter writes for needs that it was not trained on, measured as `scripts.evaluate replies` does."""

import asyncio
from collections.abc import Iterator, Sequence
from pathlib import Path

from knowledge.facts import Facts, Kind
from knowledge.llm.lexicon import Lexicon
from knowledge.llm.llama import LlamaModel, Trained
from knowledge.privacy.scrubber import Scrubber
from knowledge.search.embedder import SentenceEmbedder
from scripts.evaluate.replies.asking import Listener, Speaker, ask_all, shop_names
from scripts.evaluate.replies.cases import Case
from scripts.evaluate.replies.openings import Opened, opening_of
from scripts.evaluate.replies.openings import figures as openings_figures
from scripts.evaluate.replies.scores import checked, figures
from scripts.evaluate.reporting import Figures
from scripts.train_phrasing.examples import Need

EMBEDDER = Path("models/all-MiniLM-L6-v2")
_DEADLINE_S = 60.0
_PLAIN = Facts(
    Kind.OFFER, store="Corner House", distance_m=120, item="Blue Thing", price_cents=1250, currency="EUR"
)  # fmt: skip
_WITH_COUPON = Facts(
    Kind.OFFER, store="Market Hall", item="Small Thing", price_cents=700, currency="EUR", coupon_code="AUTUMN10", discount_percent=10
)  # fmt: skip


def measure(needs: Sequence[Need], weights: Path, adapter: Path, lexicon: Lexicon) -> Figures:
    """Write an offer for every held-out message, and give the shares, 0 to 1; takes some minutes."""
    cases = list(_cases(needs))
    embedder = SentenceEmbedder(EMBEDDER)
    names = shop_names(cases)
    listener = Listener(Scrubber(keep=names), embedder)
    trained = Trained(adapter, lexicon)
    speaker = Speaker(lambda: LlamaModel(weights, trained=trained), lexicon, _DEADLINE_S)
    told = asyncio.run(ask_all(cases, listener, speaker))
    opened = [
        Opened(str(each.case.id), each.case.need or "", each.case.message, opening_of(each.text, each.case.facts))
        for each in told
        if each.source == "model"
    ]  # fmt: skip
    return {
        **figures([checked(each, names) for each in told]),
        **openings_figures(opened, embedder),
    }


def _cases(needs: Sequence[Need]) -> Iterator[Case]:
    messages = [(need, pair[0]) for need in needs if need.held_out for pair in need.pairs]
    for number, (need, message) in enumerate(messages):
        yield Case(number, message, _WITH_COUPON if number % 3 == 0 else _PLAIN, need.name)
