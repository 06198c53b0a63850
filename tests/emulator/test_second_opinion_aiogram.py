"""aiogram's own client, unmodified, against the local server: every method and every update."""

from collections.abc import AsyncIterator

import pytest
from aiogram import Bot
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BufferedInputFile,
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
    ReactionTypeEmoji,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyParameters,
    Update,
)

from scripts.emulator.methods import all_methods
from tests.emulator.caller import Caller
from tests.emulator.every_update import ALL_KINDS, do_everything
from tests.emulator.exercised import Exercised
from tests.emulator.libraries import AIOGRAM
from tests.emulator.test_files import picture


@pytest.fixture
async def bot(telegram: Caller, exercised: Exercised) -> AsyncIterator[Bot]:
    async with AIOGRAM.client(telegram.server.url, telegram.server.token) as bot:
        yield bot
    exercised.note(AIOGRAM.name, await telegram.get("log"))


GO = InlineKeyboardMarkup(inline_keyboard=[[InlineKeyboardButton(text="Go", callback_data="go")]])
HERE = ReplyKeyboardMarkup(
    keyboard=[[KeyboardButton(text="Here", request_location=True)]], one_time_keyboard=True
)


def _photo() -> BufferedInputFile:
    return BufferedInputFile(picture(), "p.png")


def _document() -> BufferedInputFile:
    return BufferedInputFile(b"a,b\n", "t.csv")


async def _introduce(bot: Bot) -> None:
    assert (await bot.get_me()).is_bot
    assert await bot.set_my_name("Town Concierge")
    assert (await bot.get_my_name()).name == "Town Concierge"
    assert await bot.set_my_description("Finds things")
    assert (await bot.get_my_description()).description == "Finds things"
    assert await bot.set_my_short_description("Finds")
    assert (await bot.get_my_short_description()).short_description == "Finds"
    commands = [BotCommand(command="start", description="Begin")]
    scope = BotCommandScopeAllPrivateChats()
    assert await bot.set_my_commands(commands, scope=scope, language_code="es")
    (kept,) = await bot.get_my_commands(scope=scope, language_code="es")
    assert (kept.command, kept.description) == ("start", "Begin")
    assert await bot.delete_my_commands(scope=scope, language_code="es")
    assert await bot.set_chat_menu_button(menu_button=MenuButtonCommands())
    assert (await bot.get_chat_menu_button()).type == "commands"


async def _send_everything(bot: Bot) -> list[Message]:
    bold = [MessageEntity(type="bold", offset=0, length=2)]
    sent = [
        await bot.send_message(7, "hi there", entities=bold, reply_markup=GO),
        await bot.send_message(7, "<b>hi</b>", parse_mode="HTML", reply_markup=HERE),
        await bot.send_message(7, "*hi*", parse_mode="MarkdownV2", reply_markup=ForceReply()),
        await bot.send_message(
            7,
            "x",
            reply_markup=ReplyKeyboardRemove(),
            reply_parameters=ReplyParameters(message_id=1),
        ),
        await bot.send_photo(7, _photo(), caption="<i>p</i>", parse_mode="HTML", reply_markup=GO),
        await bot.send_document(7, _document(), caption="d"),
        await bot.send_location(7, 1.5, 2.5, live_period=60),
        await bot.send_venue(7, 1.5, 2.5, "Café", "Main St 1"),
        await bot.send_invoice(
            7, "Cup", "One", "p", "XTR", [LabeledPrice(label="Cup", amount=1)], provider_token=""
        ),
    ]
    sent += await bot.send_media_group(7, [InputMediaPhoto(media=_photo()) for _ in range(2)])
    assert await bot.send_chat_action(7, "typing")
    assert await bot.send_message_draft(7, 1, text="wri")
    return sent


async def _change_everything(bot: Bot, sent: list[Message]) -> None:
    text, photo, live = sent[0].message_id, sent[4].message_id, sent[6].message_id
    edited = await bot.edit_message_text("new", chat_id=7, message_id=text)
    assert isinstance(edited, Message)
    assert (edited.text, edited.reply_markup) == ("new", None)
    await bot.edit_message_reply_markup(chat_id=7, message_id=text, reply_markup=GO)
    await bot.edit_message_caption(chat_id=7, message_id=photo, caption="new")
    media = InputMediaDocument(media=_document(), caption="m")
    replaced = await bot.edit_message_media(media, chat_id=7, message_id=photo)
    assert isinstance(replaced, Message)
    assert replaced.document is not None
    await bot.edit_message_live_location(latitude=1, longitude=2, chat_id=7, message_id=live)
    await bot.stop_message_live_location(chat_id=7, message_id=live)
    assert await bot.pin_chat_message(7, text)
    assert await bot.unpin_chat_message(7)
    assert await bot.set_message_reaction(7, text, [ReactionTypeEmoji(emoji="👍")])
    described = await bot.get_file(replaced.document.file_id)
    assert described.file_path is not None
    content = await bot.download_file(described.file_path)
    assert content is not None
    assert content.read() == b"a,b\n"
    assert await bot.delete_message(7, text)
    assert await bot.delete_messages(7, [photo, live])


async def test_every_method_answers_in_a_form_aiogram_accepts(telegram: Caller, bot: Bot) -> None:
    await do_everything(telegram)
    updates = await bot.get_updates(timeout=0)
    await _introduce(bot)
    await _change_everything(bot, await _send_everything(bot))
    query = next(update.callback_query for update in updates if update.callback_query)
    assert await bot.answer_callback_query(query.id, text="Done", show_alert=True)
    paid = await telegram.phone("7/pay", message_id=await _invoice(bot))
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


async def _invoice(bot: Bot) -> int:
    price = [LabeledPrice(label="Cup", amount=1)]
    sent = await bot.send_invoice(7, "Cup", "One", "p", "XTR", price, provider_token="")
    return sent.message_id


async def test_every_update_parses(telegram: Caller, bot: Bot) -> None:
    await do_everything(telegram)
    updates = await bot.get_updates(timeout=0)
    assert {update.event_type for update in updates} == set(ALL_KINDS)
    raw = await telegram.updates()
    assert [Update.model_validate(update).update_id for update in raw] == [
        update.update_id for update in updates
    ]
