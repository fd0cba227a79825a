"""``samenspraak script``: a dialogue on paper, for people who look at its words."""

import argparse
from pathlib import Path

from bot.authoring.script import script_page
from bot.commands.authored import read_library
from bot.commands.terminal import OperatorError, Subparsers
from bot.library import authored_folders
from bot.wording.languages import DUTCH, LANGUAGES

_EXPLAINED = """\
Zet een gesprek op papier, voor wie over de woorden meedenkt: een ouder, een jongere, een
taalambassadeur. Links staat wat de bot zegt, met de knoppen. Rechts is ruimte voor opmerkingen, of
met --language dezelfde tekst in een andere taal. Het is één bestand dat je in je browser opent en
afdrukt (A4)."""


def add(subparsers: Subparsers) -> None:
    """Describe the command."""
    parser = subparsers.add_parser(
        "script", help="een gesprek op papier zetten, om na te lezen", description=_EXPLAINED
    )
    parser.add_argument("dialogue", nargs="?", default="ouder", help="welk gesprek (ouder)")
    parser.add_argument("--language", help="deze taal naast het Nederlands, zoals en")
    parser.add_argument("--team", default="linde", help="ingevuld voor dit voorbeeldteam (linde)")
    parser.add_argument(
        "-o", "--output", type=Path, metavar="BESTAND", help="het bestand (gesprek-ouder.html)"
    )


def run(args: argparse.Namespace) -> int:
    """Write the script. A file that is there already is written anew."""
    library = read_library()
    if args.dialogue not in library.dialogues:
        known = ", ".join(sorted(library.dialogues))
        raise OperatorError(f"Het gesprek ‘{args.dialogue}’ is er niet. Wel: {known}.")
    if args.language is not None and args.language not in _begun():
        raise OperatorError(
            f"De taal ‘{args.language}’ is er nog niet. Begin met: samenspraak translate"
        )
    path = args.output or Path(f"gesprek-{args.dialogue}.html")
    page = script_page(library, library.dialogues[args.dialogue], args.team, args.language)
    try:
        path.write_text(page, encoding="utf-8")
    except OSError as problem:
        raise OperatorError(f"{path} kan niet geschreven worden.") from problem
    print(f"Het gesprek staat in {path}. Open het in je browser en druk het af.")
    return 0


def _begun() -> set[str]:
    """Languages with translations: whoever looks at them does so before they are offered."""
    folder = authored_folders().locales
    return {code for code in LANGUAGES if code != DUTCH.code and (folder / code).is_dir()}
