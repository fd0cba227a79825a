"""``samenspraak play``: talk to a dialogue in the terminal, and keep the talk as a transcript."""

import argparse
import shutil
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.app import SystemClock
from bot.authoring.answers import answered
from bot.authoring.replay import AT, TEAM
from bot.authoring.shown import DRAWN, written
from bot.authoring.transcript import language_of
from bot.authoring.wordings import InDutch
from bot.commands.authored import read_library
from bot.commands.beside import Beside
from bot.commands.terminal import OperatorError, Subparsers
from bot.handover.plain import as_text
from bot.library import Library
from bot.rehearsal import BAR, Rehearsal
from bot.texts import Message

HOW = """\
Typ je antwoord, het nummer van een knop, of een commando zoals /back.
Wat er tot nu toe is: /antwoorden of /pagina. Stop met Ctrl-D."""

ANSWERS, PAGE = "/antwoorden", "/pagina"

_EXPLAINED = """\
Speel een gesprek zoals een gezin het krijgt. Er wordt niets bewaard of verstuurd. In een breed
venster staat ernaast wat het team nu zou lezen; met /antwoorden en /pagina kies je wat je ziet. Met
--record schrijf je het gesprek op als voorbeeldgesprek, dat daarna altijd zo moet lopen."""


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "play", help="een gesprek spelen in de terminal", description=_EXPLAINED
    )
    parser.add_argument("dialogue", nargs="?", default="ouder", help="welk gesprek (ouder)")
    parser.add_argument("--language", default="nl", help="in welke taal (nl)")
    parser.add_argument("--team", default=TEAM, help=f"bij welk voorbeeldteam ({TEAM})")
    parser.add_argument("--record", type=Path, help="schrijf het gesprek in dit bestand")


def run(args: argparse.Namespace) -> int:
    """Play until the input ends."""
    library = read_library()
    _refuse(args, library)
    width, height = shutil.get_terminal_size()
    now = SystemClock().now() if args.record is None else AT
    talk = Rehearsal(library, library.dialogues[args.dialogue], args.language, args.team)
    game = Game(talk, Beside(sys.stdout, width, height), now)
    lines = list(game.played(_typed(_start(talk, args.team), sys.stdin)))
    if args.record is not None:
        args.record.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
        print(f"\nOpgeschreven in {args.record}")
    return 0


def _refuse(args: argparse.Namespace, library: Library) -> None:
    """Raise ``OperatorError`` for what cannot be played, or written where it is asked."""
    if args.dialogue not in library.dialogues:
        known = ", ".join(sorted(library.dialogues))
        raise OperatorError(f"Het gesprek ‘{args.dialogue}’ is er niet. Wel: {known}.")
    if args.team not in library.teams:
        raise OperatorError(f"Het team ‘{args.team}’ is er niet. Wel: {', '.join(library.teams)}.")
    if args.language not in {language.code for language in library.texts.languages}:
        raise OperatorError(f"De taal ‘{args.language}’ wordt nog niet aangeboden.")
    if args.record is None:
        return
    if args.record.exists():
        raise OperatorError(f"{args.record} bestaat al. Kies een andere naam.")
    if language_of(args.record) != args.language:
        ending = "" if args.language == "nl" else f".{args.language}"
        raise OperatorError(f"De taal staat in de naam van het bestand: … {ending}.txt")


def _start(talk: Rehearsal, team: str) -> str:
    """How someone comes in by the link of ``team``."""
    letter = next(iter(talk.dialogue.links), "")
    return f"/start {letter}_{team}" if letter else "/start"


def _typed(start: str, source: Iterable[str]) -> Iterator[str]:
    yield start
    for line in source:
        if line.strip():
            yield line.strip()


@dataclass
class Game:
    """One talk that is being played, and what is shown of it."""

    talk: Rehearsal
    beside: Beside
    now: int
    shown: str = PAGE

    def played(self, deeds: Iterable[str]) -> Iterator[str]:
        """Play ``deeds``; gives the transcript line by line."""
        self.beside.says(*HOW.splitlines())
        for typed in deeds:
            if typed in (ANSWERS, PAGE):
                self.shown = typed
                self._look()
                continue
            deed = self._meant(typed)
            before = self.talk.page
            try:
                said = self.talk.does(deed, self.now)
            except LookupError as problem:
                self.beside.says(f"  ({problem})")
                self._redraw()
                continue
            yield f"> {deed}"
            if self.beside.is_wide:
                self.beside.says("", f"> {deed}")
            for message in said:
                self.beside.says(*_drawn(message))
            given = self.talk.page if self.talk.page is not before else None
            yield from written(said, given)
            if given is not None and not self.beside.is_wide:
                self.shown = PAGE
                self._look()
            self._redraw()
            yield ""

    def _redraw(self) -> None:
        if self.beside.is_wide:
            self._look()

    def _look(self) -> None:
        """Show what someone wants to see beside the talk."""
        if self.shown == ANSWERS:
            title = f"De antwoorden tot nu toe   ({PAGE}: de pagina)"
            self.beside.shows(title, self._answers() or ["Nog geen."])
            return
        title = "Dit zou het team nu lezen" if self.talk.page is None else "Dit leest het team"
        page = as_text(self.talk.page or self.talk.page_now(self.now)).splitlines()
        self.beside.shows(f"{title}   ({ANSWERS}: de antwoorden)", page)

    def _answers(self) -> list[str]:
        values = self.talk.library.values(self.talk.conversation.team)
        dutch = InDutch(self.talk.dialogue, self.talk.library.texts, values)
        return [
            f"{name}: {answer}{remark and f'  ({remark})'}"
            for name, answer, remark in answered(dutch, self.talk.conversation)
        ]

    def _meant(self, typed: str) -> str:
        """A number is the button with that number, where there is one."""
        keys = self.talk.keys
        if typed.isdecimal() and 0 < int(typed) <= len(keys) and not self.talk.is_asked_a_number:
            return f"[{keys[int(typed) - 1].label}]"
        return typed


def _drawn(message: Message) -> Iterator[str]:
    yield ""
    if message.picture:
        yield DRAWN.rstrip()
    for line in message.lines:
        yield from line.text.splitlines() or [""]
    number = 0
    for row in message.rows:
        shown = []
        for key in row:
            number += 1
            shown.append(key.label if key.code in BAR else f"{number}. {key.label}")
        yield "   " + "   ".join(shown)
