"""Telegram in, Telegram out; no decisions."""

from aiogram import Router

from handlers.admin import (
    coupon_buttons,
    coupon_files,
    coupons,
    debug,
    demo,
    invitations,
    people,
    whynot,
)
from handlers.shopper import (
    changing,
    chat,
    choosing,
    export,
    family,
    history,
    known,
    language,
    linking,
    location,
    nudges,
    offers,
    orders,
    other,
    pause,
    photos,
    preferences,
    privacy,
    returning,
    settings,
    spent,
    start,
    why,
)
from handlers.staff import orders as store_orders
from handlers.staff import returns, till


def all_routers() -> list[Router]:
    """Give the routers in matching order: the first that fits an update answers it."""
    return [
        other.groups,  # first: nothing below may ever see a message of a group
        invitations.router,  # before the links of stores
        linking.router,  # as well
        people.router,  # what shoppers may not do falls through, as if it were not there
        coupon_files.router,  # before /coupon, which may stand under a file
        coupons.router,
        coupon_buttons.router,
        debug.router,
        whynot.router,
        store_orders.router,  # buttons on cards
        demo.router,  # before every other place that is shared
        till.router,
        returns.router,
        start.router,  # commands before free text
        privacy.router,
        export.router,
        settings.router,
        language.router,
        pause.router,
        why.router,
        orders.router,
        changing.router,  # buttons that make an order another one
        returning.router,
        history.router,
        spent.router,
        known.router,
        family.router,
        preferences.router,
        location.router,  # has /nearby, and places before anything that takes all messages
        offers.router,  # buttons under offers
        choosing.router,  # buttons under a question
        nudges.router,  # buttons that only a nudge has
        photos.router,
        chat.router,  # free text
        other.router,  # last: what nobody took, buttons without a valid signature included
    ]
