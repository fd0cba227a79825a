"""Team profiles: who they are, where, how fast they answer, how long they keep, what is near."""

import re
from collections.abc import Iterable
from pathlib import Path

from msgspec import Struct

from bot.authored.forms import Form, read_source
from bot.authored.places import PHONE, ROOM, Place, avoided_in_translations, read_places, too_long
from bot.authored.tone import avoided_in
from bot.dialogue.around import TeamPlace
from bot.dialogue.meant import listed
from bot.dialogue.outline import Tree
from bot.dialogue.problems import Problem
from bot.dialogue.sheet import Sheet
from bot.wording.avoided import Tone, WordChoice
from bot.wording.languages import DUTCH, LANGUAGES

LONGEST_KEPT = 30
"""Days a draft, and a page after it was answered, are kept; a team may only shorten. Source:
promises, §3."""

SLOWEST_REPLY = 20
"""Working days. A family that waits longer than four weeks is better told so by a person."""

_ID = r"[a-z0-9][a-z0-9_-]{0,29}"
_POSTCODE = r"[0-9]{2,4}"


class Team(Struct, frozen=True):
    """One neighbourhood team, as it tells about itself.

    ``towns`` and ``postcodes`` (first digits: ``3511`` or ``35``) are where it works;
    ``reply_days`` are working days, ``draft_days`` and ``page_days`` days. ``languages`` are
    codes of languages its people speak. ``hours`` and ``how_to_reach_otherwise`` are free lines
    in Dutch. With ``pin`` a family can choose four digits that are asked for when they come back.
    ``nearby`` are people and places that families may have use for.
    """

    id: str
    name: str
    phone: str
    reply_days: int
    towns: tuple[str, ...] = ()
    postcodes: tuple[str, ...] = ()
    draft_days: int = LONGEST_KEPT
    page_days: int = LONGEST_KEPT
    languages: tuple[str, ...] = (DUTCH.code,)
    hours: str = ""
    how_to_reach_otherwise: str = ""
    pin: bool = False
    nearby: tuple[Place, ...] = ()

    @property
    def place(self) -> TeamPlace:
        """Where someone finds this team by typing where they live."""
        near = tuple(place.near(self.id) for place in self.nearby)
        return TeamPlace(self.id, self.name, self.towns, self.postcodes, self.pin, near)

    @property
    def file(self) -> str:
        """How problems call its file."""
        return f"{ROOM}/{self.id}.yaml"


def values_for(team: Team | None) -> dict[str, str | int]:
    """What fills the placeholders of a dialogue (``vocabulary.PLACEHOLDERS``).

    Numbers of days are worded when a message is rendered, in its language. Without a team there
    is only how long things are kept, told as the longest it can be.
    """
    if team is None:
        return {"bewaard_concept": LONGEST_KEPT, "bewaard_pagina": LONGEST_KEPT}
    return {
        "team": team.name,
        "telefoon_team": team.phone,
        "antwoordtijd": team.reply_days,
        "bewaard_concept": team.draft_days,
        "bewaard_pagina": team.page_days,
    }


# --- Files --------------------------------------------------------------------------------------

_NEEDED = ("name", "phone", "reply_days")
_MAY = ("towns", "postcodes", "draft_days", "page_days", "languages", "hours")
_KNOWN = (*_NEEDED, *_MAY, "how_to_reach_otherwise", "pin", "nearby")


def read_teams(folder: Path, name: str = ROOM) -> tuple[dict[str, Team], tuple[Problem, ...]]:
    """The teams in ``folder`` by id, and what is wrong with their files.

    Problems call a file ``<name>/<file>``. A team with a problem is left out. A folder that is
    not there has no teams.
    """
    problems: list[Problem] = []
    teams: dict[str, Team] = {}
    files: dict[str, str] = {}
    for path in sorted(folder.glob("*.yaml")):
        file = f"{name}/{path.name}"
        team = _read(path, file, problems)
        if team is None:
            continue
        if team.name.casefold() in files:
            other = files[team.name.casefold()]
            message = f"Dit team heet net zo als dat in {other}. Geef het een eigen naam."
            problems.append(Problem(file, 0, "duplicate-key", message))
        files[team.name.casefold()] = file
        teams[team.id] = team
    return teams, tuple(problems)


def remarks_on(folder: Path, teams: Iterable[Team], word_choice: WordChoice) -> tuple[Problem, ...]:
    """What is better said otherwise in the lines that ``teams``, of ``folder``, wrote for families.

    Words to leave unsaid, in every language, and sentences that are too long.
    """
    unread: list[Problem] = []  # told by ``read_teams``
    found: list[Problem] = []
    for team in teams:
        source = read_source(folder / f"{team.id}.yaml", team.file, unread)
        if source is not None:
            found += avoided_in(source, "team", word_choice.get(DUTCH.code, Tone()))
        found += avoided_in_translations(team.file, team.nearby, word_choice)
        found += too_long(team.file, team.nearby)
    return tuple(found)


def _read(path: Path, file: str, problems: list[Problem]) -> Team | None:
    """The team in ``path``; None when something is wrong with it."""
    source = read_source(path, file, problems)
    if source is None:
        return None
    sheet = Sheet(source)
    if re.fullmatch(_ID, path.stem) is None:
        sheet.wrong(
            0,
            "wrong-value",
            "De naam van het bestand is de korte naam van het team. Neem kleine letters en"
            " cijfers, zoals linde.yaml.",
        )
    tree = sheet.tree()
    team = None if tree is None else _team(path.stem, sheet, tree)
    problems += sheet.problems
    return None if sheet.problems else team


def _team(id_: str, sheet: Sheet, tree: Tree) -> Team:
    form = Form(sheet, tree, "het begin van het bestand", _KNOWN, _NEEDED)
    return Team(
        id=id_,
        name=form.text("name", longest=60),
        phone=form.shaped("phone", PHONE, "088-000 00 00"),
        reply_days=form.number("reply_days", 1, SLOWEST_REPLY, default=SLOWEST_REPLY),
        towns=form.texts("towns", r".{1,60}", "de naam van een plaats"),
        postcodes=form.texts("postcodes", _POSTCODE, "een begin van een postcode: 3511 of 35"),
        draft_days=form.number("draft_days", 1, LONGEST_KEPT, default=LONGEST_KEPT),
        page_days=form.number("page_days", 1, LONGEST_KEPT, default=LONGEST_KEPT),
        languages=form.texts("languages", "|".join(LANGUAGES), f"een van: {listed(LANGUAGES)}")
        or (DUTCH.code,),
        hours=form.text("hours"),
        how_to_reach_otherwise=form.text("how_to_reach_otherwise"),
        pin=form.yes("pin"),
        nearby=read_places(sheet, form.tree_of("nearby")),
    )
