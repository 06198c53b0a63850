"""What can go wrong in the running process before or while it talks to Telegram.

BotError
├── StartError              the process cannot start: one clear line, exit status 2
│   ├── SettingsError       a key or value of config.toml, .env or the environment
│   ├── DataKeyError        there is data, but not the key it was encrypted with
│   ├── DataFolderError     the data folder cannot be written or belongs to another bot
│   ├── ModelFileError      a model file that config.toml names is not there
│   ├── PortError           a local address is taken
│   ├── WebhookError        Telegram does not take the address of our webhook
│   └── TokenError          Telegram does not know the token
├── LeaseLostError          another process works on the database now; this one ends
└── PollError               one getUpdates call failed; the poll goes on
    ├── PollConflictError   409: someone else polls with the same token
    └── PollSilenceError    no answer, 5xx or 429; `retry_after_s` when Telegram said so
"""


class BotError(Exception):
    """Anything the running process raises itself."""


class StartError(BotError):
    """The process cannot start; the message is one line that says what to do."""


class SettingsError(StartError):
    """A setting is unknown, of the wrong kind or out of range."""


class DataKeyError(StartError):
    """The key that the stored personal data is encrypted with is missing or another one."""


class DataFolderError(StartError):
    """The data folder cannot be written, or it belongs to another bot."""


class DatabaseSilentError(StartError):
    """The database cannot be reached."""


class ModelFileError(StartError):
    """A model file named in the settings does not exist."""


class PortError(StartError):
    """Another process listens on the port."""


class WebhookError(StartError):
    """Telegram does not take the address where it is to bring updates."""


class TokenError(StartError):
    """Telegram answered 401 to the token."""


class LeaseLostError(BotError):
    """Another process has taken over the database; the message is one line that says what to do."""


class UnreadableUpdateError(BotError):
    """The library cannot parse a stored update."""


class PollError(BotError):
    """One getUpdates call failed."""


class PollConflictError(PollError):
    """Telegram ended this poll because another process polls with the same token."""


class PollSilenceError(PollError):
    """Telegram gave no usable answer; `retry_after_s` is None unless it asked for a pause."""

    def __init__(self, reason: str, *, retry_after_s: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after_s = retry_after_s
