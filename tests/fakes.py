"""Telegram without a network: a session for aiogram's Bot that answers every call, and updates as Telegram writes them.

The session is replaced, not the bot, so that calls are built and checked by the real library.
"""

from collections.abc import AsyncGenerator
from itertools import count
from typing import Any

from aiogram import Bot
from aiogram.client.session.base import BaseSession
from aiogram.exceptions import TelegramBadRequest
from aiogram.methods import GetFile, TelegramMethod
from aiogram.types import File

BOT_ID = 42
TOKEN = f"{BOT_ID}:for-tests-only"


class FakeSession(BaseSession):
    """Says True to everything and remembers it in `calls`; with `refuses` set it says 400 instead.

    `files` are what can be downloaded, by file id.
    """

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[TelegramMethod[Any]] = []
        self.refuses = False
        self.files = {"sample.csv": b"code,discount,for,until\nSAMPLE15,15%,all,2026-12-31\n"}

    async def make_request(
        self,
        bot: Bot,
        method: TelegramMethod[Any],
        timeout: int | None = None,  # noqa: ASYNC109  # aiogram's
    ) -> Any:
        self.calls.append(method)
        if self.refuses:
            raise TelegramBadRequest(method, "query is too old")
        if isinstance(method, GetFile):
            name = method.file_id
            return File(file_id=name, file_unique_id=name, file_path=f"documents/{name}")
        return True

    async def stream_content(
        self,
        url: str,
        headers: dict[str, Any] | None = None,
        timeout: int = 30,  # noqa: ASYNC109  # aiogram's
        chunk_size: int = 65536,
        raise_for_status: bool = True,
    ) -> AsyncGenerator[bytes, None]:
        content = self.files[url.rpartition("/")[2]]
        for start in range(0, len(content), chunk_size):
            yield content[start : start + chunk_size]

    async def close(self) -> None:
        """Have nothing to close."""


class Updates:
    """Writes one person's updates, numbered; `date` is seconds since 1970."""

    _numbers = count(1)

    def __init__(self, user_id: int, first_name: str, date: int, language: str = "en") -> None:
        self.user = {
            "id": user_id,
            "is_bot": False,
            "first_name": first_name,
            "language_code": language,
        }
        self.chat = {"id": user_id, "type": "private", "first_name": first_name}
        self.date = date

    def message(self, **content: Any) -> dict[str, Any]:
        """A message with any content: text, location, sticker …"""
        return self._update("message", self._message(content))

    def edited(self, **content: Any) -> dict[str, Any]:
        message = self._message(content) | {"edit_date": self.date}
        return self._update("edited_message", message)

    def text(self, text: str, **more: Any) -> dict[str, Any]:
        entities = {}
        if text.startswith("/"):
            length = len(text.split(maxsplit=1)[0])
            entities = {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}
        return self.message(text=text, **entities, **more)

    def tap(self, data: str, message_id: int, text: str = "…") -> dict[str, Any]:
        under = {
            "message_id": message_id,
            "from": {"id": BOT_ID, "is_bot": True, "first_name": "Concierge"},
            "chat": self.chat,
            "date": self.date,
            "text": text,
        }
        tap = {"id": "1", "from": self.user, "chat_instance": "1", "message": under, "data": data}
        return self._update("callback_query", tap)

    def in_group(self, **content: Any) -> dict[str, Any]:
        group = {"id": -500, "type": "supergroup", "title": "Family"}
        return self._update("message", self._message(content) | {"chat": group})

    def membership(self, status: str, *, chat_type: str = "supergroup") -> dict[str, Any]:
        """The bot's own standing in a group has changed."""
        me = {"id": BOT_ID, "is_bot": True, "first_name": "Concierge"}
        standing: dict[str, Any] = {"user": me, "status": status}
        if status == "administrator":
            rights = (
                "can_be_edited is_anonymous can_manage_chat can_delete_messages can_manage_video_chats"
                " can_restrict_members can_promote_members can_change_info can_invite_users"
                " can_post_stories can_edit_stories can_delete_stories can_send_welcome_messages"
            )
            standing |= dict.fromkeys(rights.split(), False)
        change = {
            "chat": {"id": -500, "type": chat_type, "title": "Family"},
            "from": self.user,
            "date": self.date,
            "old_chat_member": {"user": me, "status": "left"},
            "new_chat_member": standing,
        }
        return self._update("my_chat_member", change)

    def _message(self, content: dict[str, Any]) -> dict[str, Any]:
        base = {
            "message_id": next(self._numbers),
            "from": self.user,
            "chat": self.chat,
            "date": self.date,
        }
        return base | content

    def _update(self, kind: str, event: dict[str, Any]) -> dict[str, Any]:
        return {"update_id": next(self._numbers), kind: event}
