"""Say every refusal in Telegram's own words.

ApiError                 an answer with ok=false: code, description, perhaps parameters
├── BadRequestError      400
├── UnauthorizedError    401
├── ForbiddenError       403
├── NotFoundError        404
├── ConflictError        409
└── TooManyRequestsError 429, with retry_after
PhoneError               a shopper did what Telegram's apps do not allow (HTTP 400, {"error": text})

Source of the texts: tdlib/telegram-bot-api 10.0 and tdlib/td 1.8 (2026-11-21).
"""

from scripts.emulator.wire import Json


class ApiError(Exception):
    """An answer with ok=false."""

    def __init__(self, code: int, description: str, parameters: Json | None = None) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters

    def envelope(self) -> Json:
        """Give the answer's JSON object."""
        body: Json = {"ok": False, "error_code": self.code, "description": self.description}
        if self.parameters:
            body["parameters"] = self.parameters
        return body


class BadRequestError(ApiError):
    """400: the call cannot be carried out as asked."""

    def __init__(self, what: str, parameters: Json | None = None) -> None:
        super().__init__(400, f"Bad Request: {what}", parameters)


class UnauthorizedError(ApiError):
    """401: no bot has this token."""

    def __init__(self) -> None:
        super().__init__(401, "Unauthorized: invalid token specified")


class ForbiddenError(ApiError):
    """403: the other side does not want the bot."""

    def __init__(self, what: str) -> None:
        super().__init__(403, f"Forbidden: {what}")


class NotFoundError(ApiError):
    """404: no such method, or no such file."""

    def __init__(self, what: str | None = "method not found") -> None:
        super().__init__(404, f"Not Found: {what}" if what else "Not Found")


class ConflictError(ApiError):
    """409: two ways of receiving updates at once."""

    def __init__(self, what: str) -> None:
        super().__init__(409, f"Conflict: {what}")


class TooManyRequestsError(ApiError):
    """429: come back in retry_after seconds (whole, at least 1)."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(
            429, f"Too Many Requests: retry after {retry_after}", {"retry_after": retry_after}
        )


class PhoneError(Exception):
    """The shopper's app would not do this; the text says why."""


WEBHOOK_ACTIVE = (
    "can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
OTHER_POLLER = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
SET_WEBHOOK = "terminated by setWebhook request"
CHAT_NOT_FOUND = "chat not found"
TEXT_EMPTY = "message text is empty"
TEXT_BLANK = "text must be non-empty"
TEXT_TOO_LONG = "message is too long"
CAPTION_TOO_LONG = "message caption is too long"
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
QUERY_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
FILE_TOO_BIG = "file is too big"
BUTTON_DATA_INVALID = "BUTTON_DATA_INVALID"
BLOCKED = "bot was blocked by the user"
DEACTIVATED = "user is deactivated"
