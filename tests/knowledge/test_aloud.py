"""Replies while they are written: what is shown of them, when, and who gives them up."""

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from knowledge.aloud import Aloud, Pace, unless_overtaken
from knowledge.templates import Words

AT_ONCE = Pace(first_s=0.0, every_s=0.0)
NEVER = Pace(first_s=3600.0)
ONCE = Pace(first_s=0.0, every_s=3600.0)


class Screen:
    """Remembers what is shown."""

    def __init__(self) -> None:
        self.seen: list[str] = []
        self._changed = asyncio.Event()

    async def show(self, words: Words) -> None:
        self.seen.append(words.text)
        self._changed.set()

    async def changed(self) -> None:
        async with asyncio.timeout(60):
            await self._changed.wait()
        self._changed.clear()


async def passed(draft: str) -> Words | None:
    return Words(draft)


async def nothing_with_tea(draft: str) -> Words | None:
    return None if "tea" in draft else Words(draft)


def aloud(
    screen: Screen,
    pace: Pace = AT_ONCE,
    checked: Callable[[str], Awaitable[Words | None]] = passed,
) -> Aloud:
    return Aloud(screen.show, checked, pace)


async def rest() -> None:
    """Let everything run that can."""
    for _ in range(9):
        await asyncio.sleep(0)


async def test_whole_sentences_alone_are_shown_as_they_come() -> None:
    screen = Screen()
    reply = aloud(screen)
    async with reply.listening():
        reply.hear("Brr. {sto")
        await screen.changed()
        reply.hear("Brr. {store} has it. And")
        await screen.changed()
        reply.hear("Brr. {store} has it. And more")
        await rest()
    assert screen.seen == ["Brr.", "Brr. {store} has it."]


async def test_words_may_come_from_another_thread() -> None:
    screen = Screen()
    reply = aloud(screen)
    async with reply.listening():
        await asyncio.to_thread(reply.hear, "Brr.")
        await screen.changed()
    assert screen.seen == ["Brr."]


async def test_what_is_checked_and_refused_is_not_shown() -> None:
    screen = Screen()
    reply = aloud(screen, checked=nothing_with_tea)
    async with reply.listening():
        reply.hear("Have tea.")
        await rest()
        reply.hear("Brr.")  # the next draft
        await screen.changed()
    assert screen.seen == ["Brr."]


@pytest.mark.parametrize(("pace", "seen"), [(NEVER, []), (ONCE, ["One."])])
async def test_nothing_is_shown_before_its_time(pace: Pace, seen: list[str]) -> None:
    screen = Screen()
    reply = aloud(screen, pace)
    async with reply.listening():
        for text in ("One.", "One. Two.", "One. Two. Three."):
            reply.hear(text)
            await rest()
    assert screen.seen == seen


async def test_nothing_is_shown_after_the_reply() -> None:
    screen = Screen()
    reply = aloud(screen)
    async with reply.listening():
        pass
    reply.hear("Brr.")
    await rest()
    assert screen.seen == []


async def test_a_preview_on_its_way_arrives_before_the_reply_leaves() -> None:
    arrived, let_go = [], asyncio.Event()

    async def show(words: Words) -> None:
        begun.set()
        await let_go.wait()
        arrived.append(words.text)

    begun = asyncio.Event()
    reply = Aloud(show, passed, AT_ONCE)
    async with reply.listening():
        reply.hear("Brr.")
        await begun.wait()
        asyncio.get_running_loop().call_soon(let_go.set)
    assert arrived == ["Brr."]


async def forever() -> str:
    await asyncio.Event().wait()
    return "never"


async def at_once() -> str:
    return "done"


async def test_work_is_given_up_as_soon_as_it_is_overtaken() -> None:
    overtaken = asyncio.Event()
    working = asyncio.create_task(unless_overtaken(forever, overtaken))
    await rest()
    assert not working.done()
    overtaken.set()
    assert await working is None


async def test_work_that_is_not_overtaken_is_done() -> None:
    overtaken = asyncio.Event()
    assert await unless_overtaken(at_once, overtaken) == "done"
    overtaken.set()
    assert await unless_overtaken(at_once, overtaken) is None


async def test_work_fails_as_it_would_alone() -> None:
    async def fail() -> str:
        raise LookupError

    with pytest.raises(LookupError):
        await unless_overtaken(fail, asyncio.Event())
