"""Whether an answer is of the right kind, shows the right goods, store, policy and coupon (pure)."""

from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.facts import Facts
from scripts.demo.stores import stores as sample_stores
from scripts.evaluate.golden.cases import Wanted, listed
from scripts.evaluate.golden.stage import Asked
from storage.records import Product

_SHOWING = frozenset({"offer", "options", "stores"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was right about one answer; None = nothing was expected there.

    `group`: the first thing shown is of the right group, and what must be first is; `shown` counts the things
    shown and `fitting` those of the right group among them.
    """

    wanted: Wanted
    kind: bool
    group: bool | None
    store: bool | None
    document: bool | None
    shown: int
    fitting: int
    impossible: tuple[str, ...]
    told: str
    titles: tuple[str, ...]

    @property
    def is_well(self) -> bool:
        """Tell whether nothing is to be said against the answer."""
        checks = (self.kind, self.group, self.store, self.document)
        return not self.impossible and all(check is not False for check in checks)


def judged(
    wanted: Wanted, asked: Asked, before: Asked | None, impossible: Sequence[str]
) -> Verdict:
    """Compare an answer with what was wanted; `before` is the answer before it in the same talk."""
    answer = asked.answer
    products = [ranked.candidate.product for ranked in answer.shown]
    fitting = sum(_fits(product, wanted) for product in products)
    kinds = {facts.kind.value for facts in answer.facts.everything()}
    return Verdict(
        wanted=wanted,
        kind=_is_right_kind(wanted, kinds, answer.kind.value),
        group=_group(wanted, products, before) if wanted.group else None,
        store=_names_store(wanted, asked),
        document=_names_document(wanted, answer.facts),
        shown=len(products) if wanted.group else 0,
        fitting=fitting if wanted.group else 0,
        impossible=tuple(impossible),
        told=answer.words.text,
        titles=tuple(f"{each.title} [{each.attributes['aisle']}]" for each in products),
    )


def _is_right_kind(wanted: Wanted, kinds: set[str], main: str) -> bool:
    if wanted.both:
        return all(kinds & each for each in wanted.both)
    return main in wanted.kinds or bool(kinds & wanted.kinds and not kinds & _SHOWING)


def _group(wanted: Wanted, products: Sequence[Product], before: Asked | None) -> bool | None:
    """Tell whether what is shown is right; None = nothing is shown, and that is right as well."""
    message = wanted.message
    if not products:
        return False if wanted.both or wanted.kinds <= _SHOWING else None
    first, families = products[0], {product.title.split(",")[0] for product in products}
    return (
        _fits(first, wanted)
        and (not message.shows or first.id == message.shows)
        and (not message.distinct or len(families) == len(products))
        and (message.first_below is None or first.price_cents <= message.first_below * 100)
        and (not message.cheaper or first.price_cents < _least_cents(before))
    )


def _least_cents(before: Asked | None) -> float:
    shown = before.answer.shown if before is not None else ()
    return min((each.candidate.product.price_cents for each in shown), default=float("inf"))


def _fits(product: Product, wanted: Wanted) -> bool:
    names = {product.id, product.category, product.attributes["aisle"]}
    if wanted.message.not_colour and wanted.message.not_colour in product.title.casefold():
        return False
    return bool(names & wanted.group) and not names & wanted.not_group


def _names_store(wanted: Wanted, asked: Asked) -> bool | None:
    stores = listed(wanted.message.store)
    if not stores:
        return None
    if asked.answer.shown:
        return asked.answer.shown[0].candidate.store.id in stores
    ids = {store.name: store.id for store in sample_stores()}
    return bool(
        {ids.get(facts.store or "") for facts in asked.answer.facts.everything()} & {*stores}
    )


def _names_document(wanted: Wanted, facts: Facts) -> bool | None:
    message = wanted.message
    if message.code:
        return any(each.coupon_code == message.code for each in facts.everything())
    if not message.document:
        return None
    told = [each.document for each in facts.everything() if each.document]
    return any(name in document for document in told for name in listed(message.document))
