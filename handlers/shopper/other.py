"""Everything that is not text, place or button: one helpful line each, and manners in groups."""

from aiogram import F, Router
from aiogram.enums import ChatMemberStatus, ChatType, ContentType
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from handlers import texts
from handlers.callbacks import Action
from handlers.desk import Desk
from handlers.ephemeral import acknowledge
from handlers.rendering import send
from handlers.saying import say
from handlers.shop import Shop
from knowledge.amounts import locale_for
from knowledge.language import told
from storage.records import Outgoing, Shopper

router = Router(name="other")
groups = Router(name="groups")
_GROUPS = {ChatType.GROUP, ChatType.SUPERGROUP, ChatType.CHANNEL}
# What Telegram says about the chat itself, not the shopper.
_ABOUT_THE_CHAT = {
    ContentType.PINNED_MESSAGE,
    ContentType.MESSAGE_AUTO_DELETE_TIMER_CHANGED,
    ContentType.CHAT_BACKGROUND_SET,
    ContentType.WRITE_ACCESS_ALLOWED,
    ContentType.PROXIMITY_ALERT_TRIGGERED,
}
_ADMIN = {ChatMemberStatus.ADMINISTRATOR, ChatMemberStatus.CREATOR}


@groups.my_chat_member(F.chat.type.in_(_GROUPS))
async def joined(event: ChatMemberUpdated, desk: Desk) -> None:
    """Say once that this is a private helper; leave when made admin."""
    status = event.new_chat_member.status
    if status in _ADMIN:
        leave = Outgoing(event.chat.id, "leaveChat", {"chat_id": event.chat.id})
        await desk.send(leave)
    elif status == ChatMemberStatus.MEMBER:
        key = f"only-private:{event.chat.id}"
        text = told(texts.ONLY_PRIVATE, locale_for(event.from_user.language_code))
        arguments = {"chat_id": event.chat.id, "text": text}
        await desk.send(Outgoing(event.chat.id, "sendMessage", arguments, unique_key=key))


@groups.message(F.chat.type.in_(_GROUPS))
@groups.edited_message(F.chat.type.in_(_GROUPS))
@groups.channel_post()
@groups.edited_channel_post()
async def ignore_group(message: Message) -> None:
    """Never answer about a person in front of others."""


@router.message(F.sticker)
async def sticker(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Answer a sticker."""
    await desk.send(send(shopper.id, say(shopper, texts.STICKER)))


@router.message(F.voice | F.audio | F.video_note)
async def voice(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Answer a voice message."""
    await desk.send(send(shopper.id, say(shopper, texts.VOICE)))


@router.message(F.contact)
async def contact(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Answer a contact, which is not kept."""
    await desk.send(send(shopper.id, say(shopper, texts.CONTACT)))


@router.message(F.video | F.animation)
async def video(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Answer a moving picture."""
    await desk.send(send(shopper.id, say(shopper, texts.VIDEO)))


@router.message(F.document)
async def file(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Answer a file."""
    await desk.send(send(shopper.id, say(shopper, texts.FILE)))


@router.message(F.content_type.in_(_ABOUT_THE_CHAT))
async def about_the_chat(message: Message) -> None:
    """Say nothing to a pinned message or a new background."""


@router.message()
async def anything(message: Message, shopper: Shopper, desk: Desk) -> None:
    """Answer polls, dice, games and whatever Telegram adds next."""
    await desk.send(send(shopper.id, say(shopper, texts.OTHER)))


@router.callback_query()
async def unknown_button(
    callback: CallbackQuery, shop: Shop, shopper: Shopper | None = None
) -> None:
    """Answer a button that is another's, of an older version, or of work somebody does no longer."""
    data = callback.data or ""
    is_known = data.partition(":")[0] in {action.value for action in Action}
    is_own = shop.signer.read(callback.from_user.id, data) is not None
    is_anothers = is_known and not is_own
    sentence = texts.BUTTON_NOT_YOURS if is_anothers else texts.BUTTON_UNKNOWN
    language = callback.from_user.language_code if shopper is None else shopper.language
    await acknowledge(callback, told(sentence, locale_for(language)))
