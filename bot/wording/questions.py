"""Finds the question in a text that says something around it.

The rule is the same in every language and on every channel: what is asked stands out, the rest is
read like any other line.
"""

import re

_ENDS_ASKING = re.compile(r"[?؟？\u037e][\s’”\"')\]\u2066-\u2069]*$")
"""A line that ends with a question mark, also the Arabic, Greek or wide one."""

_ASKS = re.compile("[?؟？]")


def asked_in(text: str) -> tuple[str, str, str]:
    """What stands before the question in ``text``, the question, and what stands after it.

    The question is the last line that ends with a question mark; when none does, the last that has
    one in it, else the first. Of one line, all of it is.
    """
    lines = text.strip().split("\n")
    ends = [place for place, line in enumerate(lines) if _ENDS_ASKING.search(line)]
    holds = [place for place, line in enumerate(lines) if _ASKS.search(line)]
    place = (ends or holds or [0])[-1]
    before, after = "\n".join(lines[:place]), "\n".join(lines[place + 1 :])
    return before.strip(), lines[place].strip(), after.strip()
