"""What can go wrong with a language model.

LlmError
├── ModelUnavailable      the model cannot be used at all
│   ├── ModelMissing      its file is not where config.toml says
│   ├── EngineMissing     llama-cpp-python is not installed
│   └── ModelUnreadable   the file is there, but is not a model the engine can open
└── CallFailed            one request to a working model came to nothing
    ├── CallCancelled     nobody waits for the answer any more
    ├── PromptTooLong     prompt and answer do not fit into the context
    ├── LockBroken        the text says more than it may
    └── ServerFailed      the server of the model did not answer, or with something else
"""


class LlmError(Exception):
    """Base of everything a language model raises on purpose."""


class ModelUnavailable(LlmError):  # noqa: N818 - named for what it is, as in the tree
    """The model cannot be used at all."""


class ModelMissing(ModelUnavailable):
    """The model file is not where config.toml says."""


class EngineMissing(ModelUnavailable):
    """llama-cpp-python is not installed."""


class ModelUnreadable(ModelUnavailable):
    """The file is there, but is not a model the engine can open."""


class CallFailed(LlmError):  # noqa: N818 - named for what it is, as in the tree
    """One request to a working model came to nothing."""


class CallCancelled(CallFailed):
    """Nobody waits for the answer any more."""


class PromptTooLong(CallFailed):
    """Prompt and answer do not fit into the model's context."""


class LockBroken(CallFailed):
    """The text says more than it may: digits, markup, or a placeholder it was not given."""


class ServerFailed(CallFailed):
    """The server of the model did not answer, or with something else; the next call would hardly fare better."""
