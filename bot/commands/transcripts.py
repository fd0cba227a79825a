"""``samenspraak transcripts``: the example conversations, played again, counted or written anew."""

import argparse
from collections.abc import Iterable, Iterator, Sequence
from difflib import unified_diff
from pathlib import Path

from bot.authoring.coverage import covered, everything, told
from bot.authoring.essentials import CONTROLS, essential
from bot.authoring.replay import Mismatch, Replay
from bot.authoring.rewriting import rewritten
from bot.authoring.transcript import Transcript, TranscriptError, transcripts
from bot.authoring.wordings import InDutch
from bot.commands.authored import read_library
from bot.commands.terminal import OperatorError, Subparsers
from bot.dialogue.message import Text
from bot.dialogue.vocabulary import ENGINE
from bot.library import Library, authored_folders
from bot.wording.languages import DUTCH

_EXPLAINED = """\
Speelt de voorbeeldgesprekken na, in elke taal, en zegt waar het gesprek nu anders gaat. Met
--record schrijf je op wat er nu gezegd wordt: wat iemand doet, blijft staan. Met --coverage zie je
welke stappen, keuzes en wegen nog in geen enkel voorbeeldgesprek voorkomen."""


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "transcripts", help="de voorbeeldgesprekken naspelen", description=_EXPLAINED
    )
    parser.add_argument("dialogue", nargs="?", metavar="DIALOOG", help="alleen van deze dialoog")
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--record", action="store_true", help="opschrijven wat er nu gezegd wordt")
    which.add_argument("--coverage", action="store_true", help="wat er nog niet in voorkomt")


def run(args: argparse.Namespace) -> int:
    """Play them; 1 when one does not come true, or cannot be played."""
    library, dialogues = read_library(), authored_folders().dialogues
    read = found(library, dialogues, args.dialogue)
    if args.coverage:
        names = {transcript.dialogue for transcript in read}
        print("\n".join(counted(library, found(library, dialogues), names)))
        return 0
    if args.record:
        for transcript in read:
            print("\n".join(recorded(library, transcript)), end="")
        read = found(library, dialogues, args.dialogue)
    return played(library, read)


def found(library: Library, dialogues: Path, dialogue: str | None = None) -> list[Transcript]:
    """The transcripts beside ``dialogue``, or beside all. Raises ``OperatorError``."""
    if dialogue is not None and dialogue not in library.dialogues:
        known = ", ".join(sorted(library.dialogues))
        raise OperatorError(f"De dialoog ‘{dialogue}’ is er niet. Wel: {known}.")
    try:
        return [Transcript.read(path) for path in transcripts(dialogues, dialogue or "*")]
    except TranscriptError as error:
        raise OperatorError(str(error)) from error


def played(library: Library, read: Sequence[Transcript]) -> int:
    """Play ``read`` in every language and tell what did not come true; 1 when something did not."""
    deeds = lines = wrong = 0
    for transcript in read:
        for language in library.texts.languages:
            for passage in Replay(library, transcript, language.code).passages():
                deeds += 1
                lines += len(passage.expected) + len(passage.page)
                wrong += len(passage.mismatches)
                for mismatch in passage.mismatches:
                    print(mismatch)
    languages = ", ".join(language.name for language in library.texts.languages)
    print(
        f"Voorbeeldgesprekken: {len(read)}, elk in: {languages}. {deeds} keer iets gedaan, {lines}"
        f" regels nagekeken, {wrong} niet goed."
    )
    return 1 if wrong else 0


def recorded(library: Library, transcript: Transcript) -> Iterator[str]:
    """Write down what is said now; tells what that changes, as lines with their ends.

    Nothing is written when a deed cannot be done any more.
    """
    new = rewritten(library, transcript)
    if isinstance(new, Mismatch):
        return
    old = transcript.path.read_text(encoding="utf-8")
    name = "/".join(transcript.path.parts[-3:])
    was, becomes = f"{name} (was)", f"{name} (wordt)"
    yield from unified_diff(old.splitlines(), new.splitlines(), was, becomes, n=1, lineterm="")
    if new != old:
        yield ""
        transcript.path.write_text(new, encoding="utf-8", newline="\n")


def counted(library: Library, read: Sequence[Transcript], names: Iterable[str]) -> Iterator[str]:
    """What ``read`` pass of each dialogue of ``names``, and of what none may leave without."""
    taps: set[str] = set()
    for name in sorted(names):
        dialogue = library.dialogues[name]
        dutch = InDutch(dialogue, library.texts, library.values(None))
        passed = covered(library, dialogue, read)
        taps |= passed.taps
        yield from told(everything(dialogue), passed, dutch)
        yield "  Daarvan over veiligheid en toestemming, waar niets mag ontbreken:"
        yield from (f"  {line}" for line in told(essential(dutch), passed, dutch))
        yield ""
    missed = [_button(library, name) for code, name in CONTROLS.items() if code not in taps]
    none = " ".join(missed) or "geen"
    yield f"Vaste knoppen over veiligheid en toestemming die ontbreken: {none}"


def _button(library: Library, name: str) -> str:
    label = library.texts.text(Text(f"{ENGINE}/{name}"), DUTCH.code, {}) if name.isascii() else name
    return f"[{label}]"
