"""Answer who is in a chat; react, leave."""

from scripts.emulator.emulator import Emulator, Method
from scripts.emulator.errors import BadRequestError
from scripts.emulator.groups import Group, bot_membership
from scripts.emulator.parameters import Parameters
from scripts.emulator.sending import find_chat, open_chat
from scripts.emulator.wire import Json

ALLOWED_REACTIONS = frozenset(
    "👍👎❤🔥🥰👏😁🤔🤯😱🤬😢🎉🤩🤮💩🙏👌🕊🤡🥱🥴😍🐳🌚🌭💯🤣⚡🍌🏆💔🤨😐🍓🍾💋🖕😈😴😭🤓👻👀🎃🙈😇😨🤝✍🤗🫡🎅🎄☃💅🤪🗿🆒💘🙉🦄😘💊🙊😎👾😡"
)
_FULL_CHAT = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": True,
        "limited_gifts": True,
        "unique_gifts": True,
        "premium_subscription": True,
        "gifts_from_channels": True,
    },
}


async def get_chat(emulator: Emulator, parameters: Parameters) -> Json:
    """Describe a chat."""
    chat = find_chat(emulator, parameters)
    full = chat | _FULL_CHAT
    pinned_id = emulator.ledger.table("pinned").get(str(chat["id"]))
    pinned = emulator.world.message(chat["id"], pinned_id) if pinned_id else None
    if pinned is not None:
        full["pinned_message"] = pinned
    return full


async def get_chat_member(emulator: Emulator, parameters: Parameters) -> Json:
    """Tell what someone is in a chat."""
    chat = find_chat(emulator, parameters)
    user_id = parameters.integer("user_id")
    if user_id <= 0:
        raise BadRequestError("invalid user_id specified")
    if user_id == emulator.world.bot_id:
        if chat["type"] == "private":
            return {"user": emulator.world.bot_user(), "status": "member"}
        return bot_membership(emulator, chat["id"])
    user = emulator.world.user(user_id)
    if user is None:
        raise BadRequestError("user not found")
    in_chat = chat["id"] == user_id or chat["type"] != "private"
    return {"user": user, "status": "member" if in_chat else "left"}


async def leave_chat(emulator: Emulator, parameters: Parameters) -> bool:
    """Leave a group or channel."""
    chat = open_chat(emulator, parameters)
    if chat["type"] == "private":
        raise BadRequestError("chat member status can't be changed in private chats")
    Group(emulator, chat["id"]).change_bot("left", by=emulator.world.bot_user())
    return True


async def set_message_reaction(emulator: Emulator, parameters: Parameters) -> bool:
    """React to a message with at most one emoji."""
    chat = open_chat(emulator, parameters)
    message = emulator.world.message(chat["id"], parameters.integer("message_id"))
    if message is None:
        raise BadRequestError("message to react not found")
    wish = parameters.structure("reaction", "can't parse reaction types JSON object") or []
    if not isinstance(wish, list):
        raise BadRequestError("expected an Array of ReactionType")
    if len(wish) > 1:
        raise BadRequestError("REACTIONS_TOO_MANY")
    for reaction in wish:
        emoji = str(reaction.get("emoji", "")).removesuffix("\ufe0f")
        if reaction.get("type") != "emoji" or emoji not in ALLOWED_REACTIONS:
            raise BadRequestError("REACTION_INVALID")
    if chat["type"] == "private":
        message_id = message["message_id"]
        emulator.phones.show(chat["id"], "reaction", message_id=message_id, reaction=wish)
    return True


METHODS: dict[str, Method] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "leaveChat": leave_chat,
    "setMessageReaction": set_message_reaction,
}
