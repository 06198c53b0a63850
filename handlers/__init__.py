"""Telegram in, Telegram out; no decisions."""

from aiogram import Router

from handlers.admin import invitations, people
from handlers.shopper import chat, location, nudges, offers, orders, other, privacy, start


def all_routers() -> list[Router]:
    """Give the routers in matching order: the first that fits an update answers it."""
    return [
        other.groups,  # first: nothing below may ever see a message of a group
        invitations.router,  # before the links of stores
        people.router,  # what shoppers may not do falls through, as if it were not there
        start.router,  # commands before free text
        privacy.router,
        orders.router,
        location.router,  # has /nearby, and places before anything that takes all messages
        offers.router,  # buttons under offers
        nudges.router,  # buttons that only a nudge has
        chat.router,  # free text
        other.router,  # last: what nobody took, buttons without a valid signature included
    ]
