"""What a chat completion says, whole or in pieces (pure). It must not know how the answer came.

Source: https://platform.openai.com/docs/api-reference/chat-streaming (2026-11-22).
"""

import json

from knowledge.llm.errors import ServerFailed

_DATA, _LAST = "data:", "[DONE]"


def text_of(answer: bytes) -> str:
    """Give the text of an answer in one piece.

    Raises:
        ServerFailed: it is no chat completion.
    """
    try:
        content = json.loads(answer)["choices"][0]["message"]["content"]
    except (ValueError, LookupError, TypeError) as error:
        raise ServerFailed("The model server's answer is no chat completion.") from error
    if not isinstance(content, str):
        raise ServerFailed("The model server's answer holds no text.")
    return content


def piece_of(line: str) -> str | None:
    """Give what a line of a streamed answer adds to the text, perhaps nothing; None after the last.

    Raises:
        ServerFailed: it is no line of a chat completion.
    """
    if not line.startswith(_DATA):  # between two events, or a comment that keeps the line open
        return ""
    data = line.removeprefix(_DATA).strip()
    if data == _LAST:
        return None
    try:
        choices = json.loads(data)["choices"]
        content = choices[0]["delta"].get("content") if choices else None
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise ServerFailed("A piece of the model server's answer is none.") from error
    if not isinstance(content, str | None):
        raise ServerFailed("A piece of the model server's answer holds no text.")
    return content or ""
