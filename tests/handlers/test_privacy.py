import pytest

from handlers import texts, texts_rights
from handlers.callbacks import Action
from storage.audit import alias
from storage.records import ConsentKind
from tests.english import english
from tests.handlers.conftest import Counter, Phone, Sent
from tests.sample_town import ANA, MORNING


async def granted(counter: Counter, shopper_id: int) -> dict[ConsentKind, bool]:
    async with counter.database.reading() as work:
        current = await work.consents.current(shopper_id)
    return {kind: consent.is_granted for kind, consent in current.items()}


async def turns_on(phone: Phone, settings: Sent, kind: ConsentKind) -> Sent:
    """Tap the switch, and say yes where that asks first."""
    reply = await phone.taps(settings.buttons[english(texts_rights.TURN_ON[kind])], settings)
    if "Yes, please" in reply.buttons:
        reply = await phone.taps(reply.buttons["Yes, please"], reply)
    return reply


async def test_settings_show_each_consent_with_its_switch(mia: Phone) -> None:
    reply = await mia.says("/settings")
    assert reply.text.splitlines()[:6] == [
        "Using a shared place: off",
        "Offers close by: off",
        "Coupons that end: off",
        "Birthdays: off",
        "Weekly digest: off",
        "News of what you saved: off",
    ]
    assert list(reply.buttons)[:8] == [
        "Turn on: using a shared place",
        "Turn on: offers close by",
        "Turn on: coupons that end",
        "Turn on: birthdays",
        "Turn on: weekly digest",
        "Turn on: news of what you saved",
        "Pause offers",
        "I'm under 18",
    ]


@pytest.mark.parametrize("kind", ConsentKind)
async def test_consents_are_separate(mia: Phone, counter: Counter, kind: ConsentKind) -> None:
    settings = await mia.says("/settings")
    reply = await turns_on(mia, settings, kind)
    assert reply.message_id == settings.message_id
    assert await granted(counter, 7) == {kind: True}
    settings = await mia.says("/settings")
    await mia.taps(settings.buttons[english(texts_rights.TURN_OFF[kind])], settings)
    assert await granted(counter, 7) == {kind: False}


async def test_turning_the_place_off_forgets_it_at_once(mia: Phone, counter: Counter) -> None:
    await mia.shares()
    settings = await mia.says("/settings")
    await mia.taps(settings.buttons["Turn off: using a shared place"], settings)
    assert counter.places.latest(7, MORNING) is None


async def test_privacy_says_what_is_kept_and_how_to_end_it(mia: Phone) -> None:
    text = (await mia.says("/privacy")).text
    for word in ("15 minutes", "/forget", "/settings", "/stop", "memory only"):
        assert word in text


async def test_privacy_has_a_button_for_each_right(mia: Phone) -> None:
    privacy = await mia.says("/privacy")
    assert "Maple Harbor" in privacy.text
    assert "never train a model" in privacy.text
    sure = await mia.taps(privacy.buttons["Erase everything"], privacy)
    assert sure.text == english(texts_rights.FORGET_SURE)
    settings = await mia.taps(privacy.buttons["Settings"], privacy)
    assert settings.text.startswith("Using a shared place: off")
    copy = await mia.taps(privacy.buttons["Send me a copy"], privacy)
    assert copy.methods == ["sendDocument", "sendDocument"]


async def test_answer_counts_for_the_words_that_were_read(mia: Phone, counter: Counter) -> None:
    settings = await mia.says("/settings")
    for kind in ConsentKind:
        await turns_on(mia, settings, kind)
    async with counter.database.reading() as work:
        current = await work.consents.current(7)
    assert {kind: consent.version for kind, consent in current.items()} == (
        texts_rights.CONSENT_VERSIONS
    )
    assert all(consent.decided_at == MORNING for consent in current.values())


async def consents_noted(counter: Counter) -> list[tuple[str, str, dict[str, str]]]:
    """Give actor, subject and details of each note about a consent, oldest first."""
    async with counter.database.reading() as work:
        entries = await work.audit.latest(20)
    told = [(e.actor, e.subject, dict(e.details)) for e in entries if e.action == "consent"]
    return told[::-1]


async def test_each_answer_is_in_the_log_by_kind_and_version_alone(
    mia: Phone, counter: Counter
) -> None:
    await mia.shares()
    settings = await mia.says("/settings")
    await mia.taps(settings.buttons["Turn on: offers close by"], settings)
    await mia.says("/stop")
    await mia.taps(settings.buttons["Turn off: using a shared place"], settings)
    noted = await consents_noted(counter)
    assert [details for _, _, details in noted] == [
        {"kind": kind.value, "said": said, "version": str(texts_rights.CONSENT_VERSIONS[kind])}
        for kind, said in (
            (ConsentKind.LOCATION, "yes"),
            (ConsentKind.NUDGES, "yes"),
            (ConsentKind.NUDGES, "no"),
            (ConsentKind.LOCATION, "no"),
        )
    ]
    called = alias(counter.database.cipher, 7)
    assert {(actor, subject) for actor, subject, _ in noted} == {(called, "self")}


