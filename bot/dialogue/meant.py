"""Says back what an author wrote, with the known word that was probably meant."""

import re
import unicodedata
from collections.abc import Collection
from difflib import get_close_matches

LONGEST_SHOWN = 60
"""Characters of an author's word that a message repeats."""

MOST_COMPARED = 200
"""Known words a wrong one is compared with, so that a file full of mistakes is soon read."""


def quoted(word: str) -> str:
    """``word`` between quotes, on one line and not too long to read."""
    shown = " ".join(word[: LONGEST_SHOWN + 1].split())
    if len(word) > LONGEST_SHOWN:
        shown = f"{shown[:LONGEST_SHOWN]}…"
    return f"‘{shown}’"


def listed(words: Collection[str]) -> str:
    """All ``words``, quoted, a comma between them."""
    return ", ".join(quoted(word) for word in words)


def meant(word: str, known: Collection[str]) -> str:
    """A sentence that asks whether one of ``known`` was meant; nothing when none looks like it.

    Starts with a space, so that it can stand right behind another sentence.
    """
    if not 0 < len(word) <= LONGEST_SHOWN:
        return ""
    close = get_close_matches(word.lower(), list(known)[:MOST_COMPARED], n=1)
    return f" Bedoelde je {quoted(close[0])}?" if close else ""


def as_id(word: str) -> str:
    """The id that looks most like ``word``: ``Over wie?`` gives ``over_wie``. May be empty."""
    plain = unicodedata.normalize("NFKD", word[:LONGEST_SHOWN].lower())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return re.sub(r"[^a-z0-9]+", "_", plain).strip("_0123456789")
