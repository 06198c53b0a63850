import pytest

from tests.emulator.caller import Caller, Json

OLIVIA = {"id": 12, "first_name": "Olivia", "group": "The shop", "start": "owner_x-1"}


async def people(telegram: Caller) -> list[Json]:
    found: list[Json] = (await telegram.get("people"))["people"]
    return found


async def test_an_offered_person_is_listed_once_and_with_the_newest_words(
    telegram: Caller,
) -> None:
    assert await people(telegram) == []
    await telegram.post("people", **OLIVIA, unknown="left out")
    assert await people(telegram) == [OLIVIA]
    await telegram.post("people", id=12, first_name="Olivia", about="Runs the shop")
    assert await people(telegram) == [{"id": 12, "first_name": "Olivia", "about": "Runs the shop"}]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"id": 0}, "id"),
        ({"id": "12"}, "id"),
        ({"id": True}, "id"),
        ({"first_name": " "}, "first_name"),
        ({"start": "two words"}, "start"),
        ({"start": "x" * 65}, "start"),
    ],
)
async def test_nobody_impossible_is_offered(telegram: Caller, change: Json, named: str) -> None:
    async with telegram.session.post(
        f"{telegram.server.url}/people", json=OLIVIA | change
    ) as response:
        assert response.status == 400
        assert (await response.json())["error"].startswith(named)
    assert await people(telegram) == []
