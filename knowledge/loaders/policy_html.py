"""A web page with rules into Markdown: the one door to selectolax, which reads HTML as browsers do."""

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

# What stands around a page's own text, or is none.
_AROUND = (
    "script, style, noscript, template, nav, footer, aside, form, button, iframe, svg, select"
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption dd div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr "
    "li main ol p pre section summary table tbody td th thead tr ul".split()
)
_CELLS = ("td", "th")
_MARKS = re.compile(r"^([#>|*+-]|=+$)")


@dataclass(frozen=True, slots=True)
class Page:
    """A page's title, empty when it has none, and its text as Markdown."""

    title: str
    text: str


def read_html(html: str) -> Page:
    """Take headings, paragraphs, lists and tables of a page; menus and scripts are left out."""
    tree = LexborHTMLParser(html)
    heading = tree.css_first("h1") or tree.css_first("title")
    title = _plain(heading.text()) if heading is not None else ""
    for each in tree.css(_AROUND):
        each.decompose()
    root = tree.css_first("main") or tree.css_first("article") or tree.body
    lines = [] if root is None else _lines(root)
    return Page(title, "\n\n".join(lines) + "\n")


def _lines(root: LexborNode) -> list[str]:
    """Give each block's own text in order, marked as what it is; words of one block are one line."""
    lines: list[str] = []
    words: list[str] = []
    current: LexborNode | None = None
    for node in root.traverse(include_text=True):
        if node.tag == "br":
            words.append(" ")
        if node.tag != "-text":
            continue
        block = _block_of(node)
        if current is None or block.mem_id != current.mem_id:
            lines += _line(current, words)
            words, current = [], block
        words.append(_cell_gap(node, words) + (node.text_content or ""))
    return lines + _line(current, words)


def _block_of(node: LexborNode) -> LexborNode:
    """Give the block a text stands in; the cells of a row are one block, and so is a paragraph in a list."""
    block = node
    while block.parent is not None and block.tag not in _BLOCKS:
        block = block.parent
    outer = block
    while (
        outer.parent is not None
        and outer.tag not in ("tr", "li")
        and outer.tag in ("p", "td", "th", "div")
    ):
        outer = outer.parent
    is_row = outer.tag == "tr"
    is_item = outer.tag == "li" and block.tag == "p"
    return outer if is_row or is_item else block


def _cell_gap(node: LexborNode, words: list[str]) -> str:
    parent = node.parent
    return " | " if words and parent is not None and parent.tag in _CELLS else ""


def _line(block: LexborNode | None, words: list[str]) -> list[str]:
    text = _plain("".join(words))
    if block is None or not text:
        return []
    tag = block.tag or ""
    if re.fullmatch(r"h[1-6]", tag):
        return [f"{'#' * int(tag[1])} {text}"]
    if tag == "li":
        return [f"- {text}"]
    return [_MARKS.sub(r"\\\1", text)]


def _plain(text: str) -> str:
    return " ".join(text.split())
