"""A small tree of authored files, for tests that need one."""

from pathlib import Path
from typing import NamedTuple

from bot.library import Library

DIALOGUE = """\
dialogue: ouder
links: t
start: waarheid

nodes:
  waarheid:
    use: waarheid
    next: over_wie

  over_wie:
    ask: choice
    text: |
      Over wie gaat het?
    short: Over wie
    why: |
      Dan weet {team} dat.
    page: vraag
    translator: Gaat over het gezin.
    choices:
      kind: Mijn kind
      mezelf: Mezelf
    next: einde

  einde:
    end: |
      {team} antwoordt binnen {antwoordtijd}.
"""

BLOCK = """\
block: waarheid
start: welkom

nodes:
  welkom:
    say: |
      Hoi. Ik bewaar dit {bewaard_concept}. Is er gevaar? Bel 112.
    next: plaats

  plaats:
    ask: team
    text: |
      Ik ben een computer. Waar woon je?
    skip: no
    next: return
"""

WORDS = """\
help: 🆘
done: Klaar
go_on: Verder
share_phone: Deel mijn nummer
no_team: het wijkteam
no_reply_days: een paar werkdagen
no_phone: het nummer van je gemeente
no_chat_page: vraag je wijkteam om de link
ticked:
  text: ☑ {keuze}
  translator: Laat het teken staan.
hello: Hoi {naam}, welkom.
days:
  one: '{aantal} dag'
  other: '{aantal} dagen'
reply_days:
  one: '{aantal} werkdag'
  other: '{aantal} werkdagen'
"""

HELPLINES = """\
veilig_thuis:
  name: Veilig Thuis
  number: 0800-2000
  about: Niet veilig? Bel {nummer} of chat op {chat}.
  hours: Bellen kan altijd.
  chat: veiligthuis.nl
  checked: 2026-01-01
"""

WORD_CHOICE = """\
nl:
  moeten:
    words: [moet, moeten]
    use: wil je, kun je
    reason: Hier kiest het gezin zelf.
"""

TEAM = """\
name: Wijkteam Linde
phone: 088-000 00 01
reply_days: 3
towns: [Lindedorp]
draft_days: 14
"""


SIGNALS = """\
nl:
  signals:
    ingekleurd: {words: [verwijzing]}
    zelfdoding: {words: [zelfmoord*]}
    misbruik: {words: [aanranding]}
    geweld: {words: [mishandeling]}
    weg: {words: [weggelopen]}
"""


class Folders(NamedTuple):
    """Where the files of a test lie."""

    authored: Path
    locales: Path
    teams: Path

    def read(self) -> Library:
        """The library; the test fails when there is a problem in the Dutch or in a team."""
        found = Library.read(*self)
        assert isinstance(found, Library), found
        return found

    def problems(self) -> list[str]:
        """Every problem, as ``file:line code``."""
        found = Library.read(*self)
        listed = found.gaps if isinstance(found, Library) else found
        return [f"{each.file}:{each.line} {each.code}" for each in listed]

    def catalogue(self, language: str, name: str) -> Path:
        """A .po file."""
        return self.locales / language / "LC_MESSAGES" / name


def author(folder: Path) -> Folders:
    """Everything that a service needs, without a problem in it."""
    folders = Folders(folder / "dialogen", folder / "locales", folder / "teams")
    files = {
        folders.authored / "ouder" / "dialoog.yaml": DIALOGUE,
        folders.authored / "bouwstenen" / "waarheid.yaml": BLOCK,
        folders.authored / "vaste_woorden.yaml": WORDS,
        folders.authored / "hulplijnen.yaml": HELPLINES,
        folders.authored / "woordkeuze.yaml": WORD_CHOICE,
        folders.authored / "signaalwoorden.yaml": SIGNALS,
        folders.teams / "linde.yaml": TEAM,
    }
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    folders.locales.mkdir()
    return folders


def rewrite(path: Path, old: str, new: str) -> None:
    """Replace the one ``old`` in a file."""
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {path.name}"
    path.write_text(text.replace(old, new), encoding="utf-8")
