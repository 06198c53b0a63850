"""Do what a shopper does: write, tap, share a place, block. Each act becomes an update.

It knows the rules of Telegram's apps; HTTP is not its business.
"""

from scripts.emulator.emulator import Emulator
from scripts.emulator.errors import PhoneError
from scripts.emulator.markup.entities import tidy, units
from scripts.emulator.markup.reading import LONGEST_TEXT, Formatted, read_formatted
from scripts.emulator.wire import Json

USUAL_NAME = "Shopper"
USUAL_LANGUAGE = "en"


class Shopper:
    """One person with one phone, in the private chat with the bot."""

    def __init__(self, emulator: Emulator, user_id: int) -> None:
        if user_id <= 0:
            text = "A shopper's id is a positive number."
            raise PhoneError(text)
        self._emulator = emulator
        self.user_id = user_id

    # who it is

    def user(self) -> Json:
        """Give the shopper as a User, with the town's sample people under their own names."""
        known = self._emulator.world.user(self.user_id)
        if known is not None:
            return known
        people = (self._emulator.setup.town or {}).get("people", [])
        person: Json = next((row for row in people if row.get("id") == self.user_id), {})
        return {
            "id": self.user_id,
            "is_bot": False,
            "first_name": person.get("first_name", USUAL_NAME),
            "language_code": person.get("language_code", USUAL_LANGUAGE),
        }

    def introduce(self, wish: Json) -> Json:
        """Learn name and language, open the private chat, and give the User."""
        user = self.person(wish)
        self._emulator.world.save_chat(self._chat(user))
        return user

    def person(self, wish: Json) -> Json:
        """Learn who it is without opening a private chat, as in a group."""
        given = {
            key: str(wish[key])
            for key in ("first_name", "last_name", "username", "language_code")
            if wish.get(key)
        }
        user = self.user() | given
        if "language_code" in wish and not wish["language_code"]:
            user.pop("language_code", None)
        if user != self._emulator.world.user(self.user_id):
            self._emulator.world.save_user(user)
        return user

    @staticmethod
    def _chat(user: Json) -> Json:
        names: Json = {
            key: user[key] for key in ("first_name", "last_name", "username") if key in user
        }
        return {"id": user["id"], "type": "private", **names}

    def show(self) -> Json:
        """Give the phone's state for the page."""
        world = self._emulator.world
        return {
            "user": self.user(),
            "blocked": bool(world.trait(self.user_id, "blocked")),
            "live_message_id": world.trait(self.user_id, "live_message_id"),
            "reply_keyboard": world.trait(self.user_id, "reply_keyboard"),
            "menu": menu_for(self._emulator, self.user()),
        }

    # what goes out

    def send(self, content: Json, wish: Json) -> Json:
        """Send a message of this content and give it back.

        wish may carry names, reply_to_message_id, age_s (how long ago it was sent),
        forwarded_from (whose message it was) and via_bot (the inline bot it came through).
        Raises PhoneError while the bot is blocked.
        """
        user = self.introduce(wish)
        if self._emulator.world.trait(self.user_id, "blocked"):
            text = "The bot is blocked: unblock it first."
            raise PhoneError(text)
        replied = self._replied(wish)
        message: Json = {
            "message_id": self._emulator.world.new_message_id(),
            "from": user,
            "chat": self._chat(user),
            "date": self._emulator.clock.seconds() - int(wish.get("age_s", 0)),
            **replied,
            **_origin(wish, self._emulator.clock.seconds()),
            **content,
        }
        self._emulator.world.save_message(message)
        self._emulator.phones.show(self.user_id, "message", message=message)
        self._emulator.updates.publish("message", message, chat_id=self.user_id)
        return message

    def _replied(self, wish: Json) -> Json:
        if not wish.get("reply_to_message_id"):
            return {}
        original = self._message(int(wish["reply_to_message_id"]))
        kept = {key: value for key, value in original.items() if key != "reply_to_message"}
        return {"reply_to_message": kept}

    def _message(self, message_id: int) -> Json:
        message = self._emulator.world.message(self.user_id, message_id)
        if message is None:
            text = f"There is no message {message_id} in this chat."
            raise PhoneError(text)
        return message

    def write(self, wish: Json) -> Json:
        """Send a text; a one-time keyboard goes when one of its labels is sent."""
        written = _read_words(wish)
        if written.text.split(maxsplit=1)[0] == "/start":
            self.unblock()
        message = self.send(written.as_fields(), wish)
        self._use_keyboard(written.text)
        return message

    def rewrite(self, wish: Json) -> Json:
        """Edit one of the shopper's own texts."""
        message = self._message(int(wish["message_id"]))
        if message["from"]["id"] != self.user_id or "text" not in message:
            text = "Only a text of one's own can be edited."
            raise PhoneError(text)
        kept = {key: value for key, value in message.items() if key != "entities"}
        words = _read_words(wish).as_fields()
        edited = kept | words | {"edit_date": self._emulator.clock.seconds()}
        self._emulator.world.save_message(edited)
        self._emulator.phones.show(self.user_id, "edited", message=edited)
        self._emulator.updates.publish("edited_message", edited, chat_id=self.user_id)
        return edited

    # keyboards

    def keyboard(self) -> Json:
        """Give the reply keyboard in place, empty when none is."""
        shown = self._emulator.world.trait(self.user_id, "reply_keyboard")
        return shown if isinstance(shown, dict) else {}

    def _use_keyboard(self, label: str) -> None:
        shown = self.keyboard()
        labels = {button["text"] for row in shown.get("keyboard", []) for button in row}
        used = shown.get("one_time_keyboard") and label in labels
        if used or shown.get("force_reply"):
            self.clear_keyboard()

    def clear_keyboard(self) -> None:
        """Put the reply keyboard away."""
        self._emulator.world.set_trait(self.user_id, "reply_keyboard", None)
        self._emulator.phones.show(self.user_id, "cleared_keyboard")

    # blocking

    def block(self) -> None:
        """Block the bot: it hears so once, and its calls answer 403."""
        self._set_blocked(blocked=True)

    def unblock(self) -> None:
        """Let the bot write again."""
        self._set_blocked(blocked=False)

    def _set_blocked(self, *, blocked: bool) -> None:
        user = self.introduce({})
        if bool(self._emulator.world.trait(self.user_id, "blocked")) == blocked:
            return
        self._emulator.world.set_trait(self.user_id, "blocked", blocked)
        bot = self._emulator.world.bot_profile()
        bot_user = {key: bot[key] for key in ("id", "is_bot", "first_name", "username")}
        free: Json = {"user": bot_user, "status": "member"}
        barred: Json = {"user": bot_user, "status": "kicked", "until_date": 0}
        change: Json = {
            "chat": self._chat(user),
            "from": user,
            "date": self._emulator.clock.seconds(),
            "old_chat_member": free if blocked else barred,
            "new_chat_member": barred if blocked else free,
        }
        self._emulator.updates.publish("my_chat_member", change, chat_id=self.user_id)


