from dataclasses import replace
from datetime import datetime

import pytest

from handlers import texts
from handlers.callbacks import Action
from storage.records import Coupon, Person, Role
from tests.dumps import dump
from tests.english import english
from tests.handlers.conftest import Counter, Phone
from tests.sample_town import ZONE

OTHERS = {"type": "hidden_user", "sender_user_name": "Somebody", "date": 1}
ADD = "/coupon add SNUG15 15% hot-chocolate until 2026-12-31 limit 200 stores all"
COMMANDS = [
    "/coupon",
    "/coupon list",
    "/coupon show WARM15",
    ADD,
    "/coupon edit WARM15 20%",
    "/coupon pause WARM15",
    "/coupon resume FISHFRI10",
    "/coupon end WARM15",
]


async def appoint(counter: Counter, phone: Phone, role: Role) -> Phone:
    """Let somebody work here, who has written before."""
    await phone.says("/help")
    async with counter.database.work() as work:
        store_id = "downtown-cafe" if role is Role.STAFF else None
        await work.people.grant(Person(phone.shopper_id, role, store_id, counter.clock()))
        await work.commit()
    return phone


async def dismiss(counter: Counter, phone: Phone) -> None:
    async with counter.database.work() as work:
        await work.people.revoke(phone.shopper_id)
        await work.commit()


@pytest.fixture
async def admin(counter: Counter, mia: Phone) -> Phone:
    return await appoint(counter, mia, Role.ADMIN)


async def coupon(counter: Counter, code: str = "SNUG15") -> Coupon | None:
    async with counter.database.reading() as work:
        return await work.coupons.get(code)


async def audited(counter: Counter) -> list[tuple[str, str, str]]:
    async with counter.database.reading() as work:
        return [(e.actor, e.action, e.subject) for e in await work.audit.latest(9)][::-1]


async def spend(counter: Counter, code: str, times: int) -> None:
    async with counter.database.work() as work:
        for number in range(times):
            assert await work.coupons.redeem(code, 7, f"order {number}", counter.clock())
        await work.commit()


async def test_coupon_is_added_as_written(counter: Counter, admin: Phone) -> None:
    reply = await admin.says(ADD)
    assert reply.text == (
        "Added.\n"
        "SNUG15, valid\n"
        "15 % off Hot Chocolate, in all stores\n"
        "From 2026-11-20 until 2026-12-31, 0 of 200 used, 1 for each shopper"
    )
    assert await coupon(counter) == Coupon(
        code="SNUG15",
        title="15 % off Hot Chocolate",
        discount_percent=15,
        valid_from=datetime(2026, 11, 20, tzinfo=ZONE),
        valid_until=datetime(2027, 1, 1, tzinfo=ZONE),
        product_ids=frozenset({"hot-chocolate"}),
        remaining=200,
    )
    assert await audited(counter) == [("shopper:7", "coupon add", "SNUG15")]


async def test_example_of_the_help_can_be_sent_as_it_is(counter: Counter, admin: Phone) -> None:
    for code in ("SAVE15", "SAVE16"):
        lines = (await admin.says("/coupon")).text.splitlines()
        (example,) = [line for line in lines if line.startswith("/coupon add")]
        assert (await admin.says(example)).text.startswith(f"Added.\n{code}, valid\n")


async def test_shopper_is_offered_it_at_once_and_no_more_when_paused(
    counter: Counter, admin: Phone, ben: Phone
) -> None:
    await ben.shares()
    await admin.says("/coupon add BIG60 60% hot-chocolate until 2026-12-31")
    assert "BIG60" in (await ben.says("/coupons")).text
    await admin.says("/coupon pause BIG60")
    assert "BIG60" not in (await ben.says("/coupons")).text
    await admin.says("/coupon resume BIG60")
    assert "BIG60" in (await ben.says("/coupons")).text
    told = [action for _, action, _ in await audited(counter)]
    assert [action for action in told if action.startswith("coupon")] == [
        "coupon add",
        "coupon pause",
        "coupon resume",
    ]


async def test_edit_changes_what_is_said_and_keeps_the_uses(
    counter: Counter, admin: Phone
) -> None:
    await admin.says(f"{ADD} each 20")
    await spend(counter, "SNUG15", 12)
    before = await coupon(counter)
    assert before is not None
    reply = await admin.says("/coupon edit snug15 20% until 2027-01-31 limit 300")
    assert "12 of 300 used, 20 for each" in reply.text
    assert await coupon(counter) == replace(
        before,
        discount_percent=20,
        title="20 % off Hot Chocolate",
        valid_until=datetime(2027, 2, 1, tzinfo=ZONE),
        remaining=288,
    )
    refused = await admin.says("/coupon edit SNUG15 limit 11")
    assert refused.text == (
        "Field limit: 11 is less than the 12 used already. Write 12 or more, or none."
        " Nothing was changed."
    )
    assert "12 used" in (await admin.says("/coupon edit SNUG15 limit none")).text


