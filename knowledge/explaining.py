"""Why something was suggested, gathered from what was kept with it and what the shopper bought."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from babel import Locale

from knowledge.catalogue import Catalogue
from knowledge.counterfactual import counterfactual
from knowledge.giving import Giving
from knowledge.habits import usual_days_between
from knowledge.reasons import Known, reasons
from knowledge.recalled import bought_like
from knowledge.templates import Words
from storage.database import Database
from storage.records import Suggestion

_LATELY = timedelta(days=30)  # what is called last month


@dataclass(frozen=True, slots=True)
class Explaining:
    """Explains suggestions of one catalogue; a store further off than `near_m` metres is no reason."""

    catalogue: Catalogue
    database: Database
    giving: Giving
    near_m: float

    async def why(self, suggestion: Suggestion, locale: Locale, now: datetime) -> Words:
        """Tell why this was suggested, as the ranking counted it, and what else would have been."""
        bought = await bought_like(suggestion, self.catalogue, self.database)
        liked = await self.giving.reason(suggestion, locale)
        every_days = usual_days_between([each.purchased_at for each in bought], now)
        known = Known(len(bought), liked, every_days)
        told = reasons(suggestion, self.catalogue, locale, known=known, near_m=self.near_m)
        lately = sum(now - each.purchased_at <= _LATELY for each in bought)
        without = counterfactual(suggestion, self.catalogue, locale, bought_lately=lately)
        text = f"{told}\n{without}" if without else told
        store = self.catalogue.stores.get(suggestion.store_id)
        return Words(text, (store.name,) if store is not None and store.name in text else ())
