"""Compiles what an author wrote into a checked tree, or into all that is wrong with it."""

from collections.abc import Iterable, Mapping
from typing import Final

from bot.dialogue.checks import CHECKS, check
from bot.dialogue.draft import Draft
from bot.dialogue.fixed_words import compile_words
from bot.dialogue.planting import fingerprint, plant
from bot.dialogue.problems import Problem
from bot.dialogue.reading import FORM, read
from bot.dialogue.sheet import Source
from bot.dialogue.tree import Compiled
from bot.dialogue.weaving import Woven, weave

__all__ = ["CODES", "Source", "check_block", "compile_dialogue", "compile_words", "fingerprint"]

CODES: Final[Mapping[str, str]] = FORM | {
    rule.__name__.replace("_", "-"): (rule.__doc__ or "").partition("\n")[0] for rule in CHECKS
}
"""Every code a problem can have, and the rule it stands for."""

_NO_BLOCKS: Final[Mapping[str, Source]] = {}


def compile_dialogue(
    source: Source,
    blocks: Mapping[str, Source] = _NO_BLOCKS,
    dialogues: frozenset[str] | None = None,
) -> Compiled | tuple[Problem, ...]:
    """The dialogue in ``source`` with the building blocks it uses, or every problem in them.

    Never raises, whatever the texts are. Problems are in the order of file and line, each once;
    a problem in a block is the same value for every dialogue that uses it. ``blocks`` are found
    by the name behind ``use:``; those that are not used are not looked at. ``dialogues`` are the
    names of all there are, for ``begin:``; what stands there is not looked at without them.
    """
    draft, problems = read(source, "dialogue")
    woven, more = _woven(draft, blocks, dialogues)
    found = _sorted((*problems, *more, *check(woven)))
    return found or plant(woven)


def check_block(
    source: Source,
    blocks: Mapping[str, Source] = _NO_BLOCKS,
    dialogues: frozenset[str] | None = None,
) -> tuple[Problem, ...]:
    """Every problem in a building block, as far as it can be seen without a dialogue around it."""
    draft, problems = read(source, "block")
    woven, more = _woven(draft, blocks, dialogues)
    return _sorted((*problems, *more, *check(woven)))


def _woven(
    draft: Draft, sources: Mapping[str, Source], dialogues: frozenset[str] | None
) -> tuple[Woven, list[Problem]]:
    """``draft`` with every building block it needs, and what is wrong with their form."""
    blocks: dict[str, Draft] = {}
    problems: list[Problem] = []
    waiting = [use.text for use in draft.uses()]
    while waiting:
        name = waiting.pop()
        if name in sources and name not in blocks:
            blocks[name], more = read(sources[name], "block")
            problems += more
            waiting += [use.text for use in blocks[name].uses()]
    return weave(draft, blocks, frozenset(sources), dialogues), problems


def _sorted(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    return tuple(sorted(set(problems)))
