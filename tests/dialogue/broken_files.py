"""Reads the files in ``broken/``: what is wrong in them stands in their first lines.

A line is told about as ``# regel 6: … [code]``, the file as a whole as ``# bestand: … [code]``,
and a line of a building block as ``# heen, regel 9: … [code]``. A building block stands in the same
file below ``--- # bouwsteen heen``, keeping its line numbers. ``# 40 keer:`` repeats the line below
it, with its count for each ``%``. Every file may use the block ``waarheid``.
"""

import re
from dataclasses import dataclass
from pathlib import Path

from bot.dialogue.compiler import Source, compile_dialogue
from bot.dialogue.problems import Problem

FOLDER = Path(__file__).parent / "broken"
WAARHEID = Source(
    "waarheid",
    """\
block: waarheid
start: zeg
nodes:
  zeg:
    say: |
      Ik ben een computer. Gevaar? Bel 112. Telegram leest mee, {chatpagina} niet.
      Een begin bewaar ik {bewaard_concept}, een pagina {bewaard_pagina}.
    next: return
""",
)
DIALOGUES = frozenset({"proef", "voorbeeld", "ouder"})
"""What a dialogue can go on in."""

_EXPECTED = re.compile(r"# (?:(?:(\w+), )?regel (\d+)|bestand): (.*) \[([a-z-]+)\]")
_BLOCK = re.compile(r"--- # bouwsteen (\w+)")
_TIMES = re.compile(r"# (\d+) keer:")


@dataclass(frozen=True, slots=True)
class Broken:
    """A dialogue with mistakes, its building blocks, and the problems it must have."""

    code: str
    dialogue: Source
    blocks: dict[str, Source]
    expected: tuple[Problem, ...]

    def problems(self) -> tuple[Problem, ...]:
        """What the compiler says of it."""
        compiled = compile_dialogue(self.dialogue, self.blocks, DIALOGUES)
        return compiled if isinstance(compiled, tuple) else ()


def broken_file(code: str) -> Broken:
    """The file for ``code``."""
    lines = _repeated((FOLDER / f"{code}.yaml").read_text(encoding="utf-8").split("\n"))
    parts: dict[str, list[str]] = {"dialoog": []}
    part = "dialoog"
    for number, line in enumerate(lines):
        if block := _BLOCK.fullmatch(line):
            part = block[1]
            # So that a line has the same number in its part as in the whole file.
            parts[part] = [""] * (number + 1)
        else:
            parts[part].append(line)
    sources = {name: Source(name, "\n".join(part)) for name, part in parts.items()}
    return Broken(
        code,
        sources.pop("dialoog"),
        {"waarheid": WAARHEID} | sources,
        tuple(sorted(_expected(lines))),
    )


def _repeated(lines: list[str]) -> list[str]:
    repeated: list[str] = []
    times = 1
    for line in lines:
        repeated += [line.replace("%", str(count)) if times > 1 else line for count in range(times)]
        mark = _TIMES.fullmatch(line.strip())
        times = int(mark[1]) if mark else 1
    return repeated


def _expected(lines: list[str]) -> list[Problem]:
    found = [match for line in lines if (match := _EXPECTED.fullmatch(line))]
    return [Problem(m[1] or "dialoog", int(m[2] or 0), m[4], m[3]) for m in found]
