"""Hold who and what exists: the bot, shoppers, chats, messages, files' records and settings.

Everything is a row of the ledger, so the world and its counters survive the process. It knows
how things are kept, not when they may happen.
"""

from scripts.emulator.ledger import Ledger
from scripts.emulator.wire import Json

BOT_COMMON = {
    "is_bot": True,
    "can_join_groups": True,
    "can_read_all_group_messages": True,
    "supports_inline_queries": False,
    "can_connect_to_business": False,
    "has_main_web_app": False,
    "has_topics_enabled": False,
    "allows_users_to_create_topics": False,
}


class World:
    """Rows by idea. An object is never changed in place: a changed copy is saved in its stead."""

    def __init__(self, ledger: Ledger, bot_id: int, username: str) -> None:
        self.ledger = ledger
        self.bot_id = bot_id
        self._username = username
        self._messages: dict[int, dict[int, Json]] = {}
        for message in ledger.table("message").values():
            self._messages.setdefault(message["chat"]["id"], {})[message["message_id"]] = message

    # the bot

    def bot_user(self) -> Json:
        """Give the bot as the User that signs its messages."""
        return {
            "id": self.bot_id,
            "is_bot": True,
            "first_name": self.setting("name", "") or "Concierge",
            "username": self._username,
        }

    def bot_profile(self) -> Json:
        """Give the bot as getMe describes it."""
        return self.bot_user() | BOT_COMMON

    def setting(self, name: str, default: object = None) -> object:
        """Give one of the bot's settings."""
        return self.ledger.table("setting").get(name, default)

    def settle(self, name: str, value: object) -> None:
        """Keep one of the bot's settings; None forgets it."""
        if value is None:
            self.ledger.drop("setting", name)
        else:
            self.ledger.put("setting", name, value)

    # shoppers

    def user(self, user_id: int) -> Json | None:
        """Give a shopper as a User, None when they never wrote."""
        row = self.ledger.table("user").get(str(user_id))
        return None if row is None else row["user"]

    def save_user(self, user: Json) -> None:
        """Keep a shopper's User object."""
        row = self.ledger.table("user").get(str(user["id"]), {})
        self.ledger.put("user", str(user["id"]), row | {"user": user})

    def trait(self, user_id: int, name: str) -> object:
        """Give one fact about a shopper: blocked, deactivated, live_message_id, reply_keyboard."""
        return self.ledger.table("user").get(str(user_id), {}).get(name)

    def set_trait(self, user_id: int, name: str, value: object) -> None:
        """Keep one fact about a shopper whom the world knows."""
        row = self.ledger.table("user")[str(user_id)]
        if row.get(name) != value:
            self.ledger.put("user", str(user_id), row | {name: value})

    # chats

    def chat(self, chat_id: int) -> Json | None:
        """Give a Chat, None when the bot cannot know it."""
        row: Json | None = self.ledger.table("chat").get(str(chat_id))
        return row

    def save_chat(self, chat: Json) -> None:
        """Keep a Chat, new or changed."""
        if self.chat(chat["id"]) != chat:
            self.ledger.put("chat", str(chat["id"]), chat)

    # messages

    def new_message_id(self) -> int:
        """Give the next message id; it is never given again."""
        return self.ledger.next_number("message")

    def message(self, chat_id: int, message_id: int) -> Json | None:
        """Give a message that still stands."""
        return self._messages.get(chat_id, {}).get(message_id)

    def messages_after(self, chat_id: int, message_id: int) -> list[Json]:
        """Give a chat's messages with a greater id, oldest first."""
        chat = self._messages.get(chat_id, {})
        newer = []
        for known_id in reversed(chat):
            if known_id <= message_id:
                break
            newer.append(chat[known_id])
        return newer[::-1]

    def save_message(self, message: Json) -> None:
        """Keep a new or changed message."""
        chat_id, message_id = message["chat"]["id"], message["message_id"]
        self._messages.setdefault(chat_id, {})[message_id] = message
        self.ledger.put("message", f"{chat_id}:{message_id}", message)

    def drop_message(self, chat_id: int, message_id: int) -> None:
        """Take a message away."""
        self._messages.get(chat_id, {}).pop(message_id, None)
        self.ledger.drop("message", f"{chat_id}:{message_id}")

    # names of the wire

    def new_id(self, kind: str) -> str:
        """Give a fresh id for a callback query, a payment …, as text."""
        return str((self.bot_id << 20) + self.ledger.next_number(kind))
