"""Danger in words, and words that only sound like it."""

import pytest

from knowledge.understanding.danger import danger_in


@pytest.mark.parametrize(
    ("text", "tone"),
    [
        ("I want to kill myself", ""),
        ("cheap coffee and i dont want to live anymore", ""),
        ("thinking of ending my life", ""),
        ("my husband hits me", ""),
        ("I'M SUICIDAL", ""),
        ("I have chest pains", "medical"),
        ("my baby isn't breathing", "medical"),
        ("he swallowed a battery", "medical"),
        ("my chest hurts and my arm is numb", "medical"),
        ("there's a pressure in my chest", "medical"),
        ("her face is drooping and her speech is slurred", "medical"),
        ("my throat is swelling up after the cake", "medical"),
        ("his lips are swollen and he can't breathe", "medical"),
        ("my dad just collapsed", "medical"),
        ("the toddler drank bleach", "medical"),
        ("these shoes are killing me", None),
        ("I'm dying for a coffee", None),
        ("I want to die for a burger like that", None),
        ("this heat is killing me", None),
        ("a breathable jacket", None),
        ("battery for my watch", None),
        ("killer heels", None),
        ("a chest of drawers", None),
        ("my throat is sore", None),
        ("my feet are swollen from walking", None),
        ("numb fingers from the cold", None),
        ("a collapsible cup", None),
    ],
)
def test_danger(text: str, tone: str | None) -> None:
    assert danger_in(text) == tone
