"""Tell a link from what only looks like one, and write it the way Telegram stores it.

Source: core.telegram.org/bots/api#inlinekeyboardbutton, tdlib/td LinkManager (2026-11-21).
"""

from urllib.parse import urlsplit

from scripts.emulator.errors import BadRequestError

_INTERNAL = frozenset({"tg", "ton", "tonsite"})


def link_problem(url: str) -> str:
    """Say in Telegram's words what is wrong with a URL, nothing when it is fine."""
    url = url.strip()
    scheme, found, _ = url.partition("://")
    if found and scheme.lower() in _INTERNAL:
        return ""
    if found and scheme.lower() not in {"http", "https"}:
        return "Unsupported URL protocol"
    try:
        host = urlsplit(url if found else f"http://{url}").hostname or ""
    except ValueError:
        host = " "
    if not host:
        return "URL host is empty"
    return "" if "." in host.strip(".") and " " not in host else "Wrong HTTP URL"


def checked_link(url: str) -> str:
    """Give a URL with scheme and path, empty when Telegram would not link it."""
    url = url.strip()
    if link_problem(url):
        return ""
    if "://" not in url:
        url = f"http://{url}"
    parts = urlsplit(url)
    if parts.scheme in {"http", "https"} and not parts.path:
        url = url.replace(parts.netloc, f"{parts.netloc}/", 1)
    return url


def require_link(url: str, what: str) -> None:
    """Refuse a URL that Telegram would refuse; `what` names it in the complaint."""
    problem = link_problem(url)
    if problem:
        raise BadRequestError(f"{what} '{url}' is invalid: {problem}")


def require_web_app_link(url: str, what: str) -> None:
    """Refuse a Mini App's address that is not HTTPS."""
    if not url.lower().startswith("https://"):
        raise BadRequestError(f"{what} '{url}' is invalid: Only HTTPS links are allowed")
    require_link(url, what)