def _origin(wish: Json, date: int) -> Json:
    """Give where a message that is not the shopper's own came from."""
    origin: Json = {}
    if wish.get("forwarded_from"):
        name = str(wish["forwarded_from"])
        origin["forward_origin"] = {"type": "hidden_user", "date": date, "sender_user_name": name}
    if wish.get("via_bot"):
        name = str(wish["via_bot"])
        origin["via_bot"] = {"id": 1, "is_bot": True, "first_name": name, "username": name}
    return origin


def _read_words(wish: Json) -> Formatted:
    """Give what a shopper typed, with detected entities and those that were asked for."""
    text = wish.get("text")
    if not isinstance(text, str) or not tidy(text, [])[0]:
        complaint = 'A text needs "text" with something in it.'
        raise PhoneError(complaint)
    written = read_formatted(text, "", wish.get("entities"))
    if units(written.text) > LONGEST_TEXT:
        complaint = "The apps cut a text at 4096 characters."
        raise PhoneError(complaint)
    return written


def menu_for(emulator: Emulator, user: Json) -> list[Json]:
    """Give the commands a shopper's menu shows: narrowest scope first, own language first."""
    lists = emulator.ledger.table("commands")
    language = str(user.get("language_code", ""))[:2]
    scopes = (
        f"chat:{user['id']}",
        "all_private_chats",
        "default",
    )
    for scope in scopes:
        for code in (language, ""):
            found: list[Json] | None = lists.get(f"{scope}/{code}")
            if found:
                return found
    return []
