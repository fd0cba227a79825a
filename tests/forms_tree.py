"""What is authored, with a dialogue that asks who someone is and one that sends twice."""

import shutil
from pathlib import Path

from bot.library import Library, authored_folders
from tests.authored_tree import Folders

CHOOSER = """\
dialogue: wie
links: s
start: waarheid
nodes:
  waarheid: {use: waarheid_kort, next: wie}
  wie:
    ask: choice
    text: Wie ben je?
    choices: {ouder: Een ouder, jong: Een jongere}
    skip: no
    next:
      - when: {wie: jong}
        to: fijn
      - to: ouder
  fijn: {say: Fijn dat je er bent., next: jong}
  jong: {begin: jongere}
  ouder: {begin: ouder}
"""

SHORT_TRUTH = """\
block: waarheid_kort
start: zeg
nodes:
  zeg:
    say: |
      Ik ben een computer. Is er gevaar? Bel 112.
    next: return
"""

FULL_TRUTH = """\
block: waarheid_jong
start: zeg
nodes:
  zeg:
    say: |
      Ik ben een computer. Is er gevaar? Bel 112.
      Een begin blijft {bewaard_concept}, een pagina {bewaard_pagina}.
      Telegram kan meelezen, {chatpagina} niet.
    next: waar
  waar:
    ask: team
    text: |
      Waar woon je?
    skip: no
    next: return
"""

TWICE = """\
dialogue: jongere
links: j
start: waarheid
nodes:
  waarheid: {use: waarheid_jong, next: hoe}
  hoe:
    ask: pictures
    text: Hoe gaat het?
    choices: {fijn: 😀 fijn, soms: 😐 gaat wel, naar: 😢 niet fijn}
    page: vraag
    short: Hoe het gaat
    next: zwaar
  zwaar:
    ask: choices
    text: Wat is zwaar?
    choices: {slapen: Slapen, geld: Geld, school: School}
    page: wat_speelt
    short: Wat zwaar is
    next: samen
  samen:
    ask: choices
    of: zwaar
    text: Wat hangt samen?
    page: wat_speelt
    short: Wat samenhangt
    next: eerst
  eerst:
    hand_over: Mag dit naar {team}?
    shows: yes
    send: Ja
    keep: Nee
    next: meer
    otherwise: einde
  meer:
    ask: choice
    text: Wil je meer vertellen?
    choices: {ja: Ja graag, nee: Nee hoor}
    next:
      - when: {meer: ja}
        to: vertel
      - to: einde
  vertel:
    ask: words
    text: Waar zit je mee?
    page: eigen_woorden
    short: Waar ik mee zit
    next: nakijken
  nakijken: {review: Klopt het zo?, next: nog_eens}
  nog_eens:
    hand_over: Mag dit er ook bij?
    send: Ja
    keep: Nee
    next: einde
    otherwise: einde
  einde: {end: Dag.}
"""


def authored_with_forms(folder: Path) -> Folders:
    """All that we ship in ``folder``, with these two dialogues in it."""
    shipped = authored_folders()
    folders = Folders(folder / "dialogen", folder / "locales", folder / "dialogen" / "teams")
    shutil.copytree(shipped.dialogues, folders.authored)
    shutil.copytree(shipped.locales, folders.locales)
    files = {
        "wie/dialoog.yaml": CHOOSER,
        "jongere/dialoog.yaml": TWICE,
        "bouwstenen/waarheid_kort.yaml": SHORT_TRUTH,
        "bouwstenen/waarheid_jong.yaml": FULL_TRUTH,
    }
    for name, text in files.items():
        path = folders.authored / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folders


def library_with_forms(folder: Path) -> Library:
    """All of that, read."""
    return authored_with_forms(folder).read()
