"""Let things happen in groups and channels: words, the bot added, promoted, removed.

A group's id is negative, as on the wire. The bot reads everything there, as with privacy mode
off; how a product behaves among several people is its own concern.
"""

from scripts.emulator.emulator import Emulator
from scripts.emulator.errors import PhoneError
from scripts.emulator.markup.reading import read_formatted
from scripts.emulator.phone.shopper import Shopper
from scripts.emulator.wire import Json

_ADMIN_RIGHTS = {
    "can_be_edited": False,
    "is_anonymous": False,
    "can_manage_chat": True,
    "can_delete_messages": True,
    "can_manage_video_chats": False,
    "can_restrict_members": False,
    "can_promote_members": False,
    "can_change_info": False,
    "can_invite_users": True,
    "can_post_stories": False,
    "can_edit_stories": False,
    "can_delete_stories": False,
    "can_send_welcome_messages": False,
}
STATUSES = frozenset({"member", "administrator", "left", "kicked"})
KINDS = frozenset({"group", "supergroup", "channel"})


def bot_membership(emulator: Emulator, chat_id: int, status: str = "") -> Json:
    """Give the bot's ChatMember in a group, as it is or as it would be with a status."""
    known = emulator.ledger.table("membership").get(str(chat_id), "left")
    member: Json = {"user": emulator.world.bot_user(), "status": status or known}
    if member["status"] == "administrator":
        member |= _ADMIN_RIGHTS
    if member["status"] == "kicked":
        member["until_date"] = 0
    return member


class Group:
    """A group, supergroup or channel that the bot may be in."""

    def __init__(self, emulator: Emulator, chat_id: int) -> None:
        if chat_id >= 0:
            text = "A group's id is a negative number."
            raise PhoneError(text)
        self._emulator = emulator
        self.chat_id = chat_id

    def chat(self, wish: Json) -> Json:
        """Give the Chat, made on first use from title and type."""
        known = self._emulator.world.chat(self.chat_id)
        if known is not None:
            return known
        kind = str(wish.get("type", "supergroup" if self.chat_id < -(10**12) else "group"))
        if kind not in KINDS:
            text = f"A group's type is one of {', '.join(sorted(KINDS))}."
            raise PhoneError(text)
        chat: Json = {"id": self.chat_id, "title": str(wish.get("title", "Group")), "type": kind}
        self._emulator.world.save_chat(chat)
        return chat

    def change_bot(self, status: str, *, by: Json) -> None:
        """Change what the bot is there, and let it know."""
        emulator, chat = self._emulator, self.chat({})
        before = bot_membership(emulator, self.chat_id)
        after = bot_membership(emulator, self.chat_id, status)
        if before["status"] == after["status"]:
            return
        emulator.ledger.put("membership", str(self.chat_id), status)
        change: Json = {
            "chat": chat,
            "from": by,
            "date": emulator.clock.seconds(),
            "old_chat_member": before,
            "new_chat_member": after,
        }
        emulator.updates.publish("my_chat_member", change, chat_id=self.chat_id)

    def set_bot(self, wish: Json) -> Json:
        """Add, promote, demote or remove the bot, by {"user_id", "status"}."""
        status = str(wish.get("status", "member"))
        if status not in STATUSES:
            text = f"A member's status is one of {', '.join(sorted(STATUSES))}."
            raise PhoneError(text)
        self.chat(wish)
        self.change_bot(status, by=Shopper(self._emulator, int(wish["user_id"])).person(wish))
        return bot_membership(self._emulator, self.chat_id)

    def write(self, wish: Json) -> Json:
        """Say something in the group, or post in the channel; a stranger's bot is added first."""
        emulator, chat = self._emulator, self.chat(wish)
        author = Shopper(emulator, int(wish["user_id"])).person(wish)
        status = bot_membership(emulator, self.chat_id)["status"]
        if status in {"left", "kicked"}:
            self.change_bot("member", by=author)
        message: Json = {
            "message_id": emulator.world.new_message_id(),
            "chat": chat,
            "date": emulator.clock.seconds(),
            **read_formatted(str(wish["text"]), "", None).as_fields(),
        }
        is_channel = chat["type"] == "channel"
        message |= {"sender_chat": chat} if is_channel else {"from": author}
        emulator.world.save_message(message)
        kind = "channel_post" if is_channel else "message"
        emulator.updates.publish(kind, message, chat_id=self.chat_id)
        return message
