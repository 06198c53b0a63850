"""Placeholders that are a shopper's own, message after message."""

from collections.abc import Mapping, Sequence
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge.privacy.errors import ForeignPlaceholder
from knowledge.privacy.placeholders import PLACEHOLDER, Scrubbed, moves
from knowledge.privacy.regions import regions_of
from knowledge.privacy.scrubber import Scrubber
from knowledge.privacy.spans import Kind
from knowledge.privacy.vault import VaultedScrub, kept, recalled
from storage.database import Database
from storage.records import Shopper, VaultEntry
from tests.builders import NOON, relative, shopper

SCRUBBER = Scrubber()
ZONE = "America/New_York"
regions_of("en", ZONE)  # reads its tables from disk once, as a concierge does when it warms up
ANA, TOM = shopper(7, first_name="Ana"), shopper(8, first_name="Tom")
IDS = count(100)

PIECES = [
    "I'm Ana Lopez", "my name is ANA LOPEZ", "i'm bo", " and ", "<NAME_1>", "<NAME_", "NAME_2", "1>", ", ", "\n", "é",
    "ana@mail.example", "ANA@mail.example", "4111 1111 1111 1111", "4111-1111-1111-1111", "5500 0000 0000 0004",
    "+1 202 555 0143", "(202) 555-0143", "12 Main Street", "K7-2291", "\u200b", "<TYPED_1>", "123-45-6789",
]  # fmt: skip
MESSAGES = st.lists(st.sampled_from(PIECES), max_size=6).map(" ".join)
SLOW_SETUP = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture
async def people(database: Database) -> Database:
    async with database.work() as work:
        await work.shoppers.add_many([ANA, TOM])
        await work.commit()
    return database


async def newcomer(database: Database) -> Shopper:
    """Add a shopper whom no example has met before."""
    one = shopper(next(IDS), first_name="Kim")
    async with database.work() as work:
        await work.shoppers.add_many([one])
        await work.commit()
    return one


async def told(database: Database, by: Shopper, text: str) -> tuple[Scrubbed, str]:
    """Mask a message, keep it as an answer does, and give it with what the record has of it."""
    scrubbed = await VaultedScrub(database, SCRUBBER, ZONE).scrub(by, text)
    async with database.work() as work:
        numbers = await work.vault.keep(by.id, scrubbed.entries, NOON)
        await work.commit()
    return scrubbed, kept(scrubbed.text, moves(scrubbed.entries, numbers))


async def read_again(database: Database, by: Shopper, record: str) -> str:
    async with database.reading() as work:
        return await recalled(work, by.id, record)


def named(entry: VaultEntry) -> str:
    return f"<{entry.kind}_{entry.number}>"


def filled(record: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda match: values.get(match[0], match[0]), record)


async def test_same_value_has_the_same_placeholder_in_every_message(people: Database) -> None:
    first, _ = await told(people, ANA, "I'm Ana Lopez, ask Mrs Quill at +1 202 555 0143")
    assert first.text == "I'm <NAME_1>, ask <NAME_2> at <PHONE_1>"
    second, _ = await told(people, ANA, "MRS QUILL again, (202) 555-0143, and Mr Zander")
    assert second.text == "<NAME_2> again, <PHONE_1>, and <NAME_3>"
    assert second.restore(second.text) == "MRS QUILL again, (202) 555-0143, and Mr Zander"


async def test_two_shoppers_count_apart(people: Database) -> None:
    await told(people, ANA, "Mrs Quill and Mr Zander")
    other, _ = await told(people, TOM, "Mr Zander")
    assert other.text == "<NAME_1>"


async def test_record_gives_back_readable_values_and_of_a_card_its_end(people: Database) -> None:
    text = "I'm  ANA  Lopez, card 4111-1111 1111 1111, (202) 555-0143, I'm Ana LOPEZ, <NAME_7>"
    scrubbed, record = await told(people, ANA, text)
    assert scrubbed.restore(scrubbed.text) == text
    assert record == "I'm  <NAME_1>, card <CARD_1>, <PHONE_1>, I'm <NAME_1>, <TYPED_1>"
    assert await read_again(people, ANA, record) == (
        "I'm  ANA Lopez, card •••• 1111, +12025550143, I'm ANA Lopez, <NAME_7>"
    )


async def test_message_taken_up_from_the_record_is_not_masked_twice(people: Database) -> None:
    _, record = await told(people, ANA, "I'm Ana Lopez, card 4111 1111 1111 1111")
    again = await VaultedScrub(people, SCRUBBER, ZONE).recall(ANA, record)
    assert again.text == record
    assert again.restore("<NAME_1>, <CARD_1>") == "Ana Lopez, •••• 1111"
    assert again.entries == ()


async def test_expired_value_stays_a_placeholder_and_its_number_is_not_read_wrongly(
    people: Database,
) -> None:
    _, old = await told(people, ANA, "Mrs Quill")
    async with people.work() as work:
        await work.vault.delete_unused_since(NOON + timedelta(days=180))
        await work.commit()
    assert await read_again(people, ANA, old) == "<NAME_1>"


async def test_forgotten_shopper_begins_anew(people: Database) -> None:
    _, old = await told(people, ANA, "Mrs Quill and Mr Zander")
    async with people.work() as work:
        counts = await work.shoppers.forget(ANA.id, NOON)
        await work.shoppers.add_many([ANA])
        await work.commit()
    assert counts["vault"] == 2
    assert await read_again(people, ANA, old) == old
    assert (await told(people, ANA, "Mr Zander"))[0].text == "<NAME_1>"


