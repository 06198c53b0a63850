"""One product that somebody points at: its price, the coupon that fits and the nearest store that has it."""

from zoneinfo import ZoneInfo

from knowledge.answer import Answer
from knowledge.compose import compose
from knowledge.constraints import Constraints
from knowledge.context import ShopperContext
from knowledge.evidence import Evidence
from knowledge.leaving import for_the_record, manner_for
from knowledge.phrasing import Phrasing
from knowledge.ranking import rank
from knowledge.shelves import Shelves
from knowledge.understanding import Intent, Reading
from storage.records import Product


async def shown_alone(
    product: Product,
    context: ShopperContext,
    shelves: Shelves,
    phrasing: Phrasing,
    time_zone: ZoneInfo,
) -> Answer:
    """Offer a product as if it had been asked for by name, or say what is in the way.

    For the record its title is what was said, so that "Not for me" and "the cheaper one" go on from it.
    """
    question = context.question
    reading = Reading(Intent.PRODUCT_SEARCH, 1.0, None, Constraints(), text=product.title)
    evidence = Evidence(
        question.asked_at,
        has_place=question.fix is not None,
        found=await shelves.places_of(product, context),
    )
    ranked = rank(evidence.found.available, context.taste)
    composition = compose(reading, evidence, ranked, options_shown=1)
    manner = manner_for(question, time_zone)
    words = phrasing.plain(composition.facts, manner)
    return Answer(
        words=words,
        facts=composition.facts,
        shown=composition.shown,
        orders=composition.orders,
        wish=reading.label,
        scrubbed_question=product.title,
        scrubbed_answer=for_the_record(words.text, composition.facts, manner),
        stores=composition.stores,
    )
