"""Tells who asked for it of a birthday in /family: once for each, a week before, with an idea for a present and why."""

from dataclasses import dataclass
from datetime import datetime

from handlers.answers import Occasion, keep_suggestions
from handlers.keyboards import side_by_side
from handlers.reminders import texts
from handlers.reminders.searching import each_awake
from handlers.reminders.telling import LONG_AGO, Reader, Reminding
from handlers.rendering import send
from handlers.unasked import UnaskedParts
from knowledge.amounts import locale_for
from knowledge.birthdays import Near, near
from knowledge.catalogue import Catalogue
from knowledge.context import Question
from knowledge.ranking import Ranked
from knowledge.reminding import ReminderRules
from storage.records import ConsentKind, Priority, ReminderKind, Shopper
from storage.work import Work

_KIND = ConsentKind.BIRTHDAYS
# What is asked of the concierge in the shopper's stead.
_ASKS = "a present for {nickname}"


@dataclass(frozen=True, slots=True)
class _Idea:
    """What would please, why, and as which wish it is kept."""

    ranked: Ranked
    reason: str
    wish: str


class BirthdayReminders:
    """Looks after birthdays that come."""

    def __init__(self, parts: UnaskedParts, rules: ReminderRules) -> None:
        self._parts = parts
        self._rules = rules

    async def tick(self) -> None:
        """Remind whoever is due; who sleeps now, or heard something else today, is due again later."""
        catalogue, now = await self._parts.concierge.catalogue(), self._parts.now()
        found = each_awake(
            self._parts,
            self._rules.hours,
            lambda work: work.reminders.zones_with_birthdays(now),
            lambda work, day, last: work.reminders.with_birthdays(now, day, after_id=last),
        )
        async for shopper_id in found:
            await self._remind(shopper_id, catalogue)

    async def _remind(self, shopper_id: int, catalogue: Catalogue) -> None:
        now = self._parts.now()
        async with self._parts.database.reading() as work:
            due = await self._due(work, shopper_id, catalogue, now)
        if due is None:
            return
        idea = await self._idea(due[0].shopper, due[1], now)
        # Whoever writes looks again: an idea takes its time.
        async with self._parts.database.work() as work:
            again = await self._due(work, shopper_id, catalogue, now)
            if again is None or again[1] != due[1]:
                return
            if await self._queue(work, catalogue, again, idea):
                await work.commit()

    async def _due(
        self, work: Work, shopper_id: int, catalogue: Catalogue, now: datetime
    ) -> tuple[Reader, Near] | None:
        """Give who may be told of which birthday now: the next that they were not told of yet."""
        reminding = Reminding(work, self._parts, catalogue, self._rules, now)
        reader = await reminding.reader(shopper_id, self._rules.hours, _KIND)
        if reader is None:
            return None
        told = await work.reminders.of_shopper(shopper_id, now - LONG_AGO)
        known = {each.about for each in told if each.kind is ReminderKind.BIRTHDAY}
        people = await work.links.people(shopper_id)
        today = now.astimezone(reader.zone).date()
        due = [
            each
            for each in near(people, today, self._rules.birthday_days)
            if each.key not in known
        ]
        return (reader, due[0]) if due else None

    async def _idea(self, shopper: Shopper, birthday: Near, now: datetime) -> _Idea | None:
        """Find one present, as if they had asked for it; None when nothing fits that is for whom it is."""
        concierge, relative = self._parts.concierge, birthday.relative
        text = _ASKS.format(nickname=relative.nickname)
        question = Question(shopper, text, now, just_search=True)
        answer = await concierge.reply(question, use_model=False)
        best = next((each for each in answer.shown if each.relative_id == relative.id), None)
        if best is None:
            return None
        giving, product_id = await concierge.giving(), best.candidate.product.id
        locale = locale_for(shopper.language)
        reason = await giving.reason_for(product_id, shopper.id, relative.id, locale)
        return _Idea(best, reason, answer.wish)

    async def _queue(
        self, work: Work, catalogue: Catalogue, due: tuple[Reader, Near], idea: _Idea | None
    ) -> bool:
        (reader, birthday), now = due, self._parts.now()
        shopper = reader.shopper
        reminding = Reminding(work, self._parts, catalogue, self._rules, now)
        buttons, bold = reminding.buttons(shopper), [birthday.relative.nickname]
        rows = [buttons.rights.turn_off(_KIND)]
        today, locale = now.astimezone(reader.zone).date(), locale_for(shopper.language)
        text = texts.birthday(birthday, today, locale)
        if idea is not None:
            occasion = Occasion(shopper, now)
            (suggestion,) = await keep_suggestions(work, [idea.ranked], idea.wish, occasion)
            candidate = idea.ranked.candidate
            text = f"{text}\n{texts.idea(candidate, idea.reason, locale)}"
            bold.append(candidate.product.title)
            rows.insert(0, buttons.offer(suggestion))
        message = send(
            shopper.id, text, bold=bold, keyboard=side_by_side(rows), priority=Priority.CAMPAIGN
        )
        return await reminding.queue(reader, message, [(ReminderKind.BIRTHDAY, birthday.key)])
