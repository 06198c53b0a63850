"""python-telegram-bot's own client, unmodified, against the local server: every method and every update."""

import datetime
from collections.abc import AsyncIterator

import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllPrivateChats,
    ForceReply,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaDocument,
    InputMediaPhoto,
    KeyboardButton,
    LabeledPrice,
    MenuButtonCommands,
    Message,
    MessageEntity,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)

from scripts.emulator.methods import all_methods
from tests.emulator.caller import Caller
from tests.emulator.every_update import ALL_KINDS, do_everything
from tests.emulator.exercised import Exercised
from tests.emulator.libraries import PTB
from tests.emulator.test_files import picture


@pytest.fixture
async def bot(
    telegram: Caller, exercised: Exercised, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Bot]:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    async with PTB.client(telegram.server.url, telegram.server.token) as bot:
        yield bot
    exercised.note(PTB.name, await telegram.get("log"))


GO = InlineKeyboardMarkup([[InlineKeyboardButton("Go", callback_data="go")]])
HERE = ReplyKeyboardMarkup([[KeyboardButton("Here", request_location=True)]])


async def _introduce(bot: Bot) -> None:
    assert (await bot.get_me()).is_bot
    assert await bot.set_my_name("Town Concierge")
    assert (await bot.get_my_name()).name == "Town Concierge"
    assert await bot.set_my_description("Finds things")
    assert (await bot.get_my_description()).description == "Finds things"
    assert await bot.set_my_short_description("Finds")
    assert (await bot.get_my_short_description()).short_description == "Finds"
    commands = [BotCommand("start", "Begin")]
    scope = BotCommandScopeAllPrivateChats()
    assert await bot.set_my_commands(commands, scope=scope)
    assert list(await bot.get_my_commands(scope=scope)) == commands
    assert await bot.delete_my_commands(scope=scope)
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button()).type == "commands"


async def _send_everything(bot: Bot) -> list[Message]:
    bold = [MessageEntity("bold", 0, 2)]
    sent = [
        await bot.send_message(7, "hi there", entities=bold, reply_markup=GO),
        await bot.send_message(7, "<b>hi</b>", parse_mode="HTML", reply_markup=HERE),
        await bot.send_message(7, "*hi*", parse_mode="MarkdownV2", reply_markup=ForceReply()),
        await bot.send_message(
            7, "x", reply_markup=ReplyKeyboardRemove(), reply_parameters=ReplyParameters(1)
        ),
        await bot.send_photo(7, picture(), caption="<i>p</i>", parse_mode="HTML", reply_markup=GO),
        await bot.send_document(7, b"a,b\n", caption="d", filename="t.csv"),
        await bot.send_location(7, 1.5, 2.5, live_period=60),
        await bot.send_venue(7, 1.5, 2.5, "Café", "Main St 1"),
        await bot.send_invoice(7, "Cup", "One", "p", "XTR", [LabeledPrice("Cup", 1)]),
    ]
    sent += await bot.send_media_group(7, [InputMediaPhoto(picture()) for _ in range(2)])
    assert await bot.send_chat_action(7, "typing")
    assert await bot.send_message_draft(7, 1, "wri")
    return sent


async def _change_everything(bot: Bot, sent: list[Message]) -> None:
    text, photo, live = sent[0].message_id, sent[4].message_id, sent[6].message_id
    edited = await bot.edit_message_text("new", chat_id=7, message_id=text)
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup) == ("new", None)
    await bot.edit_message_reply_markup(chat_id=7, message_id=text, reply_markup=GO)
    await bot.edit_message_caption(chat_id=7, message_id=photo, caption="new")
    media = InputMediaDocument(b"a,b\n", caption="m", filename="t.csv")
    replaced = await bot.edit_message_media(media, chat_id=7, message_id=photo)
    assert isinstance(replaced, Message)
    assert replaced.document is not None
    await bot.edit_message_live_location(latitude=1, longitude=2, chat_id=7, message_id=live)
    await bot.stop_message_live_location(chat_id=7, message_id=live)
    assert await bot.pin_chat_message(7, text)
    assert await bot.unpin_chat_message(7)
    assert await bot.set_message_reaction(7, text, "👍")
    described = await bot.get_file(replaced.document.file_id)
    assert bytes(await described.download_as_bytearray()) == b"a,b\n"
    assert await bot.delete_message(7, text)
    assert await bot.delete_messages(7, [photo, live])


async def test_every_method_answers_in_a_form_the_library_accepts(
    telegram: Caller, bot: Bot
) -> None:
    await do_everything(telegram)
    updates = await bot.get_updates(timeout=datetime.timedelta(0))
    await _introduce(bot)
    await _change_everything(bot, await _send_everything(bot))
    query = next(update.callback_query for update in updates if update.callback_query)
    assert await bot.answer_callback_query(query.id, text="Done", show_alert=True)
    invoice = await bot.send_invoice(7, "Cup", "One", "p", "XTR", [LabeledPrice("Cup", 1)])
    paid = await telegram.phone("7/pay", message_id=invoice.message_id)
    assert await bot.answer_pre_checkout_query(**paid, ok=True)
    assert (await bot.get_chat(7)).first_name == "Ana"
    assert (await bot.get_chat_member(7, bot.id)).status == "member"
    await telegram.post("group/-50/text", user_id=8, text="hey")
    assert await bot.leave_chat(-50)
    assert await bot.set_webhook("http://127.0.0.1:9/", secret_token="s")  # noqa: S106 - a test
    assert (await bot.get_webhook_info()).url == "http://127.0.0.1:9/"
    assert await bot.delete_webhook(drop_pending_updates=True)
    assert await bot.log_out()
    assert await bot.close()
    called = {entry["method"] for entry in await telegram.get("log")}
    assert called == {name for name, _ in all_methods().values()}


async def test_every_update_parses(telegram: Caller, bot: Bot) -> None:
    await do_everything(telegram)
    updates = await bot.get_updates(timeout=datetime.timedelta(0))
    raw = await telegram.updates()
    assert len(updates) == len(raw)
    for update, source in zip(updates, raw, strict=True):
        parsed = Update.de_json(source, bot)
        assert parsed == update
        kind = next(key for key in source if key != "update_id")
        assert getattr(parsed, kind) is not None
        assert not getattr(parsed, kind).api_kwargs
    assert {key for source in raw for key in source} - {"update_id"} == set(ALL_KINDS)