async def test_number_taken_by_another_message_meanwhile_is_settled_when_kept(
    people: Database,
) -> None:
    scrub = VaultedScrub(people, SCRUBBER, ZONE)
    early = await scrub.scrub(ANA, "Mrs Quill and Mr Zander")
    await told(people, ANA, "Mr Zander")
    async with people.work() as work:
        numbers = await work.vault.keep(ANA.id, early.entries, NOON)
        await work.commit()
    assert early.text == "<NAME_1> and <NAME_2>"
    record = kept(early.text, moves(early.entries, numbers))
    assert record == "<NAME_2> and <NAME_1>"
    assert await read_again(people, ANA, record) == "Mrs Quill and Mr Zander"


async def test_same_message_handled_again_gives_the_same_text(people: Database) -> None:
    text = "I'm Ana Lopez, +1 202 555 0143"
    scrub = VaultedScrub(people, SCRUBBER, ZONE)
    unkept = await scrub.scrub(ANA, text)
    scrubbed, _ = await told(people, ANA, text)
    assert unkept == scrubbed == await scrub.scrub(ANA, text)


async def test_gate_knows_what_was_told_long_ago(people: Database) -> None:
    await told(people, ANA, "this is Mrs Quillfeather")
    scrub = VaultedScrub(people, SCRUBBER, ZONE)
    scrubbed = await scrub.scrub(ANA, "quillfeather is cold, and my card 4111 1111 1111 1111")
    gate = await scrub.gate(ANA, scrubbed)
    assert gate.stops(f"Shopper: {scrubbed.text}")
    assert not gate.stops("Shopper: it is cold, and my card <CARD_1>")
    assert gate.stops("Shopper: my card 4111111111111111")
    assert gate.stops("Shopper: Ana is cold")
    assert not (await scrub.gate(TOM, scrubbed)).stops("Shopper: quillfeather is cold")


async def test_gate_that_cannot_know_all_values_is_shut(people: Database) -> None:
    many = [VaultEntry(Kind.NAME, 0, f"name {number}", f"name {number}") for number in range(301)]
    async with people.work() as work:
        await work.vault.keep(ANA.id, many, NOON)
        await work.commit()
    gate = await VaultedScrub(people, SCRUBBER, ZONE).gate(ANA, Scrubbed("I'm cold", {}))
    assert gate.stops("Shopper: I'm cold")


@pytest.fixture
async def family(people: Database) -> Database:
    """Ana's people: mum, Grandma Rosalind, Wrenlow and May."""
    async with people.work() as work:
        for nickname in ("mum", "Grandma Rosalind", "Wrenlow", "May"):
            await work.relatives.add(relative(nickname, ANA.id))
        await work.commit()
    return people


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("get something for wrenlow", "get something for <NAME_1>"),
        ("WRENLOW's present, ana", "<NAME_1>'s present, <NAME_2>"),
        ("tea for grandma rosalind", "tea for grandma <NAME_1>"),
        ("a present for my mum", "a present for my mum"),
        ("something for grandma", "something for grandma"),
        ("what may i buy in May", "what may i buy in May"),
    ],
)
async def test_names_of_relatives_are_masked_and_words_of_kinship_stay(
    family: Database, text: str, masked: str
) -> None:
    scrubbed, _ = await told(family, ANA, text)
    assert scrubbed.text == masked
    assert scrubbed.restore(masked) == text


async def test_name_of_a_relative_is_nothing_to_another_shopper(family: Database) -> None:
    assert (await told(family, TOM, "a wrenlow"))[0].text == "a wrenlow"


async def test_gate_knows_the_names_of_relatives(family: Database) -> None:
    scrub = VaultedScrub(family, SCRUBBER, ZONE)
    scrubbed = await scrub.scrub(ANA, "I'm cold")
    assert (await scrub.gate(ANA, scrubbed)).stops("Shopper: a scarf for wrenlow")
    assert not (await scrub.gate(ANA, scrubbed)).stops("Shopper: a scarf for mum")
    assert not (await scrub.gate(TOM, scrubbed)).stops("Shopper: a scarf for wrenlow")


async def test_message_is_masked_in_one_transaction(
    family: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = []
    reading = family.reading

    def counted() -> object:
        opened.append(1)
        return reading()

    monkeypatch.setattr(family, "reading", counted)
    await VaultedScrub(family, SCRUBBER, ZONE).scrub(ANA, "for wrenlow")
    assert len(opened) == 1


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW_SETUP)
@given(texts=st.lists(MESSAGES, min_size=1, max_size=3))
async def test_messages_come_back_exactly_and_records_in_readable_form(
    database: Database, texts: Sequence[str]
) -> None:
    by = await newcomer(database)
    means: dict[str, str] = {}
    values: dict[str, str] = {}
    for text in texts:
        scrubbed, record = await told(database, by, text)
        assert scrubbed.restore(scrubbed.text) == text
        for entry in scrubbed.entries:
            assert means.setdefault(named(entry), entry.meaning) == entry.meaning
            values.setdefault(named(entry), entry.value)
        assert await read_again(database, by, record) == filled(record, values)


@settings(max_examples=25, deadline=None, suppress_health_check=SLOW_SETUP)
@given(text=MESSAGES, other=MESSAGES)
async def test_no_other_shoppers_vault_restores_anything(
    database: Database, text: str, other: str
) -> None:
    first, second = await newcomer(database), await newcomer(database)
    scrubbed, record = await told(database, first, text)
    foreign, _ = await told(database, second, other)
    own = {named(entry): entry.value for entry in foreign.entries}
    assert await read_again(database, second, record) == filled(record, own)
    if scrubbed.values.keys() - foreign.values.keys():
        with pytest.raises(ForeignPlaceholder):
            foreign.restore(scrubbed.text)
