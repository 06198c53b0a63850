"""The nouns of understanding: what can be wanted, and a message understood. Knows no model and no example."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from knowledge.constraints import Constraints, Recipient
from knowledge.language import Sentence


class Intent(StrEnum):
    """What a shopper may want of the bot; the names are those of the measurement contract, and CARE."""

    NEED = "need"
    PRODUCT_SEARCH = "product_search"
    STORE_LOOKUP = "store_lookup"
    COUPONS = "coupons"
    RECOMMEND = "recommend"
    ORDER_PLACE = "order_place"
    ORDER_STATUS = "order_status"
    ORDER_CHANGE = "order_change"
    ORDER_CANCEL = "order_cancel"
    REFUND_RETURN = "refund_return"
    DELIVERY = "delivery"
    PAYMENT = "payment"
    INVOICE = "invoice"
    POLICY = "policy"
    ACCOUNT_PRIVACY = "account_privacy"
    COMPLAINT = "complaint"
    HUMAN = "human"
    SMALLTALK = "smalltalk"
    OUT_OF_SCOPE = "out_of_scope"
    CARE = "care"


PLACE_INTENTS = frozenset(
    {Intent.NEED, Intent.PRODUCT_SEARCH, Intent.RECOMMEND, Intent.STORE_LOOKUP}
)
POLICY_INTENTS = frozenset(
    {Intent.REFUND_RETURN, Intent.DELIVERY, Intent.PAYMENT, Intent.INVOICE, Intent.POLICY}
)

_WORD = re.compile(r"[a-z]+(?:'[a-z]+)?")
# Words around the thing that a wish names.
_SAYS_LITTLE = frozenset(
    "i i'm i've i'd im my me we our you your it it's its is are am be the a an and or but for of to in on at with "
    "so too very just some something anything someone need want would like have has had get got give find buy "
    "please pls plz now right today tonight tomorrow here there out up down this that these those some any good "
    "nice new best not no don't can't do does did can could where what who when how one more else really need "
    "forgot help quick quickly fast little bit week morning evening night afternoon day saturday sunday".split()
)

GIFT = "gift"  # the need of whoever looks for a present
_GROWN_UP = 13
# Below this confidence a message is taken for a search and judged by what it finds (ours).
UNSURE_BELOW = 0.42


@dataclass(frozen=True, slots=True)
class Need:
    """A human need: how people say it, what helps and never does, and how to open a reply about it.

    `instead` names the need that it is for certain people: "child", "baby", "dog".
    `is_sensitive`: about illness or intimate things, told in sentences of ours alone.
    """

    name: str
    says: tuple[str, ...]
    wants: tuple[str, ...]
    openings: tuple[Sentence, ...]
    never: frozenset[str] = frozenset()
    instead: Mapping[str, str] = field(default_factory=dict)

    def for_(self, recipient: Recipient | None) -> str:
        """Give the name of the need that it is when somebody has it: a present for a baby is none for a host."""
        if recipient is None:
            return self.name
        is_child = recipient.age_years is not None and recipient.age_years < _GROWN_UP
        return self.instead.get(
            recipient.who, self.instead.get("child", self.name) if is_child else self.name
        )

    def beyond(self, text: str) -> str:
        """Give the words of a text that people do not use for this need, and that say something."""
        usual = {word for said in self.says for word in _WORD.findall(said.casefold())}
        words = _WORD.findall(text.casefold().replace("’", "'"))
        return " ".join(word for word in words if word not in usual | _SAYS_LITTLE)

    is_sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A message understood, or one part of it.

    `confidence` lies in 0 … 1, `need` is set with Intent.NEED only, and `tone` tells sorts of one intent
    apart that only differ in the words of the reply (thanks, bye). `text` is what it reads, and `rows` are
    the rows of the message's vectors that stand for it (see `vector_of`). `others` are further things asked
    in the same message, the more urgent first; they have none of their own. `rival` is the next best reading
    of the same text when it is nearly as good. `hunch` is the need that a search may have come from: for when nothing
    is found. `wants_person` tells that a human is asked for, anywhere in
    the message.
    """

    intent: Intent
    confidence: float
    need: Need | None
    constraints: Constraints
    tone: str = ""
    text: str = ""
    others: "tuple[Reading, ...]" = ()
    wants_person: bool = False
    rival: "Reading | None" = None
    hunch: Need | None = None
    rows: tuple[int, ...] = (0,)

    @property
    def is_sure(self) -> bool:
        """Tell whether it is more than a guess."""
        return self.confidence >= UNSURE_BELOW

    @property
    def label(self) -> str:
        """Name the wish for the suggestion's record: the need, else the intent."""
        return self.need.name if self.need else self.intent.value
