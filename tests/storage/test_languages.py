"""The language somebody is written to in."""

from datetime import UTC, datetime

from storage.database import Database

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


async def test_choice_goes_before_what_telegram_says_until_it_is_taken_back(
    database: Database,
) -> None:
    async with database.work() as work:
        await work.shoppers.load_or_create(7, "Mia", "en", NOON)
        await work.shoppers.choose_language(7, "es")
        chosen, _ = await work.shoppers.load_or_create(7, "Mia", "fr", NOON)
        await work.shoppers.choose_language(7, None)
        told = await work.shoppers.get(7)
    assert chosen.language == "es"
    assert told is not None
    assert told.language == "fr"
