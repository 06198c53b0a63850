"""One scripted conversation with the real bot: played, printed, and checked against the database.

Two shoppers: one who is new, and Ana of the sample town who has bought before. It drives the phone only; what is right is
decided in smoke_checks.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from bot.opening import read_keys
from bot.settings import Settings
from scripts.demo.people import FIRST_ID
from scripts.phone import Message, Phone, labels_of, text_of
from scripts.smoke_checks import Facts, read_facts, untrue
from storage.crypto import Cipher
from storage.database import Database

NEW_SHOPPER_ID = 424_242
ANA_ID = FIRST_ID
# The first reply after a start also waits for the search model to load.
FIRST_REPLY_S = 120.0
REPLY_S = 20.0

Wanted = Callable[["Reply", Facts], bool]


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: words, buttons under them, and whether a place is asked for."""

    text: str
    labels: tuple[str, ...]
    asks_for_place: bool
    message: Message


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a shopper does; `wanted` tells whether the reply fits, `hint` what it should have been.

    `text` starting with "tap " taps the button so labelled under the last message that has it; "place" shares
    the town's centre.
    """

    text: str
    hint: str
    wanted: Wanted


def _offers(reply: Reply, facts: Facts) -> bool:
    return "Book it" in reply.labels and facts.names_a_product(reply.text)


def _offers_or_lists(reply: Reply, facts: Facts) -> bool:
    return facts.names_a_product(reply.text) and bool(reply.labels)


def _says_something(reply: Reply, _: Facts) -> bool:
    return bool(reply.text)


def _asks_for_place(reply: Reply, _: Facts) -> bool:
    return reply.asks_for_place


def _names_order(reply: Reply, facts: Facts) -> bool:
    return facts.names_an_order(reply.text)


def _quotes_policy(reply: Reply, facts: Facts) -> bool:
    return facts.quotes_a_policy(reply.text)


def _names_coffee_store(reply: Reply, facts: Facts) -> bool:
    return facts.names_a_store(reply.text) and facts.has_distance(reply.text)


def _names_coupon(reply: Reply, facts: Facts) -> bool:
    return facts.names_a_coupon(reply.text)


NEW_SHOPPER = (
    Step("/start", "a greeting", _says_something),
    Step("I'm cold", "asks for a place, with the button", _asks_for_place),
    Step("place", "an offer", _offers),
    Step("tap Why?", "the reasons", _says_something),
    Step("tap Book it", "an order code", _names_order),
    Step("where's the nearest store with coffee?", "a store, how far", _names_coffee_store),
    Step("do I have any coupons left?", "coupons", _says_something),
    Step("where is my order?", "the order just placed", _names_order),
    Step("what is your return policy?", "a quote of the policy", _quotes_policy),
    Step("I'm hungry", "something to eat", _offers_or_lists),
)
ANA = (
    Step("/start", "a greeting", _says_something),
    Step("place", "thanks", _says_something),
    Step("I'm cold", "an offer", _offers),
    Step("tap Why?", "the reasons", _says_something),
    Step("tap Book it", "an order code", _names_order),
    Step("where's the nearest store with coffee?", "a store, how far", _names_coffee_store),
    Step("do I have any coupons left?", "her coupons", _names_coupon),
    Step("where is my order?", "her order", _names_order),
    Step("what is your return policy?", "a quote of the policy", _quotes_policy),
    Step("I'm hungry", "something to eat", _offers_or_lists),
)


async def play(http: aiohttp.ClientSession, server_url: str, settings: Settings) -> int:
    """Play both conversations and print them; gives 0 when every reply fits and holds only facts, else 1."""
    async with http.get(f"{server_url}/town") as response:
        centre = await response.json()
        place = (centre["latitude"], centre["longitude"])
    async with http.get(f"{server_url}/clock") as response:
        shop_time = datetime.fromisoformat((await response.json())["now"])
    database = await Database.open(settings.database_url, cipher=Cipher(read_keys(settings)))
    problems: list[str] = []
    try:
        for name, phone, steps in (
            ("Sam, who is new", Phone(http, server_url, NEW_SHOPPER_ID, "Sam"), NEW_SHOPPER),
            ("Ana, who comes often", Phone(http, server_url, ANA_ID, "Ana"), ANA),
        ):
            print(f"\n── {name}", flush=True)
            conversation = Conversation(phone, place, database, shop_time)
            problems += await conversation.play(steps)
    finally:
        await database.close()
    print()
    for problem in problems:
        print(f"FAILED: {problem}")
    if not problems:
        print("Every store, distance, product, price and coupon above is in the database.")
    return 1 if problems else 0


class Conversation:
    """One shopper's talk with the bot, printed as it goes."""

    def __init__(
        self,
        phone: Phone,
        centre: tuple[float, float],
        database: Database,
        shop_time: datetime,
    ) -> None:
        self._phone = phone
        self._centre = centre
        self._database = database
        self._shop_time = shop_time
        self._heard: list[Message] = []

    async def play(self, steps: Sequence[Step]) -> list[str]:
        """Play the steps and give what was wrong, one line each."""
        problems: list[str] = []
        within_s = FIRST_REPLY_S
        for step in steps:
            print(f"  > {'(shares a place)' if step.text == 'place' else step.text}", flush=True)
            replies = await self._do(step, within_s)
            if not step.text.startswith("/"):  # commands do not wait for the search model
                within_s = REPLY_S
            facts = await read_facts(
                self._database, self._phone.user_id, self._centre, self._shop_time
            )
            for reply in replies:
                _print(reply)
                problems += [f"{step.text}: {problem}" for problem in untrue(reply.message, facts)]
            if not any(step.wanted(reply, facts) for reply in replies):
                problems.append(f"{step.text}: expected {step.hint}")
        return problems

    async def _do(self, step: Step, within_s: float) -> list[Reply]:
        events = await self._phone.reaction(self._act(step.text), within_s=within_s)
        asks_for_place = await self._phone.asks_for_place()
        replies = []
        for event in events:
            message = event.get("message") or {"text": event["text"]}
            if "message" in event:
                self._heard.append(message)
            replies.append(
                Reply(text_of(message), tuple(labels_of(message)), asks_for_place, message)
            )
        return replies

    async def _act(self, text: str) -> None:
        if text == "place":
            await self._phone.share_place(*self._centre)
        elif text.startswith("tap "):
            label = text.removeprefix("tap ")
            shown = (message for message in reversed(self._heard) if label in labels_of(message))
            message = next(shown, None)
            if message is not None:
                await self._phone.tap(message, label)
        else:
            await self._phone.write(text)


def _print(reply: Reply) -> None:
    for line in reply.text.splitlines():
        print(f"    {line}")
    if reply.labels:
        print(f"    [{'] ['.join(reply.labels)}]")
    if reply.asks_for_place:
        print("    [Share location]")
