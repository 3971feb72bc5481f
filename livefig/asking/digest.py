"""Digests, and texts sealed with words: who does not know the words cannot read the text. `digest.js` is the twin."""

from __future__ import annotations

import base64
import hashlib

SHORT = 16  # hexadecimal digits: of a thousand answers no two share them


def digest(*words: str) -> str:
    """A short number for some words, in their order.

    >>> digest("descent", "475"), digest("descent", "476")
    ('79c9b6f4d6831aaa', '33dbf941cab96664')
    """
    return _hashed(*words).hex()[:SHORT]


def sealed(text: str, *words: str) -> str:
    """A text that only `unsealed` with the same words brings back.

    >>> unsealed(sealed("Right: η = ½.", "descent", "475"), "descent", "475")
    'Right: η = ½.'
    """
    return base64.b64encode(_mixed(text.encode(), words)).decode()


def unsealed(text: str, *words: str) -> str:
    """The text that was `sealed` with these words."""
    return _mixed(base64.b64decode(text), words).decode()


def _mixed(content: bytes, words: tuple[str, ...]) -> bytes:
    stream = b"".join(_hashed("seal", str(block), *words) for block in range(len(content) // 32 + 1))
    return bytes(a ^ b for a, b in zip(content, stream, strict=False))


def _hashed(*words: str) -> bytes:
    return hashlib.sha256("\n".join(words).encode()).digest()
