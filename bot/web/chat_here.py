"""Our own lines as they read on the chat page, where the bar has words beside its pictures.

A text is written once for every channel. On Telegram 🚪 is a button; here the same button is called
‘Weg’, and who is on the chat page already is not sent to its address.
"""

import re
from typing import Protocol

BAR = {"🚪": "chat_leave", "🆘": "chat_help", "⋯": "chat_menu", "←": "chat_back"}
"""What the bar calls each of the buttons that texts name by their picture."""

_ISOLATED = re.compile("(\u2068[^\u2069]*\u2069)")
_PICTURE = re.compile("|".join(BAR))


class Words(Protocol):
    """Finds one of the fixed words (``dialogen/vaste_woorden.yaml``) in one language."""

    def __call__(self, name: str) -> str:
        """The word or sentence that is called ``name`` there."""
        ...


class Here(Protocol):
    """Words one of our own lines as it reads on the chat page."""

    def __call__(self, text: str) -> str:
        """``text`` for this page; what stands between isolates is someone's own, and stays."""
        ...


def as_here(words: Words, page: str = "") -> Here:
    """Names the buttons of the bar by ``words``; ``page``, its own address, becomes ‘here’."""

    def one(part: str) -> str:
        if part.startswith("\u2068"):
            return part
        if page:
            part = part.replace(page, words("chat_here"))
        return _PICTURE.sub(lambda found: f"‘{words(BAR[found[0]])}’", part)

    return lambda text: "".join(one(part) for part in _ISOLATED.split(text))
