"""A label that is a picture and a word or two: which picture, which words."""

import re

_SIGN = "[\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff]"
_LOOK = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]?"
"""How the sign before it looks: as text, in colour, or with a colour of skin."""

_PICTURE = re.compile(f"({_SIGN}{_LOOK}(?:\u200d{_SIGN}{_LOOK})*) +")


def parted(label: str) -> tuple[str, str]:
    """The one emoji that ``label`` begins with, and its words: ``😀 heel blij``.

    The picture is empty when there is none, or when there are no words behind it.
    """
    found = _PICTURE.match(label)
    words = label[found.end() :].strip() if found else ""
    return (found[1], words) if found and words and not _PICTURE.match(f"{words} ") else ("", label)
