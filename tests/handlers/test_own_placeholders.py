"""What a message adds to its shopper's vault, together with the answer to it."""

import asyncio

import pytest

from knowledge.privacy.vault import recalled
from storage.records import VaultEntry
from tests.handlers.conftest import Counter, Phone

QUILL = "I'm cold, this is Mrs Quillfeather"


async def vault(counter: Counter, shopper_id: int) -> list[VaultEntry]:
    async with counter.database.reading() as work:
        return await work.vault.newest(shopper_id, 99)


async def asked(counter: Counter, shopper_id: int) -> list[str]:
    async with counter.database.reading() as work:
        turns = await work.dialogues.latest(shopper_id, limit=99)
    return [turn.text for turn in turns if turn.role == "shopper"]


async def test_value_is_kept_with_the_answer_and_found_again(mia: Phone, counter: Counter) -> None:
    await mia.shares()
    await mia.says("Mr Zander is cold")
    await mia.says(QUILL)
    await mia.says("I'm cold again, tell MR ZANDER")
    assert await asked(counter, 7) == [
        "<NAME_1> is cold",
        "I'm cold, this is <NAME_2>",
        "I'm cold again, tell <NAME_1>",
    ]
    assert len(await vault(counter, 7)) == 2


async def test_update_handled_again_after_a_failure_gives_the_same_record(
    mia: Phone, counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    await mia.shares()
    inbox_id = await counter.store(mia.updates.text(QUILL))
    await counter.handle_in_vain(inbox_id, monkeypatch)
    assert await vault(counter, 7) == []
    await counter.handle(inbox_id)
    assert await asked(counter, 7) == ["I'm cold, this is <NAME_1>"]
    assert await vault(counter, 7) == [VaultEntry("NAME", 1, "Mrs Quillfeather")]


async def test_messages_handled_at_once_share_no_number(mia: Phone, counter: Counter) -> None:
    """As two processes would; in one, a chat's messages are handled in order."""
    await mia.shares()
    names = ["Mrs Quillfeather", "Mr Zander", "Mrs Otterbourne", "Mr Zander"]
    texts = [f"I'm cold, tell {name}" for name in names]
    inbox_ids = [await counter.store(mia.updates.text(text)) for text in texts]
    await asyncio.gather(*map(counter.handle, inbox_ids))
    records = await asked(counter, 7)
    async with counter.database.reading() as work:
        assert sorted([await recalled(work, 7, text) for text in records]) == sorted(texts)
    assert len(set(records)) == len(await vault(counter, 7)) == 3


async def test_question_that_waited_for_a_place_keeps_its_placeholders(
    mia: Phone, counter: Counter
) -> None:
    await mia.says("nearest café for Mrs Quillfeather, card 4111 1111 1111 1111")
    await mia.shares()
    first, again = await asked(counter, 7)
    assert first == again == "nearest café for <NAME_1>, card <CARD_1>"
    assert [entry.kind for entry in await vault(counter, 7)] == ["CARD", "NAME"]


async def test_other_offers_are_looked_for_with_the_same_placeholders(
    mia: Phone, counter: Counter
) -> None:
    await mia.shares()
    offer = await mia.says(QUILL)
    await mia.taps(offer.buttons["Not for me"], offer)
    first, again = await asked(counter, 7)
    assert first == again == "I'm cold, this is <NAME_1>"
    assert len(await vault(counter, 7)) == 1


async def test_forgotten_shopper_is_gone_from_the_vault(mia: Phone, counter: Counter) -> None:
    await mia.shares()
    await mia.says(QUILL)
    confirm = await mia.says("/forget")
    await mia.taps(next(iter(confirm.buttons.values())), confirm)
    assert await vault(counter, 7) == []
