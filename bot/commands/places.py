"""Finds where an author wrote something, from the name under which its words are kept."""

import re
from pathlib import Path

from bot.authored.dutch import BLOCKS, DIALOGUE_FILE, ENGINE_FILE, HELPLINES_FILE
from bot.dialogue.vocabulary import ENGINE


def place_of(authored: Path, context: str) -> str:
    """File and line of ``context`` (``ouder/over_wie``), as its author knows them.

    The file alone when the line is not found; ``context`` itself when there is no such file.
    """
    room, _, rest = context.partition("/")
    name = rest
    match room:
        case "vast":
            file = ENGINE_FILE
        case "hulplijnen":
            file, name = HELPLINES_FILE, rest.partition("/")[0]
        case "bouwstenen":
            block, _, name = rest.partition("/")
            file = f"{BLOCKS}/{block}.yaml"
        case _:
            file = f"{room}/{DIALOGUE_FILE}"
    path = authored / file
    if not path.is_file():
        return context
    line = _line_of(path.read_text("utf-8"), name, nested=room != ENGINE and room != "hulplijnen")
    shown = f"{authored.name}/{file}"
    return f"{shown}:{line}" if line else shown


def _line_of(text: str, name: str, *, nested: bool) -> int:
    """The line where ``name`` is a key; below ``nodes:`` when it is ``nested``. 0 for none."""
    key = re.compile(rf"\s+{re.escape(name)}\s*:" if nested else rf"{re.escape(name)}\s*:")
    is_below = not nested
    for number, line in enumerate(text.splitlines(), 1):
        if is_below and key.match(line):
            return number
        is_below = is_below or line.startswith("nodes:")
    return 0
