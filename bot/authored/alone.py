"""Reads one dialogue from where it lies, with the building blocks beside it and nothing else."""

from pathlib import Path

from bot.authored.dutch import BLOCKS, DIALOGUE_FILE
from bot.authored.forms import read_source
from bot.dialogue.compiler import compile_dialogue
from bot.dialogue.problems import Problem
from bot.dialogue.tree import Compiled


def read_dialogues(path: Path) -> dict[str, Compiled] | tuple[Problem, ...]:
    """Every dialogue at ``path``, by name, or everything that is wrong with them.

    ``path`` is a folder with dialogues (``dialogen``), one of its folders (``dialogen/ouder``), or
    the file in it. Raises ``FileNotFoundError`` when there is no dialogue.
    """
    files = _files(path)
    if not files:
        raise FileNotFoundError(path)
    problems: list[Problem] = []
    found: dict[str, Compiled] = {}
    for file in files:
        home = file.parent.parent
        blocks = {
            block.stem: source
            for block in sorted((home / BLOCKS).glob("*.yaml"))
            if (source := read_source(block, _name(home, block), problems)) is not None
        }
        source = read_source(file, _name(home, file), problems)
        compiled = () if source is None else compile_dialogue(source, blocks)
        if isinstance(compiled, Compiled):
            found[compiled.dialogue.name] = compiled
        else:
            problems += compiled
    return tuple(sorted(set(problems))) or found


def _files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    one = path / DIALOGUE_FILE
    return [one] if one.is_file() else sorted(path.glob(f"*/{DIALOGUE_FILE}"))


def _name(home: Path, file: Path) -> str:
    """What its author calls it: ``dialogen/ouder/dialoog.yaml``."""
    return f"{home.name}/{file.relative_to(home).as_posix()}"