async def test_saying_under_age_is_noted_as_a_no_to_offers(mia: Phone, counter: Counter) -> None:
    settings = await mia.says("/settings")
    await mia.taps(settings.buttons["I'm under 18"], settings)
    ((_, _, details),) = await consents_noted(counter)
    assert (details["kind"], details["said"]) == ("nudges", "no")


# Being forgotten


async def test_what_was_agreed_to_stays_in_the_log_without_the_person(
    ana: Phone, counter: Counter
) -> None:
    settings = await ana.says("/settings")
    await ana.taps(settings.buttons["Turn off: offers close by"], settings)
    sure = await ana.says("/forget")
    await ana.taps(sure.buttons["Yes, erase everything"], sure)
    assert [(actor, subject) for actor, subject, _ in await consents_noted(counter)] == [
        ("forgotten", "self")
    ]
    async with counter.database.reading() as work:
        entries = await work.audit.latest(20)
    names = (str(ANA), alias(counter.database.cipher, ANA))
    assert [each for each in entries if any(name in repr(each) for name in names)] == []


async def test_of_the_last_words_no_row_is_left(ana: Phone, counter: Counter) -> None:
    sure = await ana.says("/forget")
    await ana.taps(sure.buttons["Yes, erase everything"], sure)
    async with counter.database.reading() as work:
        held = await work.shoppers.held(ANA)
        (entry,) = await work.audit.latest(1)
    assert not any(held.values())
    assert (entry.actor, entry.action, entry.subject) == ("forgotten", "forget", "forgotten")
    assert entry.details["orders"] == "3"


async def test_nothing_is_erased_before_a_yes(ana: Phone, counter: Counter) -> None:
    sure = await ana.says("/forget")
    assert list(sure.buttons) == ["Yes, erase everything", "No, keep it"]
    kept = await ana.taps(sure.buttons["No, keep it"], sure)
    assert kept.text == english(texts.FORGET_KEPT)
    assert await counter.shopper(ANA) is not None


async def test_forgetting_erases_everything(ana: Phone, counter: Counter) -> None:
    await ana.shares()
    offer = await ana.says("I'm cold")
    await ana.taps(offer.buttons["Save"], offer)
    await ana.taps(offer.buttons["Coupon"], offer)
    await ana.taps(offer.buttons["Book it"], offer)
    sure = await ana.says("/forget")
    reply = await ana.taps(sure.buttons["Yes, erase everything"], sure)
    assert english(texts_rights.FORGOTTEN) in [
        item.outgoing.arguments.get("text") for item in reply.items
    ]
    assert counter.places.latest(ANA, MORNING) is None
    assert await counter.shopper(ANA) is None
    async with counter.database.reading() as work:
        assert await work.orders.of_shopper(ANA) == []
        assert await work.purchases.of_shopper(ANA) == []
        assert await work.signals.of_shopper(ANA) == []
        assert await work.suggestions.shown_to(ANA, MORNING.replace(year=2000)) == []
        assert await work.dialogues.latest(ANA) == []
        assert await work.coupons.saved_by(ANA) == []
        assert await work.coupons.uses(ANA) == {}
        assert await work.consents.current(ANA) == {}
        assert await work.inbox.waiting() == []


async def test_whoever_comes_back_is_new(ana: Phone) -> None:
    sure = await ana.says("/forget")
    await ana.taps(sure.buttons["Yes, erase everything"], sure)
    assert (await ana.says("/start")).text.startswith("Hi Ana, I'm the concierge")
    assert (await ana.says("/orders")).text == english(texts.NO_ORDERS)


async def test_old_buttons_are_dead_after_forgetting(ana: Phone, counter: Counter) -> None:
    await ana.shares()
    offer = await ana.says("I'm cold")
    sure = await ana.says("/forget")
    await ana.taps(sure.buttons["Yes, erase everything"], sure)
    reply = await ana.taps(offer.buttons["Book it"], offer)
    assert reply.text == english(texts.BUTTON_STALE)
    assert (await ana.taps(ana.button(Action.SHOW_CODE, "K7-2291"))).text == english(
        texts.ORDER_UNKNOWN
    )


async def test_buttons_to_erase_disappear_once_it_is_done(ana: Phone) -> None:
    sure = await ana.says("/forget")
    reply = await ana.taps(sure.buttons["Yes, erase everything"], sure)
    edited = [item for item in reply.items if item.outgoing.method.startswith("edit")]
    assert [item.outgoing.arguments["message_id"] for item in edited] == [sure.message_id]
    assert "reply_markup" not in edited[0].outgoing.arguments
