"""``samenspraak compare``: what a change of a dialogue does to people who are in it."""

import argparse
import asyncio
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from bot.authored.alone import read_dialogues
from bot.commands.installation import open_store, settings_of
from bot.commands.terminal import OperatorError, Subparsers
from bot.dialogue.around import Around, TeamPlace
from bot.dialogue.tree import Compiled, Nearby
from bot.exploring.consequences import KINDS, Consequences
from bot.exploring.differences import Difference, What, differences
from bot.exploring.on_the_page import filled_in_by, label
from bot.library import authored_folders, read_revision
from bot.settings import Settings
from bot.storage import revisions, voices
from bot.storage.transaction import Transaction
from bot.wording.languages import DUTCH

_EXPLAINED = """\
Legt twee vormen van een dialoog naast elkaar en zegt per stap wat er anders is, en wat iemand merkt
die er middenin zit. Geef twee mappen of bestanden: eerst de oude, dan de nieuwe. Met één map is de
nieuwe die van nu. Zonder map is de oude wat er in deze installatie nog loopt, met aantallen."""

HOW = (
    "Wie al iets vertelde, blijft de vragen van toen krijgen, met de nieuwe teksten. Roep je de"
    " oude versie terug (samenspraak recall), dan merken mensen dit:"
)

PLAIN: Mapping[What, str] = {
    "voice": "hier vertelt nu",
    "links": "begint met andere links",
    "new": "nieuw",
    "gone": "weg",
    "order": "de keuzes staan in een andere volgorde",
    "asked": "vraagt nu iets anders",
    "shows": "laat bij het sturen iets anders zien",
    "route": "gaat ergens anders verder",
    "section": "komt ergens anders op de pagina",
    "danger": "de keuze die gevaar noemt",
    "adult": "de keuze van wie volwassen is",
    "tells": "er hoort een andere open vraag bij",
    "skip": "overslaan is veranderd",
    "words": "andere woorden",
}
"""What is different, in a few words, as far as those are always the same."""

HERE = Around((TeamPlace("team", "het wijkteam", ("Voorbeeldstad",), ("1234",)),))
"""A team to find, for the samples that are led through both forms."""


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "compare", help="wat een verandering doet met lopende gesprekken", description=_EXPLAINED
    )
    parser.add_argument("old", nargs="?", type=Path, help="de oude map of het oude bestand")
    parser.add_argument("new", nargs="?", type=Path, help="de nieuwe (anders die van nu)")


def run(args: argparse.Namespace) -> int:
    """Compare, and tell."""
    new = read(args.new or authored_folders().dialogues)
    pairs: list[tuple[str, Compiled, Mapping[str, int]]]
    if args.old is not None:
        old = read(args.old)
        pairs = [(name, old[name], {}) for name in old if name in new]
        gone = [name for name in old if name not in new]
    else:
        running = asyncio.run(_running(settings_of(args)))
        pairs = [(name, one, at) for name, one, at in running if name in new]
        gone = sorted({name for name, _, _ in running if name not in new})
    lines = [line for name, one, at in pairs for line in told(name, one, new[name], at)]
    lines += [
        f"{name}: deze dialoog is er niet meer. Wie erin zit, gaat gewoon door." for name in gone
    ]
    print("\n".join(lines) if lines else "Er loopt niets om mee te vergelijken.")
    return 0


def read(path: Path) -> dict[str, Compiled]:
    """The dialogues at ``path``. Raises ``OperatorError`` with everything that is wrong there."""
    try:
        found = read_dialogues(path)
    except FileNotFoundError as error:
        raise OperatorError(f"In {path} staat geen dialoog.") from error
    if isinstance(found, tuple):
        raise OperatorError("\n".join(str(problem) for problem in found))
    return found


def told(name: str, old: Compiled, new: Compiled, at: Mapping[str, int]) -> Iterator[str]:
    """What is different between two forms of one dialogue, and what people notice of it.

    ``at`` is how many people stand at each step now, when that is known.
    """
    old, new = _furnished(old), _furnished(new)
    found = differences(old, new)
    if not found:
        yield f"{name}: er is niets veranderd."
        return
    changed = [one for one in found if one.what not in ("words", "links")]
    counted = "1 stap is" if len(found) == 1 else f"{len(found)} stappen zijn"
    yield f"{name}: {counted} anders."
    if changed:
        yield HOW
    consequences = Consequences(old, new)
    for one in found:
        people = f" ({_people(at[one.node])} hier)" if at.get(one.node) else ""
        yield f"  {one.node}: {what(old, new, one)}{people}"
        yield from (f"    {sentence}" for sentence in consequences.of(one))


def what(old: Compiled, new: Compiled, one: Difference) -> str:
    """What is different at one step, in a few words."""
    before, after = old.dialogue.nodes.get(one.node), new.dialogue.nodes.get(one.node)
    match one.what:
        case "renamed":
            return f"weg; lijkt op ‘{one.to}’, die is nieuw"
        case "kind":
            return f"was {KINDS[type(before).__name__]}, is nu {KINDS[type(after).__name__]}"
        case "choices":
            return _choices(old, new, one)
        case "start":
            return f"het gesprek begint nu bij ‘{one.to}’"
        case "asked" if isinstance(after, Nearby):
            return "wijst in de buurt nu iets anders aan"
        case "elsewhere":
            return f"gaat verder in ‘{one.added[0]}’, was ‘{one.gone[0]}’"
        case "danger" | "adult":
            now, was = _labels(new, one.node, one.added), _labels(old, one.node, one.gone)
            return f"{PLAIN[one.what]}: {now or 'geen'}, was {was or 'geen'}"
        case "voice":
            return f"{PLAIN[one.what]}: {filled_in_by(new)}, was {filled_in_by(old)}"
        case _:
            return PLAIN[one.what]


def _choices(old: Compiled, new: Compiled, one: Difference) -> str:
    parts = []
    if one.gone:
        parts.append(f"keuze weg: {_labels(old, one.node, one.gone)}")
    if one.added:
        parts.append(f"keuze erbij: {_labels(new, one.node, one.added)}")
    return "; ".join(parts)


def _labels(of: Compiled, name: str, codes: Iterable[str]) -> str:
    return ", ".join(f"‘{label(of, name, code)}’" for code in codes)


def _people(number: int) -> str:
    return "1 gesprek staat" if number == 1 else f"{number} gesprekken staan"


def _furnished(one: Compiled) -> Compiled:
    return Compiled(one.dialogue.furnished(HERE), one.words, one.notes)


async def _running(settings: Settings) -> list[tuple[str, Compiled, Mapping[str, int]]]:
    """Every stored form that people are in, with how many of them stand at each step."""
    async with open_store(settings) as store:
        return await store.read(_stored)


async def _stored(tx: Transaction) -> list[tuple[str, Compiled, Mapping[str, int]]]:
    found: list[tuple[str, Compiled, Mapping[str, int]]] = []
    for kept in await revisions.all_(tx):
        if kept.empty or not kept.voices:
            continue
        dialogue, words = read_revision(await revisions.body(tx, kept.row))
        at = Counter(
            voice.conversation.at
            for voice in (await voices.by_id(tx, await voices.following(tx, kept.row))).values()
            if not voice.damaged
        )
        found.append((kept.dialogue, Compiled(dialogue, words.get(DUTCH.code, {}), {}), at))
    return found
