"""``samenspraak draw``: a dialogue as a drawing, to look at together and to print."""

import argparse
from pathlib import Path

from bot.authoring.chart import chart
from bot.authoring.drawing import svg
from bot.authoring.wordings import InDutch
from bot.commands.authored import read_library
from bot.commands.terminal import OperatorError, Subparsers

_EXPLAINED = """\
Tekent een hele dialoog op één blad: elke stap een vak, elke weg een pijl, met erbij wanneer het
gesprek die weg neemt. Open het bestand in een browser; afgedrukt past het op A3."""


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser("draw", help="een dialoog tekenen", description=_EXPLAINED)
    parser.add_argument("dialogue", nargs="?", default="ouder", metavar="DIALOOG", help="(ouder)")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="BESTAND", help="waar de tekening komt (<dialoog>.svg)"
    )


def run(args: argparse.Namespace) -> int:
    """Draw it; what was drawn before is drawn over."""
    library = read_library()
    if args.dialogue not in library.dialogues:
        known = ", ".join(sorted(library.dialogues))
        raise OperatorError(f"De dialoog ‘{args.dialogue}’ is er niet. Wel: {known}.")
    file = args.output or Path(f"{args.dialogue}.svg")
    dialogue = library.dialogues[args.dialogue]
    drawn = chart(InDutch(dialogue, library.texts, library.values(None)))
    try:
        file.write_text(svg(drawn), encoding="utf-8", newline="\n")
    except OSError as error:
        raise OperatorError(f"{file} kan niet geschreven worden: {error.strerror}.") from error
    print(f"{file}: {len(drawn.boxes)} stappen, {len(drawn.arrows)} wegen.")
    return 0