async def test_same_words_again_change_nothing(counter: Counter, admin: Phone) -> None:
    await admin.says(ADD)
    before = await dump(counter.database)
    reply = await admin.says(ADD.replace("add", "edit"))
    assert reply.text == "SNUG15 was so already. Nothing was changed."
    assert await dump(counter.database) == before


async def test_end_asks_first_and_a_second_tap_changes_nothing(
    counter: Counter, admin: Phone
) -> None:
    await admin.says(ADD)
    before = await dump(counter.database)
    asked = await admin.says("/coupon end SNUG15")
    assert asked.text == "End SNUG15 now? 0 of 200 used. What is booked with it stands."
    kept = await admin.taps(asked.buttons["No, keep it"], asked)
    assert kept.text == "SNUG15 stays as it is. Nothing was changed."
    assert await dump(counter.database) == before
    ended = await admin.taps(asked.buttons["Yes, end it"], asked)
    assert ended.text.startswith("SNUG15 has ended.")
    after = await dump(counter.database)
    assert after != before
    counter.clock.pass_by(hours=1)
    await admin.taps(asked.buttons["Yes, end it"], asked)
    again = await dump(counter.database)
    assert (again["coupons"], again["audit"]) == (after["coupons"], after["audit"])
    assert "SNUG15, ended" in (await admin.says("/coupon show SNUG15")).text


async def test_list_tells_states_and_uses_and_pages_by_buttons(
    counter: Counter, admin: Phone
) -> None:
    page = await admin.says("/coupon list")
    assert page.text.startswith("Coupons 1–10 of 100: ")
    assert list(page.buttons) == ["More"]
    seen = page.text.splitlines()[1:]
    while "More" in page.buttons:
        page = await admin.taps(page.buttons["More"], page)
        seen += page.text.splitlines()[1:]
    assert list(page.buttons) == ["Before"]
    assert len({line.split(",")[0] for line in seen}) == 100
    states = [line.split(", ")[1].split(":")[0] for line in seen]
    assert list(dict.fromkeys(states)) == [*("valid", "not started", "used up", "paused", "ended")]
    assert all(line.endswith(" used") for line in seen)
    assert any(line.startswith("CIDER15, valid: ") and " of 120 " in line for line in seen)


async def test_list_shrunk_meanwhile_shows_its_last_page(counter: Counter, admin: Phone) -> None:
    page = await admin.taps(admin.button(Action.COUPON_PAGE, 999))
    assert page.text.startswith("Coupons 91–100 of 100")


@pytest.mark.parametrize("who", ["shopper", "staff", "removed admin", "forwarded"])
async def test_only_owner_and_admins_manage_coupons(
    counter: Counter, ben: Phone, who: str
) -> None:
    await ben.says("/help")
    if who != "shopper":
        await appoint(counter, ben, Role.STAFF if who == "staff" else Role.ADMIN)
    if who == "removed admin":
        await dismiss(counter, ben)
    before = await dump(counter.database)
    more = {"forward_origin": OTHERS} if who == "forwarded" else {}
    for command in COMMANDS:
        assert (await ben.says(command, **more)).text == english(texts.UNKNOWN_COMMAND)
    assert await dump(counter.database) == before


@pytest.mark.parametrize("who", ["another admin", "removed admin", "now staff"])
async def test_button_of_nobody_in_charge_does_nothing(
    counter: Counter, admin: Phone, ben: Phone, who: str
) -> None:
    finger = await appoint(counter, ben, Role.ADMIN) if who == "another admin" else admin
    if finger is admin:
        await dismiss(counter, admin)
    if who == "now staff":
        await appoint(counter, admin, Role.STAFF)
    before = await dump(counter.database)
    for action, argument in (
        (Action.COUPON_END, "WARM15"),
        (Action.COUPON_LEAVE, "WARM15"),
        (Action.COUPON_PAGE, "1"),
    ):
        assert (await finger.taps(admin.button(action, argument))).items == []
        assert counter.toasts[-1] in {
            english(texts.BUTTON_NOT_YOURS),
            english(texts.BUTTON_UNKNOWN),
        }
    assert await dump(counter.database) == before
