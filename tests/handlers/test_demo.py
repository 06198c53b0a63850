from typing import Any

import pytest

from handlers import texts
from handlers.admin import texts_demo
from handlers.keyboards import JUST_LOOK
from knowledge.geography.distance import distance_m
from storage.records import Person, Role, Store
from tests.builders import store
from tests.english import english
from tests.handlers.conftest import Counter, Phone, phone

BERLIN = {"latitude": 52.52, "longitude": 13.405}
ELSEWHERE = {"latitude": -33.87, "longitude": 151.21}


@pytest.fixture
async def owner(counter: Counter) -> Phone:
    owner = phone(counter, 9, "Olive")
    await owner.says("/start")
    async with counter.database.work() as work:
        await work.people.grant(Person(9, Role.OWNER, None, counter.clock()))
        await work.commit()
    return owner


async def stores(counter: Counter) -> list[Store]:
    async with counter.database.reading() as work:
        return await work.stores.all()


def far_m(store: Store, place: dict[str, float]) -> float:
    return distance_m((place["latitude"], place["longitude"]), (store.latitude, store.longitude))


async def test_town_is_laid_around_the_shared_place(counter: Counter, owner: Phone) -> None:
    asked = await owner.says("/demo here")
    assert asked.text == english(texts_demo.ASK_PLACE)
    assert asked.keyboard["keyboard"][0][0]["request_location"]
    laid = await owner.sends(location=BERLIN)
    assert [item.outgoing.method for item in laid.seen] == ["sendMessage", "sendMessage"]
    town = await stores(counter)
    assert len(town) == 40
    assert max(far_m(each, BERLIN) for each in town) < 3_000
    assert {each.time_zone for each in town} == {"Etc/GMT-1"}
    told = str(laid.seen[0].outgoing.arguments["text"])
    assert told.startswith("The sample town stands around you: 40 stores, ")
    assert "Etc/GMT-1" in told


async def test_moved_stores_are_found_at_once(counter: Counter, owner: Phone) -> None:
    await owner.says("/demo here America/New_York")
    await owner.sends(location=BERLIN)
    await owner.says("/nearby")
    listed = await owner.sends(location=BERLIN)
    assert listed.text.startswith(english(texts.NEARBY))


async def test_second_time_the_town_moves(counter: Counter, owner: Phone) -> None:
    for place in (BERLIN, ELSEWHERE):
        await owner.says("/demo here")
        await owner.sends(location=place)
    town = await stores(counter)
    assert len(town) == 40
    assert max(far_m(each, ELSEWHERE) for each in town) < 3_000
    assert {each.time_zone for each in town} == {"Etc/GMT-10"}


async def test_zone_that_was_given_is_the_towns(counter: Counter, owner: Phone) -> None:
    await owner.says("/demo here Europe/Berlin")
    await owner.sends(location=BERLIN)
    assert {each.time_zone for each in await stores(counter)} == {"Europe/Berlin"}


@pytest.mark.parametrize(
    ("command", "field"),
    [
        ("/demo", "what"),
        ("/demo there", "what"),
        ("/demo here Europe/Atlantis", "time zone"),
        ("/demo here ../../etc/passwd", "time zone"),
        ("/demo here Europe", "time zone"),
    ],
)
async def test_bad_command_names_its_field_and_asks_for_nothing(
    counter: Counter, owner: Phone, command: str, field: str
) -> None:
    before = await stores(counter)
    told = (await owner.says(command)).text
    assert told.startswith(f"Field {field}: ")
    assert told.endswith("Nothing was changed.")
    await owner.sends(location=BERLIN)
    assert await stores(counter) == before


async def test_shop_with_a_store_of_its_own_is_left_alone(counter: Counter, owner: Phone) -> None:
    async with counter.database.work() as work:
        await work.stores.add_many([store("my-own-store")])
        await work.commit()
    before = await stores(counter)
    await owner.says("/demo here")
    assert (await owner.sends(location=BERLIN)).text == english(texts_demo.OWN_STORE)
    assert await stores(counter) == before


NOT_ITS_PLACE: list[dict[str, Any]] = [
    {"location": BERLIN | {"live_period": 900}},
    {
        "location": BERLIN,
        "forward_origin": {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1},
    },
    {"location": BERLIN, "venue": {"location": BERLIN, "title": "Tower", "address": "1 Way"}},
]


@pytest.mark.parametrize("content", NOT_ITS_PLACE, ids=["live", "forwarded", "venue"])
async def test_only_one_place_of_the_owners_own_counts(
    counter: Counter, owner: Phone, content: dict[str, Any]
) -> None:
    before = await stores(counter)
    await owner.says("/demo here")
    await owner.sends(**content)
    assert await stores(counter) == before


async def test_owner_who_was_removed_meanwhile_only_shares_a_place(
    counter: Counter, owner: Phone
) -> None:
    before = await stores(counter)
    await owner.says("/demo here")
    async with counter.database.work() as work:
        await work.people.revoke(owner.shopper_id)
        await work.commit()
    assert (await owner.sends(location=BERLIN)).text == english(texts.PLACE_THANKS)
    assert await stores(counter) == before


async def test_looking_around_instead_is_no_question(counter: Counter, owner: Phone) -> None:
    await owner.says("/demo here")
    assert (await owner.says(english(JUST_LOOK))).text == english(texts.LOOK_AROUND)


async def test_owners_place_is_kept_nowhere(counter: Counter, owner: Phone) -> None:
    await owner.says("/demo here")
    await owner.sends(location=BERLIN)
    assert counter.places.latest(owner.shopper_id, counter.clock()) is None


async def test_town_is_taken_away_after_a_yes(counter: Counter, owner: Phone) -> None:
    asked = await owner.says("/demo off")
    assert asked.text == english(texts_demo.OFF_SURE, stores=40)
    kept = await owner.taps(asked.buttons["No, keep it"], asked)
    assert kept.text == english(texts.FORGET_KEPT)
    assert len(await stores(counter)) == 40
    gone = await owner.taps(asked.buttons["Yes, take it away"], asked)
    assert gone.text == english(texts_demo.OFF_DONE)
    assert await stores(counter) == []
    assert (await owner.says("/demo off")).text == english(texts_demo.OFF_NONE)


async def test_without_stores_there_is_still_an_answer(counter: Counter, owner: Phone) -> None:
    asked = await owner.says("/demo off")
    await owner.taps(asked.buttons["Yes, take it away"], asked)
    assert (await owner.says("I'm cold")).text
    await owner.says("/demo here")
    await owner.sends(location=BERLIN)
    assert len(await stores(counter)) == 40


async def test_capitals_and_length_of_what_is_written_do_no_harm(owner: Phone) -> None:
    assert (await owner.says("/demo Here")).text == english(texts_demo.ASK_PLACE)
    reply = await owner.says(f"/demo here {'z' * 4_000}")
    assert reply.text == english(texts_demo.DEMO_ZONE, given="z" * 39 + "…")
