"""All that people author, checked together: dialogues, words, teams and helplines."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

import bot
from bot.authored.dutch import HELPLINES_FILE, Authored, read_authored
from bot.authored.helplines import Helpline, stale, with_numbers
from bot.dialogue.problems import Problem
from bot.dialogue.tree import Around, Dialogue, TeamPlace
from bot.teams import Team, read_teams, values_for
from bot.texts import Texts
from bot.wording.languages import DUTCH, LANGUAGES
from bot.wording.translations import Translations, read_translations
from bot.wording.words import Forms, Values, folded

DEFAULT_LINK = "t"
"""The letter of the dialogue for whoever comes without a link, or with one that is not known."""


class Folders(NamedTuple):
    """Where the authored files are."""

    dialogues: Path
    locales: Path


def authored_folders() -> Folders:
    """``dialogen`` and ``locales`` of the checkout; without one, their copies in the package."""
    package = Path(bot.__file__).resolve().parent
    checkout = package.parent
    home = checkout if (checkout / "pyproject.toml").is_file() else package
    return Folders(home / "dialogen", home / "locales")


class Revision(msgspec.Struct, frozen=True):
    """A dialogue as it was, with its words by language and key."""

    dialogue: Dialogue
    words: dict[str, dict[str, str]]


def read_revision(body: bytes) -> tuple[Dialogue, dict[str, dict[str, str]]]:
    """What ``Library.revision_body`` kept: the dialogue, bare, and its words by language."""
    revision = msgspec.json.decode(body, type=Revision)
    return revision.dialogue, revision.words


@dataclass(frozen=True, slots=True)
class Library:
    """All that is authored, without a problem in it.

    ``dialogues`` are furnished with teams, helplines and languages. ``gaps`` are the problems in
    translations: each keeps a language from being offered, and none keeps the service from
    starting, as a better Dutch sentence makes every translation of it old. ``site`` is the address
    of the web pages, once it is known.
    """

    dialogues: dict[str, Dialogue]
    texts: Texts
    teams: dict[str, Team]
    helplines: tuple[Helpline, ...]
    around: Around
    gaps: tuple[Problem, ...] = ()
    _words: Mapping[str, Mapping[str, Forms]] = field(default_factory=dict, repr=False)
    _spoken: Mapping[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    _helplines_file: str = ""
    site: str = ""

    @classmethod
    def read(cls, authored: Path, locales: Path, teams: Path) -> "Library | tuple[Problem, ...]":
        """What is in the three folders; or everything that is wrong there, gaps included."""
        written, problems = read_authored(authored)
        found, team_problems = read_teams(teams)
        dutch = folded(written.words)
        translations = read_translations(locales, dutch)
        problems = (*problems, *team_problems)
        if problems:
            return (*problems, *translations.problems)
        return cls._of(written, dutch, translations, found, f"{authored.name}/{HELPLINES_FILE}")

    @classmethod
    def _of(
        cls,
        written: Authored,
        dutch: Mapping[str, Forms],
        translations: Translations,
        teams: dict[str, Team],
        helplines_file: str,
    ) -> "Library":
        offered = [LANGUAGES[code] for code in LANGUAGES if code in translations.complete]
        around = Around(
            tuple(team.place for team in teams.values()),
            tuple(helpline.id for helpline in written.helplines),
            tuple((language.code, language.name) for language in (DUTCH, *offered)),
        )
        dialogues = {
            name: dialogue.furnished(around) for name, dialogue in written.dialogues.items()
        }
        texts = Texts(
            with_numbers(dutch, written.helplines, DUTCH),
            {
                code: with_numbers(words, written.helplines, LANGUAGES[code])
                for code, words in translations.words.items()
            },
            translations.complete,
        )
        return cls(
            dialogues,
            texts,
            teams,
            written.helplines,
            around,
            translations.problems,
            {DUTCH.code: dutch, **{each.code: translations.words[each.code] for each in offered}},
            written.spoken,
            helplines_file,
        )

    @property
    def places(self) -> tuple[TeamPlace, ...]:
        """Where each team can be found by typing where one lives."""
        return self.around.teams

    def warnings(self, now: int) -> tuple[Problem, ...]:
        """What goes stale with time, at ``now``: it is told, and stops nothing."""
        return tuple(stale(self._helplines_file, self.helplines, now))

    # --- Links -------------------------------------------------------------------------------

    def dialogue_for(self, letter: str) -> Dialogue | None:
        """The dialogue that a link with ``letter`` starts."""
        return next((each for each in self.dialogues.values() if letter in each.links), None)

    def dialogue_of(self, link: str | None) -> Dialogue:
        """The dialogue that ``link`` (``t_linde``) starts; the usual one when it names none."""
        letter = (link or "").partition("_")[0]
        found = self.dialogue_for(letter) or self.dialogue_for(DEFAULT_LINK)
        return found or next(iter(self.dialogues.values()))

    def team_of(self, link: str | None) -> str | None:
        """The id of the team that ``link`` (``t_linde``) is of; None when it is of none."""
        team = (link or "").partition("_")[2]
        return team if team in self.teams else None

    def values(self, team: str | None, _language: str = DUTCH.code) -> Values:
        """What fills the placeholders for the team with this id, or for no team (any more).

        The same in every language: numbers are worded when a message is rendered.
        """
        known = None if team is None else self.teams.get(team)
        values = values_for(known)
        if self.site:
            way_in = f"/{DEFAULT_LINK}/{known.id}" if known else "/"
            values["chatpagina"] = self.site + way_in
        return values

    # --- Revisions ---------------------------------------------------------------------------

    def revision_body(self, dialogue: Dialogue) -> bytes:
        """What must be kept of ``dialogue`` while someone is in it, for ``read_revision``.

        Its structure, and its words in every language that is offered now.
        """
        keys = self._spoken.get(dialogue.name, ())
        words = {
            code: {key: form for key in keys if isinstance(form := spoken.get(key), str)}
            for code, spoken in self._words.items()
        }
        bare = replace(dialogue, around=Around(), ahead={})
        return msgspec.json.encode(Revision(bare, words))
