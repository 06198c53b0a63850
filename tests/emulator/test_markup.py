from typing import Any

import pytest

from tests.emulator.caller import Caller


def _bold(offset: int, length: int) -> dict[str, Any]:
    return {"type": "bold", "offset": offset, "length": length}


def _kind(kind: str, offset: int, length: int, **more: str) -> dict[str, Any]:
    return {"type": kind, "offset": offset, "length": length, **more}


SITE = "http://example.com/"


@pytest.mark.parametrize(
    ("mode", "source", "text", "entities"),
    [
        ("HTML", "<b>Hi</b> A &amp; B &lt;3 &quot;&#33;", 'Hi A & B <3 "!', [_bold(0, 2)]),
        ("HTML", "🙂<b>é🙂</b>", "🙂é🙂", [_bold(2, 3)]),
        ("html", "<b>a<i>b</i></b>", "ab", [_bold(0, 2), _kind("italic", 1, 1)]),
        ("HTML", "<a href='http://example.com'>x</a>", "x", [_kind("text_link", 0, 1, url=SITE)]),
        ("HTML", '<a href="nowhere">x</a>', "x", []),
        (
            "HTML",
            '<pre><code class="language-py">x=1</code></pre>',
            "x=1",
            [_kind("pre", 0, 3, language="py")],
        ),
        (
            "HTML",
            "<blockquote expandable>q</blockquote>",
            "q",
            [_kind("expandable_blockquote", 0, 1)],
        ),
        ("HTML", '<span class="tg-spoiler">s</span>', "s", [_kind("spoiler", 0, 1)]),
        ("HTML", "<s>a</s><u>b</u>", "ab", [_kind("strikethrough", 0, 1), _kind("underline", 1, 1)]),
        ("HTML", "<b> x </b>", " x", [_bold(0, 2)]),
        ("HTML", "a & b <b></b>", "a & b", []),
        (
            "HTML",
            '<tg-emoji emoji-id="12">🙂</tg-emoji>',
            "🙂",
            [_kind("custom_emoji", 0, 2, custom_emoji_id="12")],
        ),
        ("HTML", "<b class>&#x1F642;&#0;</b>", "🙂&#0;", [_bold(0, 6)]),
        (
            "HTML",
            '<a href="http://example.com/?a=1&amp;b">x</a>',
            "x",
            [_kind("text_link", 0, 1, url=f"{SITE}?a=1&b")],
        ),
        ("HTML", "<pre>x</pre>", "x", [_kind("pre", 0, 1)]),
        ("MarkdownV2", "[x](nowhere)", "x", []),
        ("MarkdownV2", "[example\\.com]", "example.com", [_kind("text_link", 0, 11, url=SITE)]),
        ("MarkdownV2", "a\n>b", "a\nb", [_kind("blockquote", 2, 1)]),
        ("MarkdownV2", "```x```", "x", [_kind("pre", 0, 1)]),
        ("MarkdownV2", "[x](tg://user?id=7)", "x", [_kind("text_link", 0, 1, url="tg://user?id=7")]),
        ("Markdown", "*b* _i_ `c` \\*", "b i c *",
         [_bold(0, 1), _kind("italic", 2, 1), _kind("code", 4, 1)]),
        ("Markdown", "[x](example.com)", "x", [_kind("text_link", 0, 1, url=SITE)]),
        ("Markdown", "```py\nx\n```", "x", [_kind("pre", 0, 1, language="py")]),
        ("MarkdownV2", "*b _i_* \\. __u__", "b i . u",
         [_bold(0, 3), _kind("italic", 2, 1), _kind("underline", 6, 1)]),
        ("MarkdownV2", "||s|| ~t~ `a\\`b`", "s t a`b",
         [_kind("spoiler", 0, 1), _kind("strikethrough", 2, 1), _kind("code", 4, 3)]),
        ("MarkdownV2", "[x](http://example\\.com)", "x", [_kind("text_link", 0, 1, url=SITE)]),
        ("MarkdownV2", ">a\n>b\nc", "a\nb\nc", [_kind("blockquote", 0, 3)]),
        ("MarkdownV2", ">a||", "a", [_kind("expandable_blockquote", 0, 1)]),
        ("MarkdownV2", "```py\na.b```", "a.b", [_kind("pre", 0, 3, language="py")]),
        ("MarkdownV2", "_a__b__c_", "abc", [_kind("italic", 0, 3), _kind("underline", 1, 1)]),
        ("MarkdownV2", "![🙂](tg://emoji?id=12)", "🙂",
         [_kind("custom_emoji", 0, 2, custom_emoji_id="12")]),
    ],
)  # fmt: skip
async def test_markup_becomes_text_and_entities(
    telegram: Caller, mode: str, source: str, text: str, entities: list[dict[str, Any]]
) -> None:
    await telegram.say("hi")
    sent = await telegram.result("sendMessage", chat_id=7, text=source, parse_mode=mode)
    assert sent["text"] == text
    assert sent.get("entities", []) == entities


ESCAPE = "is reserved and must be escaped with the preceding '\\'"


