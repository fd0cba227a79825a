"""A small dialogue with all that an example conversation can pass, in Dutch and in "English".

The English is made by machine: every line of the Dutch with ``EN`` before it. So it is always
whole, and a line in the wrong language is seen at once.
"""

from collections.abc import Mapping
from pathlib import Path

from bot.authored.dutch import read_authored
from bot.authored.helplines import with_numbers
from bot.authoring.transcript import Transcript
from bot.dialogue.around import Around
from bot.dialogue.compiler import Source, compile_dialogue
from bot.dialogue.tree import Compiled
from bot.library import Library, authored_folders
from bot.teams import Team
from bot.texts import Texts
from bot.wording.languages import DUTCH
from bot.wording.words import Forms, folded

LINDE = Team("linde", "Wijkteam Linde", "088-000 00 01", 3, ("Lindedorp",), ("0013",))

TRUTH = """\
block: waarheid
start: welkom
nodes:
  welkom:
    say: |
      Ik ben een computer.
      Is er gevaar? Bel 112.

      Ik bewaar dit {bewaard_concept}, of {bewaard_pagina} na een antwoord.
      Telegram kan meelezen. Hier niet: {chatpagina}
    next: begin
  begin:
    ask: choice
    text: Is dit goed voor jou?
    choices: {begin: Begin, meer: Eerst meer weten}
    skip: no
    next:
      - when: {begin: meer}
        to: meer
      - to: return
  meer:
    say: Ik geef geen raad.
    next: return
"""

DIALOGUE = """\
dialogue: proef
links: t
start: waarheid
nodes:
  waarheid: {use: waarheid, next: zwaar}
  zwaar:
    ask: choices
    text: Wat is nu zwaar?
    short: Wat zwaar is
    page: wat_speelt
    choices: {slapen: Slapen, veilig: Niet veilig}
    next:
      - when: {zwaar: veilig}
        to: dichtbij
      - to: samen
  samen:
    ask: choices
    of: zwaar
    text: Wat hangt samen?
    short: Wat samenhangt
    page: wat_speelt
    next: vertel
  dichtbij:
    say: Goed dat je het zegt.
    next: veilig
  veilig:
    ask: choice
    text: Waar voelt het niet veilig?
    short: Niet veilig
    page: veiligheid
    choices: {thuis: Thuis, buiten: Buiten}
    skip: no
    next:
      - when: {veilig: thuis}
        to: rustig
      - to: vertel
  rustig:
    say: We doen rustig aan.
    next: vertel
  vertel:
    ask: words
    text: Waar zit je mee?
    short: Waar ik mee zit
    page: eigen_woorden
    next: nakijken
  nakijken:
    review: Klopt het zo?
    next: sturen
  sturen:
    hand_over: |
      Mag ik dit naar {team} sturen?
    send: Ja, stuur het
    keep: Nee, nu niet
    next: einde
    otherwise: bewaard
  einde: {end: Dank je wel.}
  bewaard: {end: Ik stuur niets.}
"""

SENT = """\
# rij 13, 20
# Een gesprek dat alles stuurt.

> /start t_linde
< Ik ben een computer.
< Is dit goed voor jou?  [Begin]

> [Begin]
< Wat is nu zwaar?  [☐ Slapen] [☐ Niet veilig]

> [☐ Slapen]
> [Klaar]
< Waar zit je mee?

> we slapen slecht
>en we sleep badly
# Dit is een opmerking.
> [Klaar]
< Klopt het zo?
< we slapen slecht
< Slapen

> [Alles klopt]
< Mag ik dit naar Wijkteam Linde sturen?  [Ja, stuur het] [Nee, nu niet]

> [Ja, stuur het]
< Dank je wel.
= IN HUN EIGEN WOORDEN
= | we slapen slecht
= Slapen
"""


def compiled() -> Compiled:
    """The dialogue, without a problem in it."""
    found = compile_dialogue(Source("proef", DIALOGUE), {"waarheid": Source("waarheid", TRUTH)})
    assert isinstance(found, Compiled), found
    return found


def library(
    said: Mapping[str, str] | None = None, english: Mapping[str, str] | None = None
) -> Library:
    """It, with the project's fixed words; ``said`` are Dutch texts that differ, by their node.

    ``library({"vertel": "Wat is er?"})`` has another text at ``vertel``. ``english`` are other
    texts in English, by key; an empty one is not translated.
    """
    written, _ = read_authored(authored_folders().dialogues)
    proef = compiled()
    changed = {f"proef/{node}/text": text for node, text in (said or {}).items()}
    texts = {**written.words, **proef.words, **changed}
    dutch = with_numbers(folded(texts), written.helplines, DUTCH)
    translated = {key: _english(forms) for key, forms in dutch.items()} | dict(english or {})
    languages = (("nl", "Nederlands"), ("en", "English"))
    around = Around((LINDE.place,), tuple(line.id for line in written.helplines), languages)
    return Library(
        {"proef": proef.dialogue.furnished(around)},
        Texts(dutch, {"en": {key: text for key, text in translated.items() if text}}, ["en"]),
        {LINDE.id: LINDE},
        written.helplines,
        around,
    )


def texts(dutch: Mapping[str, str]) -> Texts:
    """Words of nothing but ``dutch``."""
    return Texts(dutch, {}, [])


def _english(forms: Forms) -> Forms:
    if isinstance(forms, str):
        return "\n".join(f"EN {line}" if line.strip() else line for line in forms.split("\n"))
    return tuple(f"EN {form}" for form in forms)


def transcript(folder: Path, text: str, name: str = "gesprek.txt") -> Transcript:
    """``text`` as a transcript of it in ``folder``."""
    path = folder / "proef" / "gesprekken" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Transcript.read(path)
