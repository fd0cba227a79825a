"""``samenspraak play``: talk to a dialogue in the terminal, and keep the talk as a transcript."""

import argparse
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from bot.commands.authored import read_library
from bot.commands.terminal import OperatorError
from bot.rehearsal import BAR, Rehearsal, page_lines, said_lines
from bot.texts import Message

HOW = "Typ je antwoord, het nummer van een knop, of een commando zoals /back. Stop met Ctrl-D."


def add(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "play",
        help="een gesprek spelen in de terminal",
        description="Speel een gesprek zoals een gezin het krijgt. Er wordt niets bewaard of "
        "verstuurd; met --write schrijf je het gesprek op als voorbeeldgesprek.",
    )
    parser.add_argument("dialogue", nargs="?", default="ouder", help="welk gesprek (ouder)")
    parser.add_argument("--language", default="nl", help="in welke taal (nl)")
    parser.add_argument("--team", default="linde", help="bij welk voorbeeldteam (linde)")
    parser.add_argument("--write", type=Path, help="schrijf het gesprek in dit bestand")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Play until the input ends."""
    library = read_library()
    if args.dialogue not in library.dialogues:
        known = ", ".join(sorted(library.dialogues))
        raise OperatorError(f"Het gesprek ‘{args.dialogue}’ is er niet. Wel: {known}.")
    if args.write is not None and args.write.exists():
        raise OperatorError(f"{args.write} bestaat al. Kies een andere naam.")
    if args.language not in {language.code for language in library.texts.languages}:
        raise OperatorError(f"De taal ‘{args.language}’ wordt nog niet aangeboden.")
    dialogue = library.dialogues[args.dialogue]
    talk = Rehearsal(library, dialogue, args.language, args.team)
    written = list(_play(talk, _typed(sys.stdin)))
    if args.write is not None:
        args.write.write_text("\n".join(written) + "\n", encoding="utf-8")
        print(f"\nOpgeschreven in {args.write}")
    return 0


def _play(talk: Rehearsal, deeds: Iterable[str]) -> Iterator[str]:
    """Play ``deeds``; gives the transcript line by line."""
    print(HOW)
    for typed in deeds:
        deed = _meant(talk, typed)
        try:
            said = talk.does(deed, int(time.time()))  # noqa: TID251 - a terminal has its own clock
        except LookupError as problem:
            print(f"  ({problem})")
            continue
        yield f"> {deed}"
        for message in said:
            _show(message)
            yield from (f"< {line}" for line in said_lines(message))
        if talk.page is not None:
            page = list(page_lines(talk.page))
            print("\n".join(["", "  Dit leest het team:", *(f"  | {line}" for line in page), ""]))
            yield from (f"= {line}" for line in page)
            talk.page = None
        yield ""


def _typed(source: Iterable[str]) -> Iterator[str]:
    yield "/start"
    for line in source:
        if line.strip():
            yield line.strip()


def _meant(talk: Rehearsal, typed: str) -> str:
    """A number is the button with that number, where there is one."""
    if typed.isdecimal() and 0 < int(typed) <= len(talk.keys) and not talk.is_asked_a_number:
        return f"[{talk.keys[int(typed) - 1].label}]"
    return typed


def _show(message: Message) -> None:
    print()
    for line in message.lines:
        print(line.text)
    number = 0
    for row in message.rows:
        shown = []
        for key in row:
            number += 1
            shown.append(f"{key.label}" if key.code in BAR else f"{number}. {key.label}")
        print("   " + "   ".join(shown))
