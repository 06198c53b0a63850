"""/coupon: add, list, show, edit, pause, resume and end coupons from the chat."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from difflib import get_close_matches

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from handlers.admin import texts_coupons as texts
from handlers.admin.permissions import HasRole
from handlers.admin.texts_problems import Problems, shown
from handlers.desk import Desk
from handlers.rendering import Keyboard, send
from handlers.shop import Shop
from knowledge.amounts import locale_for
from knowledge.couponing import Signature, enter, known_for_change, pause, resume
from knowledge.language import Sentence, told
from knowledge.loaders.coupon_changes import Known, ShopDay
from knowledge.loaders.coupon_fields import CouponDraft, read_code, read_draft
from knowledge.loaders.coupon_rows import DraftRow, Drafts
from knowledge.loaders.coupon_words import read_words
from knowledge.loaders.problems import FieldError, Problem
from knowledge.loaders.shop_names import ShopNames
from storage.records import Role, Shopper
from storage.work import Work

router = Router(name="coupons")
MANAGERS = HasRole(Role.OWNER, Role.ADMIN)
PAGE_SIZE = 10
_COMPARED = 40  # characters of a mistyped code


@dataclass(frozen=True, slots=True)
class Asked:
    """A command at work: its code and what follows it, in a transaction."""

    work: Work
    verb: str
    code: str
    words: str
    day: ShopDay
    signature: Signature


@dataclass(frozen=True, slots=True)
class Reply:
    """What is answered; `asks_to_end` is the code under whose answer the Yes and No stand."""

    text: str
    asks_to_end: str | None = None


@router.message(Command("coupon"), MANAGERS)
async def coupon(
    message: Message, command: CommandObject, shopper: Shopper, desk: Desk, shop: Shop
) -> None:
    """Do what the word after the command says."""
    day = await shop_day(shop, shopper)
    verb, rest = _split(command.args or "")
    if verb.lower() == "list":
        text, keyboard = await listed(desk, day, shop, shopper, 0)
        await desk.send(send(shopper.id, text, keyboard=keyboard))
        return
    code, words = _split(rest)
    async with desk.work() as work:
        signature = Signature(shopper.id, desk.received_at)
        asked = Asked(work, verb.lower(), code, words, day, signature)
        reply = await _answered(asked, verb)
        keyboard = None
        if reply.asks_to_end is not None:
            keyboard = shop.buttons(shopper).confirm_coupon_end(reply.asks_to_end)
        await desk.enqueue(work, send(shopper.id, reply.text, keyboard=keyboard))
        await work.commit()


async def shop_day(shop: Shop, shopper: Shopper) -> ShopDay:
    """Give what coupons are read against: shop time, time zone and names, and the language of who asks."""
    catalogue = await shop.concierge.catalogue()
    names = ShopNames.of(catalogue.products.values(), catalogue.stores.values())
    locale = locale_for(shopper.language)
    return ShopDay(shop.now(), catalogue.time_zone, names, locale)


async def listed(
    desk: Desk, day: ShopDay, shop: Shop, shopper: Shopper, number: int
) -> tuple[str, Keyboard | None]:
    """Give a page of the list, counted from 0, and its buttons; past the end it is the last page."""
    async with desk.reading() as work:
        uses = await work.coupons.used()
        found = [Known(each, uses.get(each.code, 0)) for each in await work.coupons.all()]
    if not found:
        return told(texts.NO_COUPONS, day.locale), None
    last = (len(found) - 1) // PAGE_SIZE
    number = min(number, last)
    text = texts.page(texts.in_order(found, day.now), number * PAGE_SIZE, PAGE_SIZE, day)
    return text, shop.buttons(shopper).coupon_pages(number, last)


async def _answered(asked: Asked, given: str) -> Reply:
    if asked.verb == "add":
        return await _add(asked)
    act = _ACTS.get(asked.verb)
    if act is None and given:
        return _unchanged(asked, texts.COMMAND_UNKNOWN, given=shown(given))
    if act is None:
        codes = {each.code for each in await asked.work.coupons.all()}
        return Reply(texts.how(asked.day, codes))
    known = await _known(asked)
    return known if isinstance(known, Reply) else await act(asked, known)


async def _add(asked: Asked) -> Reply:
    draft = _draft(asked)
    if isinstance(draft, CouponDraft) and await known_for_change(asked.work, [draft.code]):
        draft = (FieldError("code", Problem.IS_THERE, draft.code),)
    return await _entered(asked, draft, texts.ADDED)


async def _edit(asked: Asked, known: Known) -> Reply:
    if not asked.words:
        return _unchanged(asked, texts.EDIT_HOW, code=known.coupon.code)
    return await _entered(asked, _draft(asked), texts.CHANGED)


async def _show(asked: Asked, known: Known) -> Reply:
    return Reply(texts.card(known, asked.day))


async def _pause(asked: Asked, known: Known) -> Reply:
    code = known.coupon.code
    if known.coupon.valid_until <= asked.day.now:
        return _has_ended(asked, code)
    if known.coupon.is_paused:
        return _unchanged(asked, texts.IS_PAUSED, code=code)
    await pause(asked.work, known.coupon, asked.signature)
    return Reply(told(texts.PAUSED, asked.day.locale, code=code))


async def _resume(asked: Asked, known: Known) -> Reply:
    code = known.coupon.code
    if known.coupon.valid_until <= asked.day.now:
        return _has_ended(asked, code)
    if not known.coupon.is_paused:
        return _unchanged(asked, texts.NOT_PAUSED, code=code)
    coupon = await resume(asked.work, known.coupon, asked.signature)
    return Reply(texts.answered(texts.RESUMED, Known(coupon, known.uses), asked.day))


async def _end(asked: Asked, known: Known) -> Reply:
    code = known.coupon.code
    if known.coupon.valid_until <= asked.day.now:
        return _has_ended(asked, code)
    locale = asked.day.locale
    text = told(texts.END_SURE, locale, code=code, uses=texts.uses(known, locale))
    return Reply(text, asks_to_end=code)


_ACTS: dict[str, Callable[[Asked, Known], Awaitable[Reply]]] = {
    "show": _show,
    "edit": _edit,
    "pause": _pause,
    "resume": _resume,
    "end": _end,
}


async def _entered(
    asked: Asked, draft: CouponDraft | tuple[FieldError, ...], opening: Sentence
) -> Reply:
    problems = Problems(asked.day.names, asked.day.locale)
    if isinstance(draft, tuple):
        return Reply(problems.of_command(draft))
    drafts = Drafts((DraftRow(None, draft),))
    plan = await enter(asked.work, drafts, asked.day, asked.signature)
    if isinstance(plan, tuple):
        return Reply(problems.of_command(plan))
    if plan.same:
        return _unchanged(asked, texts.SAME, code=draft.code)
    known = (await known_for_change(asked.work, [draft.code]))[draft.code]
    return Reply(texts.answered(opening, known, asked.day))


def _draft(asked: Asked) -> CouponDraft | tuple[FieldError, ...]:
    """Read the code and the words after it, as a row of a file is read."""
    names, today = asked.day.names, asked.day.today
    code = read_code(asked.code)
    if isinstance(code, FieldError) and asked.code:
        return (code,)
    cells = read_words(asked.words, names, today)
    if isinstance(cells, FieldError):
        return (cells,)
    return read_draft({"code": asked.code, **cells}, names, today)


async def _known(asked: Asked) -> Known | Reply:
    """Give the coupon a command names, or what to answer when there is none."""
    if not asked.code:
        return _unchanged(asked, texts.CODE_HOW, verb=asked.verb)
    code = asked.code.upper()
    known = (await known_for_change(asked.work, [code])).get(code)
    if known is not None:
        return known
    codes = [each.code for each in await asked.work.coupons.all()]
    close = get_close_matches(code[:_COMPARED], codes, n=1)
    locale = asked.day.locale
    fix = told(texts.CODE_LIST, locale)
    if close:
        fix = told(texts.CODE_NEAREST, locale, nearest=close[0])
    return _unchanged(asked, texts.CODE_UNKNOWN, given=shown(asked.code), fix=fix)


def _has_ended(asked: Asked, code: str) -> Reply:
    until = f"{asked.day.today.year + 1}-12-31"
    return _unchanged(asked, texts.HAS_ENDED, code=code, until=until)


def _unchanged(asked: Asked, sentence: Sentence, **values: str) -> Reply:
    return Reply(texts.unchanged(sentence, asked.day.locale, **values))


def _split(text: str) -> tuple[str, str]:
    """Give the first word and the rest."""
    words = text.split(maxsplit=1)
    return (words[0] if words else ""), (words[1] if len(words) > 1 else "")