@pytest.mark.parametrize(
    ("mode", "source", "complaint"),
    [
        ("HTML", "<b>x", 'Can\'t find end tag corresponding to start tag "b"'),
        ("HTML", "1 < 2 < 3", 'Unsupported start tag "" at byte offset 2'),
        ("HTML", "é <b", "Unclosed start tag at byte offset 3"),
        ("HTML", "<br>", 'Unsupported start tag "br" at byte offset 0'),
        ("HTML", "x</b>", "Unexpected end tag at byte offset 1"),
        (
            "HTML",
            "<b><i>x</b></i>",
            'Unmatched end tag at byte offset 7, expected "</i>", found "</b>"',
        ),
        ("HTML", "<span>x</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        ("HTML", "<a href", 'Unclosed start tag "a" at byte offset 0'),
        ("HTML", "<a href =  ", 'Unclosed start tag "a" at byte offset 0'),
        ("HTML", '<a href="x', "Unclosed start tag at byte offset 0"),
        ("HTML", "<a href=x/>y</a>", "Unexpected end of name token at byte offset 8"),
        (
            "HTML",
            "&#57311;",
            (
                "Text contains invalid Unicode characters after decoding HTML entities, "
                "check for unmatched surrogate code units"
            ),
        ),
        ("HTML", "<a ", 'Unclosed start tag "a" at byte offset 0'),
        ("HTML", "<a =x>", 'Empty attribute name in the tag "a" at byte offset 0'),
        ("HTML", "<b>x</b", "Unclosed end tag at byte offset 4"),
        (
            "HTML",
            '<tg-emoji emoji-id="9999999999999999999">x</tg-emoji>',
            "Invalid custom emoji identifier specified",
        ),
        ("MarkdownV2", "`a` ``` `", "Can't find end of Code entity at byte offset 8"),
        ("MarkdownV2", ">*a\nb", "Can't find end of Bold entity at byte offset 1"),
        ("MarkdownV2", "![x]", "Custom emoji entity must contain a tg://emoji URL"),
        ("MarkdownV2", "![x](http://a.b)", "Custom emoji URL must have an emoji identifier"),
        ("Markdown", "a *b", "Can't find end of the entity starting at byte offset 2"),
        ("MarkdownV2", "*unclosed", "Can't find end of Bold entity at byte offset 0"),
        ("MarkdownV2", "*bold _italic\\_*", "Can't find end of Bold entity at byte offset 15"),
        ("MarkdownV2", "hello.", f"Character '.' {ESCAPE}"),
        ("MarkdownV2", "a-b", f"Character '-' {ESCAPE}"),
        ("MarkdownV2", "a>b", f"Character '>' {ESCAPE}"),
        ("MarkdownV2", "a|b", f"Character '|' {ESCAPE}"),
        ("MarkdownV2", "wow!", f"Character '!' {ESCAPE}"),
        ("MarkdownV2", "[a](http://x.y", "Can't find end of a URL at byte offset 4"),
    ],
)
async def test_malformed_markup_is_refused_in_telegrams_words(
    telegram: Caller, mode: str, source: str, complaint: str
) -> None:
    await telegram.say("hi")
    refusal = await telegram.refusal("sendMessage", chat_id=7, text=source, parse_mode=mode)
    assert refusal == f"400 Bad Request: can't parse entities: {complaint}"


@pytest.mark.parametrize(
    ("entity", "complaint"),
    [
        (_bold(100, 1), "entity begins after the end of the text at UTF-16 offset 100"),
        (
            _bold(0, 100),
            (
                "entity beginning at UTF-16 offset 0 ends after the end of the text "
                "at UTF-16 offset 100"
            ),
        ),
        (_bold(-1, 1), "receive an entity with incorrect offset -1"),
        (_bold(1, 2), "entity begins in a middle of a UTF-16 symbol at UTF-16 offset 1"),
        ({"type": "bold", "offset": 0}, "can't parse MessageEntity: Can't find field \"length\""),
        (
            {"type": "bold", "offset": "x", "length": 1},
            'can\'t parse MessageEntity: Field "offset" must be of type Number',
        ),
        (
            _kind("text_link", 0, 2, url=""),
            "entity URL '' is invalid: URL host is empty",
        ),
        (_kind("odd", 0, 1), "can't parse MessageEntity: Unsupported type specified"),
        (_kind("text_link", 0, 2), "can't parse MessageEntity: Can't find field \"url\""),
        (
            _kind("text_link", 0, 2, url="not-a-url"),
            "entity URL 'not-a-url' is invalid: Wrong HTTP URL",
        ),
    ],
)
async def test_entities_outside_the_text_are_refused(
    telegram: Caller, entity: dict[str, Any], complaint: str
) -> None:
    await telegram.say("hi")
    refusal = await telegram.refusal("sendMessage", chat_id=7, text="🙂hello", entities=[entity])
    assert refusal == f"400 Bad Request: {complaint}"


async def test_entities_count_utf16_units_and_survive_trimming(telegram: Caller) -> None:
    await telegram.say("hi")
    sent = await telegram.result(
        "sendMessage", chat_id=7, text="  🙂 bold  ", entities=[_bold(5, 6)]
    )
    assert (sent["text"], sent["entities"]) == ("🙂 bold", [_bold(3, 4)])


async def test_what_telegram_marks_by_itself(telegram: Caller) -> None:
    text = "/start@some_bot a@b.co, see example.com or https://x.io/p?q=1. #sale $USD @ana_b /x"
    await telegram.say(text)
    message = (await telegram.last_update())["message"]
    marked = {
        message["text"][found["offset"] : found["offset"] + found["length"]]: found["type"]
        for found in message["entities"]
    }
    assert marked == {
        "/start@some_bot": "bot_command",
        "a@b.co": "email",
        "example.com": "url",
        "https://x.io/p?q=1": "url",
        "#sale": "hashtag",
        "$USD": "cashtag",
        "@ana_b": "mention",
        "/x": "bot_command",
    }
